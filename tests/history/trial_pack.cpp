#include "trial_pack.h"

#include <string>

#include "core/check.h"

namespace duban::history {

namespace {

using declarations::SourceFile;

constexpr const char* kPack = R"yaml(name: trial
version: 1.0.0
title: {zh: 试行, en: Trial}
needs: [organisation, foundation]
parameters:
  reviewers: {type: integer, default: 2, least: 1, counts_signatures: true}
  review_workdays: {type: integer, default: 5, least: 1}
  pieces_max: {type: integer, default: 30, least: 1}
  strict: {type: boolean, default: false}
  motto: {type: text, default: none}
  begun_on: {type: date, default: 2024-01-01}
messages:
  matter.too_many: {zh: 件数过多。请分次申请。, en: Too many pieces. Apply in parts.}
  matter.too_late: {zh: 时间过久。请重新申请。, en: It is too long ago. Apply anew.}
  matter.no_words: {zh: 请填写说明。, en: Say what it is about.}
  sheet.too_early: {zh: 早于起始日期。请改正。, en: Before the first day. Correct it.}
)yaml";

constexpr const char* kMatterFields = R"yaml(register: matter
title: {zh: 事项, en: Matters}
number: {format: "SJ-{unit}-{year}-{seq:3}", at: file}
fields:
  heading: {type: text, max: 40, required: true, search: true, title_field: true}
  account: {type: long_text, max: 400, search: true}
  pieces: {type: integer, default: 1, indexed: true}
  rate: {type: decimal, scale: 3}
  price: {type: money}
  urgent: {type: boolean, default: false}
  starts_on: {type: date}
  met_at: {type: moment}
  branch: {type: choice, choices: [inspection, petition, audit]}
  marks: {type: choice, many: true, choices: [red, blue, green]}
  bearer: {type: person}
  helper: {type: unit}
  earlier: {type: link, to: matter}
  outside_post: {type: link, to: concurrent_post}
  related: {type: links, to: sheet, max: 5}
  scan: {type: file}
  stages:
    type: rows
    max: 6
    rows:
      stage: {type: text, max: 30, required: true}
      spent: {type: money}
      pieces: {type: integer}
      portion: {type: decimal, scale: 1}
      sure: {type: boolean}
      on_day: {type: date}
      by_whom: {type: person}
      at_place: {type: unit}
      noted_ms: {type: moment}
      branch: {type: choice, choices: [inspection, petition]}
      remark: {type: long_text}
      proof: {type: file}
  ended_on: {type: date, set_by: procedure}
  weight: {type: integer, set_by: procedure}
  motto: {type: text, set_by: procedure}
  twice: {type: computed, expression: "pieces * 2"}
  spent_minor: {type: computed, expression: "(select sum(spent_minor) from matter_stages)"}
  known_as: {type: computed, result: text, expression: "concat_of(heading, '/', pieces)"}
  costly: {type: computed, result: boolean, expression: "coalesce(price_minor, 0) > 100000"}
  moved: {type: computed, result: date, expression: "add_months(starts_on, 1)"}
)yaml";

constexpr const char* kMatterProcedure = R"yaml(
procedure:
  initial: draft
  states:
    draft:
    review:
    agreed:
    doing:
    paused:
    done: {final: false}
    withdrawn: {final: true, ended_otherwise: true}
  actions:
    open:
      by: [unit.clerk, office.clerk, district.head]
    amend:
      from: draft
      by: [unit.clerk, self]
      fields: [heading, account, pieces, rate, price, urgent, starts_on, met_at, branch, marks, bearer, helper,
               earlier, outside_post, related, scan, stages]
    file:
      from: draft
      to: review
      by: [unit.clerk, self]
      need: [account, starts_on]
      check:
        - {that: "pieces <= param('pieces_max')", code: matter.too_many}
        - {that: "workdays_between(starts_on, today()) < 300", code: matter.too_late}
    consider:
      from: review
      to: agreed
      blind: true
      kinds: [own, delegated, paper]
      signatures: [{by: office.reviewer, count: {param: reviewers}}, {by: unit.head, count: 1}]
      apart_from: [open, amend, file]
      inputs: {remark: {type: text, max: 60}}
      check:
        - {that: "param('strict') = false or account is not null", code: matter.no_words}
      set:
        weight: "pieces + coalesce(weight, 0) + (select count(*) from matter_stages)"
        motto: "param('motto')"
      opens: [{register: sheet, set: {matter: id, words: heading, unit: unit, on_day: starts_on}}]
    send_back:
      from: [review, agreed, doing]
      returns: earlier
      by: [office.reviewer, unit.head]
      inputs: {reason: {type: long_text, required: true}}
    withdraw:
      from: [draft, review]
      to: withdrawn
      by: self
    start: {from: agreed, to: doing, by: [unit.clerk, leader.leader, parent.head]}
    pause: {from: doing, to: paused, by: [office.clerk, unit.clerk]}
    resume: {from: paused, to: doing, by: [office.clerk, unit.clerk]}
    log:
      from: doing
      by: [unit.clerk, outside.inspector, parent.head]
      fields: [stages, related, price, rate, marks, scan, pieces]
      inputs:
        remark: {type: text, max: 60}
        on_day: {type: date}
        proof: {type: file}
        who: {type: person}
        sum: {type: money}
        share: {type: decimal, scale: 2}
        times: {type: integer}
        sure: {type: boolean}
        branch: {type: choice, choices: [one, two]}
        where_to: {type: unit}
      need: [times]
      set: {weight: "coalesce(input('times'), 0) + pieces"}
    hand_out:
      from: [agreed, doing]
      by: unit.clerk
      inputs: {where_to: {type: unit, required: true}, remark: {type: text, max: 60}}
      opens: [{register: sheet, set: {matter: id, words: "input('remark')", unit: "input('where_to')"}}]
    finish:
      from: doing
      to: done
      kinds: [own, paper]
      second_factor: true
      signatures: [{by: unit.head}, {by: office.head}]
      set: {ended_on: "today()"}
      acts: [{on: related, action: settle}]
      confirm: true
    reopen:
      from: done
      to: doing
      by: office.head
      set: {ended_on: "null"}
  deadlines:
    review:
      starts: file
      stops: [consider, send_back, withdraw]
      term: {workdays: {param: review_workdays}}
      holder: office.reviewer
      lights: {yellow: 2, blue: 4}
    work:
      starts: [start, reopen]
      stops: [finish, send_back]
      pauses: pause
      resumes: resume
      pause_reasons: [weather, lawsuit]
      term: {months: 2}
      holder: unit.clerk
    answer:
      starts: consider
      stops: finish
      due: starts_on
      holder: unit.head
