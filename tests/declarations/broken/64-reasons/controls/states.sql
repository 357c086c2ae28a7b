-- register: leave · kind: figure · counts: [granted]
-- title: {en: By state}
-- reasons: {granted: {en: Granted}}
select id, state as reason from leave
