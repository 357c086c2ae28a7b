-- register: look_back · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 回头看逾期, en: A look-back is overdue}
-- reasons: {overdue: {zh: 已过计划日期, en: overdue}}
select id, 'overdue' as reason, planned_on from look_back where state = 'planned' and planned_on < today()
