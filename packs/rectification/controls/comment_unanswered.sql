-- register: public_comment · kind: fact · severity: high · scope: entry · every: day
-- title: {zh: 群众意见逾期未办, en: A comment was not answered in time}
-- reasons: {not_in_time: {zh: 未在规定的工作日内办理, en: not answered in time}}
select id, 'not_in_time' as reason, received_on, sort_of from public_comment
where (state = 'received' and add_workdays(received_on, param('triage_workdays')) < today())
   or (state = 'to_answer' and add_workdays(received_on, param('triage_workdays') + param('comment_workdays')) < today())
