-- register: leave · kind: hint · counts: draft
-- title: {en: Leaves}
select id, state as reason from leave
