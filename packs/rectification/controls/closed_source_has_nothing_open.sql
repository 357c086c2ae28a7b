-- register: source_finding · kind: invariant · severity: high · scope: register · every: change
-- title: {zh: 已销号的反馈问题没有在办的细化问题, en: What is closed has no open finding}
-- reasons: {has_open_finding: {zh: 已销号，而其细化问题仍在办, en: "closed, and a finding of it is open"}}
select s.id, 'has_open_finding' as reason, s.closed_on from source_finding s
where s.state = 'closed' and (select count(*) from finding_sources l join finding f on f.id = l.entry
  where l.target = s.id and f.state in ('draft', 'planned', 'issued', 'in_progress', 'objected', 'unit_review', 'leader_review', 'office_review')) > 0
