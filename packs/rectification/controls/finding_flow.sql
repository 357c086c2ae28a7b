-- register: finding · kind: figure · counts: [closed]
-- title: {zh: 问题进出：下达与销号, en: "Findings issued and struck off"}
select id, case when state = 'struck_off' then 'closed' when state in ('ended', 'handed_over', 'not_established', 'deferred') then 'ended' else 'open' end as reason, issued_on as came_on, closed_on as left_on, state as stands from finding
where issued_on is not null and state not in ('split', 'merged', 'withdrawn')
