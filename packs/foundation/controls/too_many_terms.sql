-- register: concurrent_post · kind: hint · severity: medium · scope: entry · every: day
-- title: {zh: 连任届数超过上限, en: More terms in a row than the limit}
-- reasons: {above_limit: {zh: 连任届数超过上限, en: more terms than the limit}}
select id, 'above_limit' as reason, term_no
from concurrent_post
where state = 'active' and term_no > param('terms_max')
