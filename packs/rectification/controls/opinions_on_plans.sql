-- register: countersign · kind: figure · counts: [agree]
-- title: {zh: 会签意见（未回复不作同意）, en: "Opinions on plans; silence is no consent"}
select id, case when state = 'replied' then opinion when state = 'asked' then 'awaited' else 'unanswered' end as reason, about, unit as dept, reply_by, replied_on, handling from countersign
where state <> 'recalled'
