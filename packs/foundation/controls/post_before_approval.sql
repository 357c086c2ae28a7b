-- register: concurrent_post · kind: fact · severity: high · scope: entry · every: change · keywords: [兼职必须严格履行审批]
-- title: {zh: 兼职起始早于审批, en: Post taken up before approval}
-- reasons: {before_approval: {zh: 任期起早于审批, en: begins before approval}}
-- source: 公务员法 第四十四条
select id, 'before_approval' as reason, begins_on, approved_on
from concurrent_post
where state = 'active' and begins_on < approved_on
