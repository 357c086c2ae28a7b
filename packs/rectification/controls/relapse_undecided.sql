-- register: relapse_case · kind: hint · severity: high · scope: register · every: day
-- title: {zh: 反弹核查久未决定, en: A relapse case without a decision}
-- reasons: {undecided: {zh: 未在规定的工作日内决定, en: not decided in time}}
select r.id, 'undecided' as reason, r.finding from relapse_case r
where r.state = 'under_check' and (select count(*) from look_back b where b.id = r.look_back and add_workdays(b.looked_on, param('relapse_workdays')) < today()) > 0
