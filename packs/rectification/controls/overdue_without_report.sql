-- register: measure · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 十日内到期而从未报进展, en: Due within ten days and never reported on}
-- reasons: {nothing_reported: {zh: 已下达、即将到期，从未报进展, en: "issued, due soon, nothing reported"}}
select id, 'nothing_reported' as reason, finish_by from measure where state = 'issued' and finish_by <= add_days(today(), 10)
