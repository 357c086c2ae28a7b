-- register: concurrent_post · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 任期届满未退出、未重新报批, en: Term over without leaving or new approval}
-- reasons: {term_over: {zh: 任期已届满, en: term is over}}
-- source: 基金会管理条例 第二十条
select id, 'term_over' as reason, ends_on
from concurrent_post
where state = 'active' and ends_on < today()
