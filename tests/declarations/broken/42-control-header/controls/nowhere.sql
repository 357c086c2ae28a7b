-- register: leeve · kind: hint
select id, 1 from leeve
