-- register: leave · kind: facts · severty: high · scope: entry
-- title: {zh: 假期过长, en: Too long
-- looks at long leaves
-- since: 2026-02-30 · every: hour · every: day
select id, 'long' as reason from leave where days > 30
