-- register: finding · kind: hint · severity: low · scope: register · every: day
-- title: {zh: 牵头领导不分管该领域, en: The leader does not have the finding's area}
-- reasons: {other_leader: {zh: 该领域由另一位领导分管, en: another leader has this area}}
select f.id, 'other_leader' as reason, f.area, f.lead_leader from finding f
where f.state in ('planned', 'issued', 'in_progress')
  and (select count(*) from work_division d where d.state = 'in_force' and d.area = f.area) > 0
  and (select count(*) from work_division d where d.state = 'in_force' and d.area = f.area and (d.leader = f.lead_leader or d.stand_in = f.lead_leader)) = 0
