-- register: measure · kind: figure · counts: [on_time] · sums: [in_hand_days, review_days]
-- title: {zh: 措施销号用时：承办、审核, en: "Days to close a measure: in hand, at review"}
select m.id, case when m.first_due is null then 'undated' when m.closed_on <= m.first_due then 'on_time' else 'late' end as reason, m.closed_on, m.first_due,
  (select sum(c.ran_days) from clock c where c.entry = m.id and c.name = 'finish') as in_hand_days,
  (select sum(c.ran_days) from clock c where c.entry = m.id and c.name = 'review') as review_days
from measure m where m.state = 'struck_off'
