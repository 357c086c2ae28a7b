-- register: concurrent_post · kind: fact · severity: high · scope: entry · every: change
-- title: {zh: 现职国家工作人员任基金会理事长、副理事长或秘书长, en: Serving functionary holds an office of a foundation}
-- reasons: {held_by_serving: {zh: 现职国家工作人员任基金会职务, en: foundation office of a serving functionary}}
-- source: 基金会管理条例 第二十三条
select id, 'held_by_serving' as reason, body, office
from concurrent_post
where state = 'active' and serving = true and body_kind = 'foundation'
  and office in ('chair', 'vice_chair', 'secretary_general')
