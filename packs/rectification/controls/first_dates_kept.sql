-- register: finding · kind: figure · counts: [kept]
-- title: {zh: 时限变动：现时限与首次时限, en: "Dates moved: the date now and the first date"}
select id, case when finish_by > first_due then 'moved_later' when finish_by < first_due then 'moved_earlier' else 'kept' end as reason, first_due, finish_by, state as stands, parent, merged_into from finding
where first_due is not null
