-- kind: hint
select 1
