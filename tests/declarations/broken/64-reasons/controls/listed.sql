-- register: leave · kind: fact
-- title: {en: Long} · reasons: [late]
select id, 'late' as reason from leave
