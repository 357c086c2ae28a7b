-- register: relapse_case · kind: figure · counts: [established]
-- title: {zh: 反弹核查结果, en: "Relapse cases and what was decided"}
select id, state as reason, decided_on, finding from relapse_case
