// First dates (P11, P22): what moves a date leaves the first one where it was.

#include <gtest/gtest.h>

#include "registers/decisions.h"
#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

const std::vector<declarations::SourceFile> kFirstDatesFiles = {
    {"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles: {clerk: {zh: 经办}, head: {zh: 负责人}, reviewer: {zh: 审核}}
)yaml"},
    {"registers/task.yaml", R"yaml(
register: task
number: {format: "T-{seq:3}", at: open}
fields:
  words: {type: text, max: 40, title_field: true}
  finish_by: {type: date}
  first_due: {type: date, set_by: procedure}
  goes_to: {type: link, to: task}
  parent: {type: link, to: task}
read: [unit.clerk, office.head, office.reviewer]
procedure:
  initial: draft
  states: {draft: , planned: , issued: , gone: {final: true}, done: }
  actions:
    open: {by: unit.clerk, fields: [words, finish_by, parent]}
    plan: {from: draft, to: planned, by: unit.clerk, fields: [finish_by]}
    issue: {from: [draft, planned], to: issued, by: unit.clerk, fields: [finish_by]}
    later: {from: [planned, issued], by: unit.clerk, fields: [finish_by]}
    force: {from: [planned, issued], by: unit.clerk, inputs: {day: {type: date}}, set: {first_due: "input('day')"}}
    split: {from: [planned, issued], by: unit.clerk, opens: [{register: task, set: {words: words, finish_by: finish_by, first_due: first_due, parent: id}}]}
    merge: {from: [planned, issued], to: gone, by: unit.clerk, fields: [goes_to], need: [goes_to], acts: [{on: goes_to, action: take_in}]}
    take_in: {from: [draft, planned, issued], by: procedure, set: {first_due: "least_of(first_due, (select min(t.first_due) from task t where t.goes_to = this.id))"}}
    wait: {from: issued, by: unit.clerk}
    go_on: {from: issued, by: unit.clerk}
    look: {from: issued, by: unit.clerk}
    finish: {from: issued, to: done, by: unit.clerk}
    reopen: {from: done, to: issued, by: unit.clerk, fields: [finish_by]}
  deadlines:
    finish: {starts: [plan, issue, reopen], stops: finish, pauses: wait, resumes: go_on, pause_reasons: [hearing], due: finish_by, first: first_due, holder: unit.clerk}
)yaml"},
};

class FirstDatesTest : public ::testing::Test {
protected:
    FirstDatesTest() { house.adopt(kFirstDatesFiles); }

    core::Id planned(const char* finish_by) {
        const core::Id id = house.open("task", house.clerk, {{"finish_by", finish_by}}).entry;
        house.act("task", id, "plan", house.clerk);
        return id;
    }
    RunningDeadline clock(const core::Id& id) {
        std::vector<RunningDeadline> clocks;
        house.store->read([&](store::Reader& reader) {
            clocks = house.registers->deadlines(reader, House::kOrg, "task", id);
        });
        return clocks.empty() ? RunningDeadline{} : clocks.front();
    }
    std::string first(const core::Id& id) {
        const core::Json kept = house.entry("task", id).fields.at("first_due");
        const std::string field{kept.is_string() ? std::string{kept.get_string()} : ""};
        EXPECT_EQ(field, clock(id).first_on) << "field and clock say the same";
        return field;
    }
    void expect_lawful() {
        Report report;
        house.store->read([&](store::Reader& reader) {
            report = verify(*house.registers, reader, House::kOrg);
        });
        EXPECT_EQ(report.faults_total, 0)
            << (report.faults.empty() ? "" : report.faults.front().code);
    }

    House house;
};

TEST_F(FirstDatesTest, ThePlanAsFirstApprovedGivesIt) {
    const core::Id id = planned("2026-04-01");
    EXPECT_EQ(first(id), "2026-04-01");
    house.act("task", id, "issue", house.clerk, {{"finish_by", "2026-06-01"}});
    house.act("task", id, "later", house.clerk, {{"finish_by", "2026-09-01"}});
    EXPECT_EQ(first(id), "2026-04-01");
    EXPECT_EQ(clock(id).due_on, "2026-09-01");
    expect_lawful();
}

TEST_F(FirstDatesTest, ReopeningAndPausesLeaveIt) {
    const core::Id id = planned("2026-04-01");
    house.act("task", id, "issue", house.clerk);
    house.act("task", id, "wait", house.clerk, {}, {{"pause_reason", "hearing"}});
    house.clock.advance(std::chrono::hours{24 * 10});
    house.act("task", id, "go_on", house.clerk);
    // Ten days after Wednesday the first is a Saturday: the term ends on the Monday.
    EXPECT_EQ(clock(id).due_on, "2026-04-13");
    house.act("task", id, "look", house.clerk);
    EXPECT_EQ(clock(id).due_on, "2026-04-13") << "no later step takes back what a pause gave";
    EXPECT_EQ(house.entry("task", id).fields.at("finish_by"), core::Json("2026-04-13"));
    house.act("task", id, "finish", house.clerk);
    house.act("task", id, "reopen", house.clerk, {{"finish_by", "2026-12-01"}});
    EXPECT_EQ(first(id), "2026-04-01");
    expect_lawful();
}

