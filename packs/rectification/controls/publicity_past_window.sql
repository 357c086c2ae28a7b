-- register: publicity · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 公开期满未归档, en: The window is over and it was not ended}
-- reasons: {window_over: {zh: 公开期已满, en: the window is over}}
select id, 'window_over' as reason, window_to from publicity where state = 'released' and window_to < today()
