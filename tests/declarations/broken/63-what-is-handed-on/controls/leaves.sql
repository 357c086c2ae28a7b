-- register: leave · kind: figure
-- title: {en: Leaves}
select id, state as reason from leave
