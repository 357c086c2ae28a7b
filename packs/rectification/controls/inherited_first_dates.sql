-- register: finding · kind: invariant · severity: high · scope: register · every: change
-- title: {zh: 拆分、并入沿用最早的首次时限, en: Split and merged inherit the earliest first date}
-- reasons: {earlier_date_lost: {zh: 未沿用更早的首次时限, en: a first date before its own was lost}}
select f.id, 'earlier_date_lost' as reason, f.first_due from finding f
where f.first_due is not null and f.state not in ('draft', 'withdrawn')
  and ((select count(*) from finding p where p.id = f.parent and p.first_due < f.first_due) > 0
    or (select count(*) from finding b where b.merged_into = f.id and b.state = 'merged' and b.first_due < f.first_due) > 0)
