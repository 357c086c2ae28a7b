-- register: measure · kind: hint · severity: high · scope: entry · every: change
-- title: {zh: 已销号而无佐证, en: Struck off without evidence}
select id, 'no evidence of the result' as reason, closed_on from measure where state = 'struck_off' and proof is null
