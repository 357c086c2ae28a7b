-- register: publicity · kind: fact · severity: high · scope: register · every: change
-- title: {zh: 已公开为完成，现已不符, en: Published as completed and open today}
-- reasons: {not_closed: {zh: 公开为完成，今天未销号, en: "published as completed, not closed today"}}
-- source: "党务公开条例（试行）第十五条"
select p.id, 'not_closed' as reason, b.caption as caption
from publicity p join publicity_blocks b on b.entry = p.id left join finding f on f.id = b.finding left join measure m on m.id = b.measure left join item i on i.id = b.item left join source_finding s on s.id = b.problem
where p.state in ('approved', 'released') and b.said = 'completed' and (f.state <> 'struck_off' or m.state <> 'struck_off' or i.state <> 'closed' or s.state <> 'closed')
