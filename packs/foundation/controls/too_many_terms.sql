-- register: concurrent_post · kind: hint · severity: medium · scope: entry · every: day
-- title: {zh: 连任届数超过上限, en: More terms in a row than the limit}
select id, 'more terms than the limit' as reason, term_no
from concurrent_post
where state = 'active' and term_no > param('terms_max')
