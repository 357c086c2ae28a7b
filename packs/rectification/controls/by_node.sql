-- register: node · kind: figure · counts: [done]
-- title: {zh: 按节点, en: By node}
select id, case when state = 'finished' then 'done' when state = 'cancelled' then 'ended' when due_by < today() then 'overdue' else 'to_come' end as reason, due_by, measure from node
