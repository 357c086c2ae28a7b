-- register: leading_group · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 第一责任人没有领办重点难点问题, en: The principal leads no hard finding himself}
-- reasons: {leads_none: {zh: 组长没有领办重点难点问题, en: the head leads no priority finding}}
select g.id, 'leads_none' as reason, m.person from leading_group g join leading_group_members m on m.entry = g.id
where g.state = 'in_force' and m.duty = 'head' and (select count(*) from finding p where p.priority) > 0
  and (select count(*) from finding f where f.priority and f.lead_leader = m.person) = 0
