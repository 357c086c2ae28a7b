-- register: hearing · kind: figure · counts: [held]
-- title: {zh: 听取汇报与会议研究次数, en: Meetings held}
select id, case when state in ('held', 'settled') then 'held' when state = 'planned' then 'planned' else 'cancelled' end as reason, kind, held_on from hearing
