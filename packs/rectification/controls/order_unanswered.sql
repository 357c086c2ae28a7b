-- register: supervision_order · kind: fact · severity: medium · scope: entry · every: day
-- title: {zh: 督办单逾期未回复, en: An order without a reply in time}
-- reasons: {no_reply: {zh: 期限内没有回复, en: no reply in time}}
select id, 'no_reply' as reason, reply_by, state as stands from supervision_order where state in ('issued', 'received') and reply_by < today()
