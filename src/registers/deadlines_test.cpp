// Clocks of entries against days counted by hand on the printed calendars of 2023 to 2026, into a
// year that has none yet, and the clocks of statutes as packs declare them.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "registers/figures.h"
#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

const std::vector<declarations::SourceFile> kDeadlinesFiles = {
    {"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles: {clerk: {zh: 经办}, head: {zh: 负责人}, reviewer: {zh: 审核}}
)yaml"},
    // 信访工作条例 第二十三条: told within 15 days whether it is accepted; 第三十四条: answered
    // within 60 days of acceptance, extended by at most 30; 第三十六条: the time of a hearing is
    // not counted.
    {"registers/petition.yaml", R"yaml(
register: petition
fields:
  words: {type: text, max: 40, title_field: true}
read: [unit.clerk, office.head]
procedure:
  initial: registered
  states: {registered: , accepted: , answered: {final: true}}
  actions:
    open: {by: unit.clerk}
    accept: {from: registered, to: accepted, by: unit.clerk}
    hear: {from: accepted, by: unit.clerk}
    heard: {from: accepted, by: unit.clerk}
    extend: {from: accepted, by: unit.clerk}
    answer: {from: accepted, to: answered, by: unit.clerk}
  deadlines:
    told: {starts: open, stops: accept, term: {days: 15}, holder: unit.clerk}
    handled: {starts: accept, stops: [answer, extend], pauses: hear, resumes: heard, pause_reasons: [hearing], term: {days: 60}, holder: unit.clerk}
    extended: {starts: extend, stops: answer, term: {days: 30}, holder: unit.clerk}
)yaml"},
    {"registers/paper.yaml", R"yaml(
register: paper
fields:
  words: {type: text, max: 40, title_field: true}
read: [unit.clerk, office.head]
procedure:
  initial: filed
  states: {filed: , done: {final: true}}
  actions:
    open: {by: unit.clerk}
    finish: {from: filed, to: done, by: unit.clerk}
    redo: {from: done, to: filed, by: unit.clerk}
  deadlines:
    review: {starts: [open, redo], stops: finish, term: {workdays: 10}, holder: office.reviewer, lights: {blue: 20, yellow: 10}}
)yaml"},
    {"controls/petition_days.sql",
     R"sql(-- register: petition · kind: figure · counts: [answered] · sums: [handled, stood, told]
select p.id, p.state as reason, (select sum(c.ran_days) from clock c where c.entry = p.id and c.name = 'handled') as handled,
  (select sum(c.paused_days) from clock c where c.entry = p.id) as stood,
  (select sum(c.ran_days) from clock c where c.entry = p.id and c.name = 'told') as told
from petition p
)sql"},
    {"controls/paper_days.sql",
     R"sql(-- register: paper · kind: figure · counts: [done] · sums: [days, times]
select p.id, p.state as reason, c.ran_days as days, c.times, c.since_on from paper p join clock c on c.entry = p.id
)sql"},
};

class DeadlinesTest : public ::testing::Test {
protected:
    DeadlinesTest() {
        const char* root = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
        std::ifstream file{std::string{root == nullptr ? "." : root} + "/data/calendars/cn.json"};
        std::stringstream text;
        text << file.rdbuf();
        OrgProfile profile = *house.registers->profile(House::kOrg);
        profile.calendar = calendar::parse_calendar(text.str());
        house.change_profile(profile);
        house.adopt(kDeadlinesFiles);
    }

    void go_to(const std::string& day) {
        const auto date = calendar::Date::parse(day);
        house.clock.set(core::from_ms(core::to_ms(date->days) + std::int64_t{3} * 3600 * 1000));
    }
    RunningDeadline clock(const char* register_name, const core::Id& id, const std::string& name) {
        RunningDeadline found;
        house.store->read([&](store::Reader& reader) {
            for (const RunningDeadline& one :
                 house.registers->deadlines(reader, House::kOrg, register_name, id)) {
                found = one.name == name ? one : found;
            }
        });
        return found;
    }

