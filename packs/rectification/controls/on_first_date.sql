-- register: finding · kind: figure · counts: [on_time]
-- title: {zh: 按首次时限：按期销号, en: "On the first date: closed in time"}
select id, case when state = 'struck_off' and closed_on <= first_due then 'on_time' when state = 'struck_off' then 'late' when first_due < today() then 'overdue' else 'running' end as reason, first_due, finish_by, closed_on from finding
where state not in ('split', 'merged', 'withdrawn', 'draft', 'ended', 'handed_over', 'not_established', 'deferred')
