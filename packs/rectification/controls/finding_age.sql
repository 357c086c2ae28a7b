-- register: finding · kind: figure · counts: [in_time]
-- title: {zh: 未办结问题的账龄, en: "Age of the findings still open"}
select id, case when first_due < today() then 'overdue' else 'in_time' end as reason, issued_on as since, first_due, state as stands from finding
where issued_on is not null and state not in ('struck_off', 'split', 'merged', 'withdrawn', 'ended', 'handed_over', 'not_established', 'deferred')
