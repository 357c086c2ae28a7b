-- register: inspection · kind: invariant · severity: high · scope: register · every: change
-- title: {zh: 反馈问题数 = 已销号 + 其他结果 + 在办, en: Fed back = closed + otherwise ended + open}
-- reasons: {sum_differs: {zh: 已销号、其他结果与在办之和不等于反馈问题数, en: "closed + otherwise ended + open is not what was fed back"}}
select i.id, 'sum_differs' as reason, i.fed_back from inspection i
where i.state in ('confirmed', 'concluded')
  and i.fed_back <> (select count(*) from source_finding c where c.inspection = i.id and c.state = 'closed')
    + (select count(*) from source_finding e where e.inspection = i.id and e.state in ('ended', 'not_established'))
    + (select count(*) from source_finding o where o.inspection = i.id and o.state = 'in_hand')
