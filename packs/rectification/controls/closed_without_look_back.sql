-- register: finding · kind: fact · severity: high · scope: register · every: day
-- title: {zh: 已销号而未安排回头看, en: Struck off without a look-back}
-- reasons: {no_look_back: {zh: 未安排回头看, en: no look-back is planned}}
select f.id, 'no_look_back' as reason, f.closed_on from finding f
where f.state = 'struck_off' and (select count(*) from look_back b where b.finding = f.id) = 0
