-- register: leave · kind: hint · sums: [days]
-- title: {en: Added up}
-- reasons: {long: {en: long}}
select id, 'long' as reason, days from leave
