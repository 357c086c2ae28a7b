-- register: finding · kind: figure · counts: [closed]
-- title: {zh: 按细化问题, en: By refined finding}
select id, case when state = 'struck_off' then 'closed' when state in ('ended', 'handed_over', 'not_established', 'deferred') then 'ended' else 'open' end as reason, state as stands, kind, closed_on, first_due from finding
where state not in ('split', 'merged', 'withdrawn')
