-- register: institution · kind: figure · counts: [made, changed]
-- title: {zh: 制度（立改废，征求意见稿不计）, en: "Institutions issued; drafts do not count"}
select id, case when state in ('issued', 'assessed') then deed else 'not_issued' end as reason, issued_on, paper_no from institution where state <> 'dropped'
