#include "registers/figures.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

/// The published figures of domain.md, section 2.4: whoever rounds otherwise fails here.
TEST(Percent, GivesThePublishedRates) {
    EXPECT_EQ(percent(688, 697), "98.71");
    EXPECT_EQ(percent(19, 25, 0), "76");
    EXPECT_EQ(percent(402, 498, 1), "80.7");
    EXPECT_EQ(percent(168, 203, 1), "82.8");
}

TEST(Percent, RoundsHalfUpAndKeepsItsPlaces) {
    EXPECT_EQ(percent(1, 8, 0), "13");
    EXPECT_EQ(percent(1, 8, 1), "12.5");
    EXPECT_EQ(percent(1, 800), "0.13");
    EXPECT_EQ(percent(1, 1), "100.00");
    EXPECT_EQ(percent(0, 7), "0.00");
    EXPECT_EQ(percent(0, 0), "");
}

const std::vector<declarations::SourceFile> kFiguresFiles = {
    {"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles: {clerk: {zh: 经办}, head: {zh: 负责人}, reviewer: {zh: 审核}, reader: {zh: 查阅}}
messages:
  promise.hollow: {zh: 空。请写明。, en: Hollow. Say what is promised.}
)yaml"},
    {"registers/promise.yaml", R"yaml(
register: promise
number: {format: "P-{seq:3}", at: open}
fields:
  words: {type: text, max: 40, title_field: true}
  source: {type: text, max: 10}
  helpers: {type: rows, rows: {dept: {type: unit, required: true}, task: {type: text}}}
read: [unit.clerk, office.head, office.reviewer]
procedure:
  initial: made
  states: {made: , kept: {final: true}, broken: {final: true, ended_otherwise: true}}
  actions:
    open: {by: [unit.clerk, office.reviewer]}
    share: {from: made, by: unit.clerk, opens: [{register: duty, each: helpers, set: {promise: id, unit: row.dept, task: row.task}}]}
    move: {from: made, by: office.reviewer, inputs: {dept: {type: unit, required: true}}, unit: "input('dept')"}
    keep: {from: made, to: kept, by: unit.clerk}
    drop: {from: made, to: broken, by: unit.clerk}
)yaml"},
    {"registers/duty.yaml", R"yaml(
register: duty
fields:
  promise: {type: link, to: promise, required: true}
  task: {type: text, title_field: true}
read: [unit.clerk, office.head, office.reviewer]
procedure:
  initial: given
  states: {given: }
  actions:
    open: {by: procedure}
)yaml"},
    {"controls/promises.sql", R"sql(-- register: promise · kind: figure · counts: [kept]
-- title: {zh: 承诺, en: Promises}
select id, state as reason, source from promise
)sql"},
    {"controls/duties.sql", R"sql(-- register: duty · kind: figure · counts: [given]
-- title: {zh: 任务, en: Duties}
select d.id, d.state as reason, p.id as origin, d.unit as dept from duty d join promise p on p.id = d.promise
)sql"},
    {"controls/triples.sql", R"sql(-- register: promise · kind: figure · counts: [made]
-- title: {zh: 三元组, en: Triples}
select a.id, a.state as reason from promise a, promise b, promise c
)sql"},
    {"controls/hollow.sql", R"sql(-- register: promise · kind: invariant · severity: high
-- title: {zh: 空话, en: Hollow}
select id, 'kept without words' as reason from promise where state = 'kept' and words is null
)sql"},
};

class FiguresTest : public ::testing::Test {
protected:
    FiguresTest() { house.adopt(kFiguresFiles); }

    core::Id promise(const char* words, const char* source, const char* action) {
        const core::Id id =
            house.open("promise", house.clerk, {{"words", words}, {"source", source}}).entry;
        if (*action != 0) {
            house.act("promise", id, action, house.clerk);
        }
        return id;
    }

    Figure figure(
        const core::Id& asker,
        std::map<std::string, std::string> where = {},
        const std::string& name = "promises"
    ) {
        Figure out;
        house.store->read([&](store::Reader& reader) {
            out = Figures{*house.registers}.count(
                reader, house.actor(asker), {.name = name, .where = std::move(where)}
            );
        });
        return out;
    }

