-- register: source_finding · kind: figure · counts: [published, withheld]
-- title: {zh: 公开与不公开合计, en: Published and withheld}
select distinct s.id, case when b.entry is not null or l.entry is not null then 'published' when w.id is not null then 'withheld' else 'neither' end as reason, p.id as publication, w.ground as ground
from publicity p join source_finding s on s.inspection = p.inspection left join publicity_blocks b on b.entry = p.id and b.problem = s.id left join (select x.entry as entry, y.target as target from publicity_blocks x join finding_sources y on y.entry = x.finding) l on l.entry = p.id and l.target = s.id left join withholding w on w.publicity = p.id and w.problem = s.id and w.state = 'agreed'
where p.state in ('approved', 'released', 'ended')
