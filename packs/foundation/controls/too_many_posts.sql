-- register: concurrent_post · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 同时兼任社会组织职务超过上限, en: More posts in social organisations than the limit}
-- reasons: {above_limit: {zh: 同时兼任职务超过上限, en: more posts than the limit}}
select p.id, 'above_limit' as reason, p.body
from concurrent_post p
where p.state = 'active' and p.body_kind <> 'enterprise'
  and (select count(*) from concurrent_post q
       where q.state = 'active' and q.body_kind <> 'enterprise' and q.person = p.person) > param('posts_max')