    Report verified() {
        Report report;
        house.store->read([&](store::Reader& reader) {
            report = verify(*house.registers, reader, House::kOrg);
        });
        return report;
    }

    House house;
};

TEST_F(FiguresTest, AFigureIsItsRows) {
    const core::Id kept = promise("a", "x", "keep");
    promise("b", "x", "");
    promise("c", "y", "drop");
    const Figure all = figure(house.reviewer_a);
    EXPECT_EQ(all.counted, 1);
    EXPECT_EQ(all.total, 3);
    EXPECT_EQ(all.rate, "33.33");
    EXPECT_EQ(
        all.groups, (std::map<std::string, std::int64_t>{{"broken", 1}, {"kept", 1}, {"made", 1}})
    );
    ASSERT_EQ(all.rows.size(), 3U);
    const auto row = std::ranges::find(all.rows, kept, &Figure::Row::entry);
    ASSERT_NE(row, all.rows.end());
    EXPECT_EQ(row->number, "P-001");
    EXPECT_EQ(row->title, "a");
    EXPECT_EQ(row->reason, "kept");
    EXPECT_EQ(figure(house.reviewer_a, {{"source", "x"}}).rate, "50.00");
    EXPECT_EQ(figure(house.reviewer_a, {{"source", "z"}}).rate, "");
}

TEST_F(FiguresTest, AFigureCountsWhatItsReaderReaches) {
    promise("a", "x", "keep");
    EXPECT_EQ(House::refusal([&] { figure(house.system_admin); }), "figure.not_found");
    const core::Id other = house.add_person("Other", house.school, "clerk");
    EXPECT_EQ(figure(other).total, 0);
    EXPECT_EQ(figure(house.clerk).total, 1);
    EXPECT_EQ(
        House::refusal([&] { figure(house.clerk, {{"colour", "red"}}); }),
        "query.filter_not_declared"
    );
}

/// A duty of the school comes from a promise of the department, which the school does not read.
TEST_F(FiguresTest, AFactNamesNoEntryThatItsReaderMayNotRead) {
    const core::JsonArray helpers = {
        core::JsonObject{{"dept", house.school.text()}, {"task", "help"}}
    };
    const core::Id origin =
        house.open("promise", house.clerk, {{"words", "a"}, {"helpers", helpers}}).entry;
    house.act("promise", origin, "share", house.clerk);
    const core::Id helper = house.add_person("Helper", house.school, "clerk");

    const Figure told = figure(house.reviewer_a, {{"origin", origin.text()}}, "duties");
    ASSERT_EQ(told.rows.size(), 1U);
    EXPECT_EQ(told.rows.front().facts.at("origin"), core::Json(origin.text()));
    EXPECT_TRUE(told.rows.front().restricted.empty());

    const Figure own = figure(helper, {}, "duties");
    ASSERT_EQ(own.rows.size(), 1U);
    EXPECT_EQ(own.total, 1) << "his own duty counts, whatever it came from";
    EXPECT_EQ(own.rows.front().facts.at("origin"), core::Json(nullptr));
    EXPECT_EQ(own.rows.front().restricted, std::vector<std::string>{"origin"});
    EXPECT_EQ(own.rows.front().facts.at("dept"), core::Json(house.school.text()));
    EXPECT_EQ(figure(helper, {{"origin", origin.text()}}, "duties").total, 0)
        << "a filter tells what the fact does not";
}

TEST_F(FiguresTest, AnUnknownFactIsRefusedWhetherOrNotThereAreRows) {
    EXPECT_EQ(
        House::refusal([&] { figure(house.clerk, {{"colour", "red"}}); }),
        "query.filter_not_declared"
    );
}

TEST_F(FiguresTest, VerifyNamesTheRowThatBreaksAnInvariant) {
    const core::Id id = house.open("promise", house.clerk, {{"source", "x"}}).entry;
    EXPECT_EQ(verified().faults_total, 0);
    house.act("promise", id, "keep", house.clerk);
    const Report report = verified();
    ASSERT_EQ(report.faults_total, 1);
    EXPECT_EQ(report.faults.front().code, "control.invariant_broken");
    EXPECT_EQ(report.faults.front().params.at("row"), "P-001");
    EXPECT_EQ(report.faults.front().params.at("control"), "hollow");
}

