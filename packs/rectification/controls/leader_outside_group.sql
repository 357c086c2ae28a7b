-- register: finding · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 牵头领导不在领导小组, en: The leader in the lead is not in the leading group}
-- reasons: {not_in_group: {zh: 不在现行领导小组, en: not in a leading group in force}}
select f.id, 'not_in_group' as reason, f.lead_leader from finding f
where f.lead_leader is not null and f.state in ('planned', 'issued', 'in_progress')
  and (select count(*) from leading_group g where g.state = 'in_force') > 0
  and (select count(*) from leading_group_members m join leading_group g on g.id = m.entry where g.state = 'in_force' and m.person = f.lead_leader) = 0