views:
  all:
    columns: [number, unit, heading, pieces, rate, price, urgent, starts_on, branch, bearer, state, due]
    filters: [unit, state, pieces, urgent, starts_on, branch, bearer, rate]
    sorts: [-changed_at, number, heading, -heading, pieces, starts_on, -due, rate]
  open:
    columns: [number, heading, known_as, moved, due]
    filters: [unit, helper]
    sorts: [due, -number, opened_at]
    states: [draft, review, agreed, doing, paused]
)yaml";

constexpr const char* kSheet = R"yaml(register: sheet
title: {zh: 单据, en: Sheets}
number: {format: "DJ-{seq:5}", at: settle, gapless: false}
fields:
  matter: {type: link, to: matter}
  words: {type: text, max: 60, search: true, title_field: true}
  copies: {type: integer, default: 2}
  on_day: {type: date}
  settled_on: {type: date, set_by: procedure}
read: [unit.clerk, unit.head, parent.head, office.clerk, office.reviewer, office.head, leader.leader, self]
procedure:
  initial: kept
  states:
    kept:
    settled: {final: true}
    torn: {final: true, ended_otherwise: true}
  actions:
    open: {by: [office.clerk, unit.clerk]}
    amend:
      from: kept
      by: [self, unit.clerk]
      fields: [words, copies, on_day]
      check: [{that: "on_day >= param('begun_on')", code: sheet.too_early}]
    settle:
      from: kept
      to: settled
      by: procedure
      set: {settled_on: "today()"}
    tear: {from: kept, to: torn, by: unit.head, inputs: {reason: {type: text, required: true}}}
  deadlines:
    keep: {starts: open, stops: [settle, tear], term: {days: 20}, holder: unit.clerk}
views:
  all:
    columns: [number, unit, words, copies, on_day, state, due]
    filters: [unit, state, copies, matter]
    sorts: [-changed_at, words, copies, on_day]
)yaml";

constexpr const char* kIdle =
    R"sql(-- register: matter · kind: hint · severity: low · scope: entry · every: day
-- title: {zh: 久未办理, en: Nothing done for long}
select id, 'idle' as reason, starts_on, pieces, price_minor, price_currency, urgent, rate_e3,
       workdays_between(starts_on, today()) as workdays, days_between(starts_on, today()) as days,
       add_workdays(starts_on, 10) as by_day, cents_to_text(price_minor) as shown
from matter where state in ('draft', 'doing') and starts_on < today()
)sql";

constexpr const char* kHeavy =
    R"sql(-- register: matter · kind: fact · severity: high · scope: register · every: week
-- title: {zh: 单位事项过多, en: Heaviest of its unit}
select m.id, concat_of('place ', r.place, ' of ', r.of_all) as reason, r.pieces, m.known_as, m.met_at_ms
from matter m join (select id, pieces, rank() over (partition by unit order by pieces desc nulls last, id asc nulls last) as place,
                           count(*) over (partition by unit) as of_all from matter) r on r.id = m.id
where r.place <= 3 and r.pieces > 1
)sql";

constexpr const char* kSheets =
    R"sql(-- register: sheet · kind: fact · severity: medium · scope: register · every: change
