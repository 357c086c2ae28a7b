-- register: look_back · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 回头看逾期, en: A look-back is overdue}
select id, 'overdue' as reason, planned_on from look_back where state = 'planned' and planned_on < today()
