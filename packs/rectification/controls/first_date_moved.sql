-- register: finding · kind: hint · severity: medium · scope: entry · every: change
-- title: {zh: 现时限晚于首次时限, en: The date stands later than the first date}
-- reasons: {moved_later: {zh: 现时限晚于首次时限, en: the date was moved past the first date}}
select id, 'moved_later' as reason, first_due, finish_by, state as stands from finding where finish_by > first_due
