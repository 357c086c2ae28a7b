-- register: institution · kind: hint · severity: high · scope: register · every: change
-- title: {zh: 制度印发于反馈之前，不是其成果, en: Issued before the feedback and no result of it}
-- reasons: {before_feedback: {zh: 印发日期早于反馈, en: issued before the feedback}}
select distinct n.id, 'before_feedback' as reason, n.issued_on, i.feedback_on
from institution n join institution_findings t on t.entry = n.id join finding_sources l on l.entry = t.target join source_finding s on s.id = l.target join inspection i on i.id = s.inspection
where n.state in ('issued', 'assessed') and n.issued_on < i.feedback_on
