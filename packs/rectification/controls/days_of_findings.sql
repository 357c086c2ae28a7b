-- register: finding · kind: figure · counts: [on_time] · sums: [in_hand_days, review_days, paused_days, returns]
-- title: {zh: 销号用时：承办、审核、中止、退回, en: "Days to close: in hand, at review, paused; returns"}
select f.id, case when f.first_due is null then 'undated' when f.closed_on <= f.first_due then 'on_time' else 'late' end as reason, f.closed_on, f.first_due,
  (select sum(c.ran_days) from clock c where c.entry = f.id and c.name = 'finish') as in_hand_days,
  (select sum(c.ran_days) from clock c where c.entry = f.id and c.name = 'review') as review_days,
  (select sum(c.paused_days) from clock c where c.entry = f.id and c.name = 'finish') as paused_days,
  (select sum(c.times) from clock c where c.entry = f.id and c.name = 'mend') as returns
from finding f where f.state = 'struck_off'
