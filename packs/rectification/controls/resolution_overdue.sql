-- register: resolution · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 议定事项逾期未落实, en: A resolution is overdue}
-- reasons: {overdue: {zh: 已过时限, en: overdue}}
select id, 'overdue' as reason, due_by, person from resolution where state = 'given' and due_by < today()
