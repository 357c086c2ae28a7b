-- register: measure · kind: fact · severity: high · scope: register · every: day
-- title: {zh: 长期措施一年内没有节点, en: A long-term measure without a node within a year}
-- reasons: {no_node: {zh: 一年内没有节点, en: no node within a year}}
-- source: 通报三（二）：对需要长期整改的，明确责任人和完成时限
select m.id, 'no_node' as reason, m.responsible from measure m
where m.long_term and m.state in ('issued', 'in_progress') and (select count(*) from node n where n.measure = m.id and n.state = 'planned' and n.due_by <= add_months(today(), 12)) = 0
