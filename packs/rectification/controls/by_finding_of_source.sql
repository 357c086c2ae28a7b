-- register: finding · kind: figure · counts: [closed]
-- title: {zh: 按细化问题，分来源（多来源的在各来源各计一次）, en: "By refined finding and source, once in each source's report"}
select distinct f.id, case when f.state = 'struck_off' then 'closed' when f.state in ('ended', 'handed_over', 'not_established', 'deferred') then 'ended' else 'open' end as reason, s.inspection as source, f.state as stands
from finding f join finding_sources l on l.entry = f.id join source_finding s on s.id = l.target
where f.state not in ('split', 'merged', 'withdrawn')
