-- register: concurrent_post · kind: fact · severity: high · scope: register · every: day
-- title: {zh: 基金会法定代表人同时任其他组织法定代表人, en: Legal representative of a foundation and of another body}
-- reasons: {represents_two: {zh: 同时任两个组织的法定代表人, en: legal representative of two bodies}}
-- source: 基金会管理条例 第二十三条
select p.id, 'represents_two' as reason, p.body
from concurrent_post p
where p.state = 'active' and p.body_kind = 'foundation' and p.legal_representative = true
  and exists (select q.id from concurrent_post q
              where q.state = 'active' and q.legal_representative = true and q.person = p.person and q.id <> p.id)
