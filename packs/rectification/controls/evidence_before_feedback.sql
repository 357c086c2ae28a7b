-- register: evidence · kind: hint · severity: high · scope: register · every: change
-- title: {zh: 佐证形成于反馈之前（旧文件充整改）, en: Evidence dated before the feedback}
-- reasons: {before_feedback: {zh: 形成日期早于反馈, en: dated before the feedback}}
select distinct e.id, 'before_feedback' as reason, e.dated_on, i.feedback_on
from evidence e join finding_sources l on l.entry = e.finding join source_finding s on s.id = l.target join inspection i on i.id = s.inspection
where e.state = 'filed' and e.dated_on < i.feedback_on
