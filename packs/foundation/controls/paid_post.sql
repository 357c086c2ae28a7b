-- register: concurrent_post · kind: fact · severity: high · scope: entry · every: change
-- title: {zh: 公务员兼职取酬, en: Civil servant paid for a concurrent post}
-- reasons: {paid: {zh: 公务员兼职取酬, en: paid post of a civil servant}}
-- source: 公务员法 第四十四条
select id, 'paid' as reason, body, pay_minor
from concurrent_post
where state = 'active' and category = 'civil_servant' and (paid = true or coalesce(pay_minor, 0) > 0)
