-- register: measure · kind: figure · counts: [closed]
-- title: {zh: 按措施, en: By measure}
select id, case when state = 'struck_off' then 'closed' when state = 'ended' then 'ended' when state = 'published_unmarked' then 'unmarked' else 'open' end as reason, state as stands, finding, item from measure
