-- register: leading_group · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 领导小组成员已无任职（空缺）, en: A member of the group holds no post any more}
-- reasons: {no_post: {zh: 有成员今天已无任职, en: a member holds no post today}}
select distinct g.id, 'no_post' as reason, m.person from leading_group g join leading_group_members m on m.entry = g.id
where g.state = 'in_force' and (select count(*) from post p where p.person = m.person and p.starts_on <= today() and (p.ends_on is null or p.ends_on >= today())) = 0
