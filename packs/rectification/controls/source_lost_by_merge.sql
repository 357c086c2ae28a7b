-- register: source_finding · kind: fact · severity: high · scope: register · every: change
-- title: {zh: 细化问题已并入他件，而反馈问题未随之对应, en: Its findings were merged and it was not linked to where they went}
-- reasons: {all_merged: {zh: 其细化问题均已并入他件, en: every finding of it was merged away}}
select s.id, 'all_merged' as reason, s.own_no from source_finding s
where s.state = 'in_hand' and (select count(*) from finding_sources l where l.target = s.id) > 0
  and (select count(*) from finding_sources l join finding f on f.id = l.entry where l.target = s.id and f.state not in ('merged', 'split', 'withdrawn')) = 0