    std::map<std::string, Figure::Sum> sums(const char* figure) {
        std::map<std::string, Figure::Sum> out;
        house.store->read([&](store::Reader& reader) {
            const Figure found = Figures{*house.registers}.count(
                reader, house.actor(house.clerk), {.name = figure, .where = {}}
            );
            for (const auto& [name, sum] : found.sums) {
                std::int64_t rows = 0;
                for (const Figure::Row& row : found.rows) {
                    const core::Json& fact = row.facts.at(name);
                    rows += fact.is_null() ? 0 : fact.as_int64();
                }
                EXPECT_EQ(sum.sum, rows) << "a sum is its rows";
            }
            out = found.sums;
        });
        return out;
    }

    void expect_sound() {
        house.store->read([&](store::Reader& reader) {
            const Report report = verify(*house.registers, reader, House::kOrg);
            EXPECT_EQ(report.faults_total, 0)
                << (report.faults.empty() ? "" : report.faults.front().code);
        });
    }

    House house;
};

TEST_F(DeadlinesTest, PauseWithoutAReasonIsToldWhichThereAre) {
    go_to("2024-03-01");
    const core::Id id = house.open("petition", house.clerk, {}).entry;
    house.act("petition", id, "accept", house.clerk);
    EXPECT_EQ(
        house.refusal([&] { house.act("petition", id, "hear", house.clerk); }),
        "entry.invalid_fields action.pause_why"
    );
}

/// P11: whose time it was, by the calendar day, of clocks that stopped, stood and ran again.
TEST_F(DeadlinesTest, DaysAreAddedUpByWhoseTheyWere) {
    go_to("2024-02-20");
    const core::Id id = house.open("petition", house.clerk, {}).entry;
    go_to("2024-03-01");
    house.act("petition", id, "accept", house.clerk);
    go_to("2024-04-08");
    house.act("petition", id, "hear", house.clerk, {}, {{"pause_reason", "hearing"}});
    go_to("2024-04-18");
    house.act("petition", id, "heard", house.clerk);
    go_to("2024-05-08");
    house.act("petition", id, "answer", house.clerk);
    house.open("petition", house.clerk, {});  // was told nothing yet, and not handled at all
    const auto found = sums("petition_days");
    EXPECT_EQ(found.at("told"), (Figure::Sum{.sum = 10, .rows = 2}));
    EXPECT_EQ(found.at("handled"), (Figure::Sum{.sum = 38 + 20, .rows = 1}));
    EXPECT_EQ(found.at("stood"), (Figure::Sum{.sum = 10, .rows = 2}));
    expect_sound();
}

TEST_F(DeadlinesTest, DaysOfEveryStartCount) {
    go_to("2024-03-04");
    const core::Id id = house.open("paper", house.clerk, {}).entry;
    go_to("2024-03-08");
    house.act("paper", id, "finish", house.clerk);
    go_to("2024-03-20");
    house.act("paper", id, "redo", house.clerk);
    EXPECT_EQ(sums("paper_days").at("days").sum, 4) << "up to its last change";
    go_to("2024-03-25");
    house.act("paper", id, "finish", house.clerk);
    EXPECT_EQ(sums("paper_days").at("days"), (Figure::Sum{.sum = 4 + 5, .rows = 1}));
    EXPECT_EQ(sums("paper_days").at("times").sum, 2);
    expect_sound();
}

TEST_F(DeadlinesTest, ClockThatStopsWhileItStandsRanNoDay) {
    go_to("2024-03-01");
    const core::Id id = house.open("petition", house.clerk, {}).entry;
    house.act("petition", id, "accept", house.clerk);
    go_to("2024-03-06");
    house.act("petition", id, "hear", house.clerk, {}, {{"pause_reason", "hearing"}});
    go_to("2024-03-16");
    house.act("petition", id, "answer", house.clerk);
    EXPECT_EQ(sums("petition_days").at("handled").sum, 5);
    EXPECT_EQ(sums("petition_days").at("stood").sum, 10);
    expect_sound();
}

