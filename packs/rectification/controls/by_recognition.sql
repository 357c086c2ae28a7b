-- register: source_finding · kind: figure · counts: [recognised]
-- title: {zh: 按反馈问题：上级认定, en: "By problem fed back: recognised from outside"}
select id, case when recognised_on is not null then 'recognised' when state = 'closed' then 'closed_only' when state = 'in_hand' then 'open' else 'ended' end as reason, inspection as source, recognised_on from source_finding
