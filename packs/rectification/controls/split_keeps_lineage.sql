-- register: finding · kind: invariant · severity: high · scope: register · every: change
-- title: {zh: 拆分、并入可溯, en: What was split or merged leads on}
-- reasons: {leads_nowhere: {zh: 已拆分或并入，却没有去向, en: "split or merged, and nothing leads on"}}
select f.id, 'leads_nowhere' as reason, f.state as stands from finding f
where (f.state = 'split' and (select count(*) from finding c where c.parent = f.id) = 0)
   or (f.state = 'merged' and (f.merged_into is null or f.merged_into = f.id))
