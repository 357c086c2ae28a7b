-- register: source_finding · kind: figure · counts: [closed]
-- title: {zh: 按反馈问题：本单位销号, en: "By problem fed back: closed by the house"}
select id, case when state = 'closed' then 'closed' when state = 'in_hand' then 'open' else 'ended' end as reason, inspection as source, state as stands, closed_on, recognised_on from source_finding
