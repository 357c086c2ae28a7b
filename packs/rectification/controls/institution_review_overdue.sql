-- register: institution · kind: fact · severity: low · scope: entry · every: day
-- title: {zh: 制度到期未复核, en: An institution was not reviewed in time}
-- reasons: {review_overdue: {zh: 已过复核日期, en: review is overdue}}
select id, 'review_overdue' as reason, review_on from institution where state in ('issued', 'assessed') and deed <> 'repealed' and review_on < today()