TEST_F(FirstDatesTest, NoRuleOfAPackMakesItLater) {
    const core::Id id = planned("2026-04-01");
    house.act("task", id, "force", house.clerk, {}, {{"day", "2026-08-01"}});
    EXPECT_EQ(first(id), "2026-04-01");
    house.act("task", id, "force", house.clerk, {}, {{"day", "2026-03-20"}});
    EXPECT_EQ(first(id), "2026-03-20") << "an earlier one that came to light stands";
    house.act("task", id, "force", house.clerk);
    EXPECT_EQ(first(id), "2026-03-20");
    expect_lawful();
}

TEST_F(FirstDatesTest, APartSplitOffInheritsIt) {
    const core::Id id = planned("2026-04-01");
    house.act("task", id, "later", house.clerk, {{"finish_by", "2026-09-01"}});
    house.act("task", id, "split", house.clerk);
    ListRequest all;
    all.register_name = "task";
    core::Id part;
    house.store->read([&](store::Reader& reader) {
        for (const Entry& entry :
             Listing{*house.registers}.page(reader, house.actor(house.clerk), all).entries) {
            part = entry.id == id ? part : entry.id;
        }
    });
    house.act("task", part, "issue", house.clerk, {{"finish_by", "2027-01-01"}});
    EXPECT_EQ(first(part), "2026-04-01");
    EXPECT_EQ(clock(part).due_on, "2027-01-01");
    expect_lawful();
}

TEST_F(FirstDatesTest, WhatTakesAnotherInHasTheEarlierOfBoth) {
    const core::Id late = planned("2026-07-01");
    const core::Id early = planned("2026-04-01");
    house.act("task", early, "merge", house.clerk, {{"goes_to", late.text()}});
    EXPECT_EQ(first(late), "2026-04-01");
    EXPECT_EQ(clock(late).due_on, "2026-07-01");
    const core::Id latest = planned("2026-10-01");
    house.act("task", latest, "merge", house.clerk, {{"goes_to", late.text()}});
    EXPECT_EQ(first(late), "2026-04-01");
    expect_lawful();
}

TEST_F(FirstDatesTest, ABackfillBringsItAndMovesItNever) {
    const core::Id checker = house.add_person("Checker", house.office, "reviewer");
    const core::Id recorder = house.add_person("Recorder", house.department, "clerk");
    const Decision decision{
        .id = core::make_id(house.clock.now(), house.random),
        .title = "Old years",
        .paper = "No. 9",
        .registers = {"task"},
        .from = *calendar::Date::parse("2020-01-01"),
        .to = *calendar::Date::parse("2026-02-28"),
        .recorder = recorder,
        .checker = checker,
        .decided_on = *calendar::Date::parse("2026-03-01")
    };
    house.decide(decision);
    const auto backfill = [&](const core::Id& entry, const char* first_due) {
        Request request;
        request.register_name = "task";
        request.action = "backfill";
        request.unit = house.department;
        request.entry = entry;
        if (!entry.is_nil()) {
            request.revision = house.entry("task", entry).revision;
        }
        request.fields = core::JsonObject{{"first_due", first_due}};
        request.backfill = Backfill{
            .decision = decision.id,
            .state = "planned",
            .claimed_on = "2023-08-15",
            .paper = "No. 1"
        };
        return house.send(recorder, request).entry;
    };
    const core::Id old = backfill({}, "2023-12-31");
    house.act("task", old, "issue", house.clerk, {{"finish_by", "2027-01-01"}});
    EXPECT_EQ(first(old), "2023-12-31");
    EXPECT_EQ(House::refusal([&] { backfill(old, "2027-01-01"); }), "deadline.first_date_kept");
    EXPECT_EQ(first(old), "2023-12-31");
    expect_lawful();
}

TEST_F(FirstDatesTest, ACalendarLoadedLaterLeavesIt) {
    const core::Id id = planned("2027-10-01");
    OrgProfile profile = *house.registers->profile(House::kOrg);
    profile.calendar.known_years.insert(2027);
    profile.calendar.holidays = {*calendar::Date::parse("2027-10-01")};
    house.change_profile(profile);
    house.act("task", id, "issue", house.clerk);
    EXPECT_EQ(first(id), "2027-10-01");
}

}  // namespace
}  // namespace duban::registers
