-- register: leeve · kind: hint
select id, 1 as reason from leeve