TEST_F(FiguresTest, AnActionOpensOneEntryForEachRow) {
    core::JsonArray helpers;
    for (const core::Id& dept : {house.department, house.school}) {
        helpers.push_back(core::JsonObject{{"dept", dept.text()}, {"task", "help"}});
    }
    const core::Id id =
        house.open("promise", house.clerk, {{"words", "a"}, {"helpers", helpers}}).entry;
    const std::int64_t before = house.records();
    house.act("promise", id, "share", house.clerk);
    EXPECT_EQ(house.records(), before + 3);
    const core::Id other = house.add_person("Other", house.school, "clerk");
    house.store->read([&](store::Reader& reader) {
        ListRequest shares;
        shares.register_name = "duty";
        const Page page = Listing{*house.registers}.page(reader, house.actor(other), shares);
        ASSERT_EQ(page.entries.size(), 1U);
        EXPECT_EQ(page.entries.front().unit, house.school);
        EXPECT_EQ(page.entries.front().fields.at("promise"), core::Json(id.text()));
    });
    EXPECT_EQ(verified().faults_total, 0);
}

TEST_F(FiguresTest, ARowNamesOnlyUnitsThatExist) {
    const core::Id nowhere = core::make_id(house.clock.now(), house.random);
    const core::JsonArray helpers = {core::JsonObject{{"dept", nowhere.text()}, {"task", nullptr}}};
    const std::int64_t before = house.records();
    EXPECT_EQ(
        House::refusal([&] { house.open("promise", house.clerk, {{"helpers", helpers}}); }),
        "entry.invalid_fields field.no_such_unit"
    );
    EXPECT_EQ(house.records(), before);
}

TEST_F(FiguresTest, AnActionMovesAnEntryToAnotherUnit) {
    const core::Id id = promise("a", "x", "");
    house.act("promise", id, "move", house.reviewer_a, {}, {{"dept", house.school.text()}});
    EXPECT_EQ(house.entry("promise", id).unit, house.school);
    EXPECT_EQ(
        House::refusal([&] { house.act("promise", id, "keep", house.clerk); }), "entry.not_found"
    );
    const core::Id other = house.add_person("Other", house.school, "clerk");
    house.act("promise", id, "keep", other);
    const Report report = verified();
    EXPECT_EQ(report.faults_total, 0) << (report.faults.empty() ? "" : report.faults.front().code);
}

TEST_F(FiguresTest, NoMoreCountAtOnceThanThereAreTurns) {
    const Figures figures{*house.registers};
    std::atomic<std::ptrdiff_t> inside = 0;
    std::atomic<bool> crowded = false;
    {
        std::vector<std::jthread> all;
        for (int i = 0; i < 8; ++i) {
            all.emplace_back([&] {
                for (int times = 0; times < 200; ++times) {
                    const Figures::Turn turn = figures.take_turn();
                    crowded = ++inside > kFigureTurns || crowded;
                    std::this_thread::yield();
                    --inside;
                }
            });
        }
    }
    EXPECT_FALSE(crowded);
    EXPECT_EQ(inside, 0);
}

// A row may stand for an entry several times: 28³ rows of 28 entries, 1,952 more than are
// explained.
TEST_F(FiguresTest, AFigureOfMoreRowsThanCanBeShownIsRefused) {
    static_assert(28 * 28 * 28 > kFigureRowsMax && 27 * 27 * 27 <= kFigureRowsMax);
    for (int i = 0; i < 27; ++i) {
        promise("a", "x", "");
    }
    EXPECT_EQ(figure(house.reviewer_a, {}, "triples").total, 27 * 27 * 27);
    promise("a", "x", "");
    try {
        static_cast<void>(figure(house.reviewer_a, {}, "triples"));
        FAIL() << "it was counted";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.kind, core::ProblemKind::Rejected);
        EXPECT_EQ(problem.code, "figure.too_large");
        EXPECT_EQ(problem.params.at("figure"), "triples");
    }
}

}  // namespace
}  // namespace duban::registers