TEST_F(DeadlinesTest, TenWorkdaysAreCountedAsByHand) {
    // From the day after; holidays and make-up days of each year stand between.
    const std::vector<std::pair<const char*, const char*>> table = {
        {"2023-01-16", "2023-02-02"},
        {"2023-04-20", "2023-05-06"},
        {"2023-09-27", "2023-10-17"},
        {"2024-02-01", "2024-02-20"},
        {"2024-04-26", "2024-05-13"},
        {"2024-09-12", "2024-09-27"},
        {"2025-01-22", "2025-02-11"},
        {"2025-09-24", "2025-10-14"},
        {"2026-02-10", "2026-03-02"}
    };
    for (const auto& [start, due] : table) {
        go_to(start);
        const core::Id id = house.open("paper", house.clerk, {}).entry;
        EXPECT_EQ(clock("paper", id, "review").started_on, start);
        EXPECT_EQ(clock("paper", id, "review").due_on, due) << start;
        EXPECT_FALSE(clock("paper", id, "review").provisional) << start;
    }
}

TEST_F(DeadlinesTest, ATermIntoAYearWithoutACalendarIsProvisional) {
    go_to("2026-12-25");
    const core::Id id = house.open("paper", house.clerk, {}).entry;
    const RunningDeadline review = clock("paper", id, "review");
    EXPECT_EQ(review.due_on, "2027-01-08") << "by the rest days of the week alone";
    EXPECT_TRUE(review.provisional);
}

TEST_F(DeadlinesTest, FifteenDaysEndOnAWorkday) {
    const std::vector<std::pair<const char*, const char*>> table = {
        {"2023-04-20", "2023-05-05"},
        {"2024-09-20", "2024-10-08"},  // the 5th is in the holiday week
        {"2025-01-15", "2025-02-05"},  // so is the 30th of January
        {"2026-01-30", "2026-02-14"}   // a Saturday that is worked
    };
    for (const auto& [start, due] : table) {
        go_to(start);
        const core::Id id = house.open("petition", house.clerk, {}).entry;
        EXPECT_EQ(clock("petition", id, "told").due_on, due) << start;
    }
}

TEST_F(DeadlinesTest, SixtyDaysAHearingAndThirtyMore) {
    go_to("2024-02-20");
    const core::Id id = house.open("petition", house.clerk, {}).entry;
    go_to("2024-03-01");
    house.act("petition", id, "accept", house.clerk);
    EXPECT_EQ(clock("petition", id, "told").light, "stopped");
    EXPECT_EQ(clock("petition", id, "handled").due_on, "2024-04-30");
    go_to("2024-04-08");
    house.act("petition", id, "hear", house.clerk, {}, {{"pause_reason", "hearing"}});
    EXPECT_EQ(clock("petition", id, "handled").light, "paused");
    go_to("2024-04-18");
    house.act("petition", id, "heard", house.clerk);
    EXPECT_EQ(clock("petition", id, "handled").due_on, "2024-05-10");
    EXPECT_EQ(clock("petition", id, "handled").first_on, "2024-04-30");
    go_to("2024-05-10");
    EXPECT_EQ(clock("petition", id, "handled").light, "yellow") << "the last day is not late";
    house.act("petition", id, "extend", house.clerk);
    // 9 June is a Sunday and the 10th a holiday.
    EXPECT_EQ(clock("petition", id, "extended").due_on, "2024-06-11");
    go_to("2024-06-12");
    EXPECT_EQ(clock("petition", id, "extended").light, "red");
}

TEST_F(DeadlinesTest, LightsChangeOnTheDaysDeclared) {
    go_to("2026-07-01");
    const core::Id id = house.open("paper", house.clerk, {}).entry;
    const calendar::Date due = *calendar::Date::parse(clock("paper", id, "review").due_on);
    const std::vector<std::pair<int, const char*>> table = {
        {21, "green"}, {20, "blue"}, {11, "blue"}, {10, "yellow"}, {0, "yellow"}, {-1, "red"}
    };
    for (const auto& [left, light] : table) {
        go_to(due.plus_days(-left).text());
        EXPECT_EQ(clock("paper", id, "review").light, light) << left << " days left";
    }
}

}  // namespace
}  // namespace duban::registers