-- title: {zh: 单据多于事项, en: Sheets beside their matter}
select s.id, 'beside' as reason, s.copies, s.on_day, year_of(s.on_day) as of_year, month_of(s.on_day) as of_month,
       case when strpos(s.words, '督') > 0 then 'supervised' else 'plain' end as sort,
       (select sum(g.copies) from sheet g where g.matter = s.matter) as copies_all
from sheet s left join matter m on m.id = s.matter
where m.state is null or m.state <> 'withdrawn'
)sql";

constexpr const char* kChildren =
    R"sql(-- register: matter · kind: hint · severity: low · scope: register · every: day
-- title: {zh: 阶段与标记, en: Stages and marks}
select m.id, 'stages' as reason, t.stages, t.spent, k.marks
from matter m
left join (select entry, count(*) as stages, sum(spent_minor) as spent from matter_stages group by entry) t on t.entry = m.id
left join (select entry, count(*) as marks from matter_marks group by entry) k on k.entry = m.id
where coalesce(t.stages, 0) + coalesce(k.marks, 0) > 1
)sql";

constexpr const char* kLate =
    R"sql(-- register: matter · kind: fact · severity: high · scope: entry · every: day
-- title: {zh: 逾期, en: Moved}
select id, 'moved' as reason, moved, rate_e3 from matter where moved < today() and state <> 'withdrawn'
)sql";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    core::check(at != std::string::npos, "the pack holds what its second version changes: " + what);
    return text.replace(at, what.size(), by);
}

std::vector<SourceFile> files(const std::string& pack, const std::string& matter) {
    return {
        {"controls/matter_children.sql", kChildren},
        {"controls/matter_heavy.sql", kHeavy},
        {"controls/matter_idle.sql", kIdle},
        {"controls/sheet_beside.sql", kSheets},
        {"pack.yaml", pack},
        {"registers/matter.yaml", matter},
        {"registers/sheet.yaml", kSheet},
    };
}

std::string second_matter() {
    std::string text = std::string{kMatterFields} + kMatterProcedure;
    text = replaced(
        text, "  rate: {type: decimal, scale: 3}", "  quota: {type: decimal, scale: 3, was: rate}"
    );
    for (int i = 0; i < 3; ++i) {  // amend, log, the columns of the view
        text = replaced(text, " rate,", " quota,");
    }
    text = replaced(text, "bearer, rate]", "bearer, quota]");
    text = replaced(text, "-due, rate]", "-due, quota]");
    text = replaced(
        text,
        "  scan: {type: file}",
        "  scan: {type: file}\n  site: {type: text, max: 30, required: true, default: hall, "
        "search: true}\n"
        "  visits: {type: rows, rows: {town: {type: text, max: 20}, nights: {type: integer}}}"
    );
    text = replaced(text, ", scan, pieces]", ", scan, pieces, site, visits]");
    text = replaced(text, ", {by: unit.head, count: 1}]", "]");
    text = replaced(text, "    paused:\n", "    paused:\n    shelved: {backfillable: true}\n");
    text = replaced(
        text,
        "    reopen:\n",
        "    shelve: {from: [agreed, paused], to: shelved, by: office.head}\n"
        "    take_down: {from: shelved, to: agreed, by: office.head}\n    reopen:\n"
    );
    return text +
           "  sites:\n    columns: [number, site, quota, state]\n    filters: [site, unit]\n    "
           "sorts: [site, quota]\n";
}

std::string second_version() {
    return replaced(kPack, "1.0.0", "1.1.0");
}

}  // namespace

std::vector<SourceFile> trial_pack() {
    return files(kPack, std::string{kMatterFields} + kMatterProcedure);
}

std::vector<SourceFile> second_trial_pack() {
    std::vector<SourceFile> out = files(second_version(), second_matter());
    for (SourceFile& file : out) {
        if (file.path == "controls/matter_idle.sql") {
            file.text = replaced(file.text, "rate_e3", "quota_e3");
        }
    }
    out.insert(
        out.begin() + 3, {"controls/matter_late.sql", replaced(kLate, "rate_e3", "quota_e3")}
    );
    return out;
}

std::vector<SourceFile> losing_trial_pack() {
    std::vector<SourceFile> out = second_trial_pack();
    for (SourceFile& file : out) {
        if (file.path == "pack.yaml") {
            file.text = replaced(file.text, "1.1.0", "1.2.0");
        } else if (file.path == "registers/sheet.yaml") {
            file.text = replaced(file.text, "  copies: {type: integer, default: 2}\n", "");
            file.text =
                replaced(file.text, "fields: [words, copies, on_day]", "fields: [words, on_day]");
            file.text = replaced(file.text, "words, copies, on_day, state", "words, on_day, state");
            file.text = replaced(file.text, "state, copies, matter", "state, matter");
            file.text = replaced(file.text, "words, copies, on_day]", "words, on_day]");
        } else if (file.path == "controls/sheet_beside.sql") {
            file.text = replaced(file.text, "s.copies, ", "");
            file.text = replaced(file.text, "sum(g.copies)", "count(*)");
        }
    }
    return out;
}

}  // namespace duban::history
