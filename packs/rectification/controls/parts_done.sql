-- register: part · kind: figure · counts: [done]
-- title: {zh: 协办与共性问题分办, en: Parts of units}
select id, case when state = 'accepted' then 'done' when state = 'dropped' then 'ended' else 'open' end as reason, finding, unit as dept, due_by from part
