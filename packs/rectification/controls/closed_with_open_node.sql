-- register: measure · kind: fact · severity: high · scope: register · every: change
-- title: {zh: 已销号而节点未完成, en: Struck off with a node not done}
-- reasons: {node_open: {zh: 有节点未完成, en: a node is not done}}
select m.id, 'node_open' as reason, (select count(*) from node n where n.measure = m.id and n.state = 'planned') as nodes
from measure m where m.state = 'struck_off' and m.long_term = false and (select count(*) from node n where n.measure = m.id and n.state = 'planned') > 0
