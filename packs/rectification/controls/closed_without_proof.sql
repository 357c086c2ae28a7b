-- register: measure · kind: hint · severity: high · scope: entry · every: change
-- title: {zh: 已销号而无佐证, en: Struck off without evidence}
-- reasons: {no_proof: {zh: 没有整改成效的佐证, en: no evidence of the result}}
select id, 'no_proof' as reason, closed_on from measure where state = 'struck_off' and proof is null
