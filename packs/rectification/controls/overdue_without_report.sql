-- register: measure · kind: hint · severity: medium · scope: register · every: day
-- title: {zh: 十日内到期而从未报进展, en: Due within ten days and never reported on}
select id, 'issued, due soon, nothing reported' as reason, finish_by from measure where state = 'issued' and finish_by <= add_days(today(), 10)
