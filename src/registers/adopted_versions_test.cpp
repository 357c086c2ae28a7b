// What is there after a new version of a pack was adopted, and what is not.

#include <algorithm>

#include "core/problem.h"
#include "registers/follower.h"
#include "registers/internal/adoption_testing.h"

namespace duban::registers {
namespace {

TEST_F(AdoptionTest, WhatAnEntryHoldsStaysWhenLessIsAllowed) {
    make_entries();
    house.adopt(
        files({{"[urgent, calm]", "[calm]"}, {"max: 40", "max: 3"}}),
        {"errand.kind", "errand.words"}
    );
    EXPECT_EQ(value(full, "kind"), core::Json("urgent"));
    EXPECT_EQ(value(full, "words"), core::Json("many words are here"));
    EXPECT_EQ(
        House::refusal([&] {
            house.act("errand", full, "amend", house.clerk, {{"kind", "urgent"}});
        }),
        "entry.invalid_fields field.not_a_choice"
    );
}

TEST_F(AdoptionTest, ARenamedColumnOfRowsKeepsItsValues) {
    make_entries();
    house.adopt(files({{"nights: {type: integer}", "stays: {type: integer, was: nights}"}}));
    const core::Json kept =
        core::parse_json(R"([{"town": "Aton", "stays": 2}, {"town": "Bton", "stays": null}])");
    EXPECT_EQ(value(full, "stops"), kept);
    expect_replay_equal();
    EXPECT_EQ(value(full, "stops"), kept);
}

TEST_F(AdoptionTest, WhatIsComputedOtherwiseIsComputedAgain) {
    make_entries();
    EXPECT_EQ(value(full, "double_days"), core::Json(6));
    house.adopt(files({{"days * 2", "days * 3"}}));
    EXPECT_EQ(value(full, "double_days"), core::Json(9));
}

TEST_F(AdoptionTest, AFieldDeclaredAgainHoldsNothingOfTheOneThatWasDropped) {
    make_entries();
    house.adopt(
        files(
            {{", nights: {type: integer}", ""},
             {"  amount: {type: money}\n", ""},
             {"  related: {type: links, to: errand}\n", ""}}
        ),
        {"errand.stops.nights", "errand.amount", "errand.related"}
    );
    house.adopt(files(
        {{"nights: {type: integer}", "nights: {type: text}"},
         {"amount: {type: money}", "amount: {type: integer}"}}
    ));
    EXPECT_TRUE(value(full, "amount").is_null());
    EXPECT_EQ(
        value(full, "stops"),
        core::parse_json(R"([{"town": "Aton", "nights": null}, {"town": "Bton", "nights": null}])")
    );
    expect_sound();
}

TEST_F(AdoptionTest, ADroppedRegisterLeavesNothingAndItsNameIsSpent) {
    search::migrate(*house.store);
    const search::Search index;
    SearchFollower follower{*house.registers, index};
    const auto found = [&](const std::string& words) {
        while (follower.follow(House::kOrg) > 0) {
        }
        std::size_t total = 0;
        house.store->read([&](store::Reader& reader) {
            const search::SearchQuestion question{
                .org = House::kOrg,
                .words = words,
                .scopes =
                    {{.register_name = "memo", .reach = {}},
                     {.register_name = "errand", .reach = {}}}
            };
            total = index.find(reader, question).total;
        });
        return total;
    };
    make_entries();
    EXPECT_EQ(found("memo"), 2U);
    EXPECT_EQ(found("hollow"), 1U);
    const std::vector<SourceFile> without =
        files({{", search: true}\n  double", "}\n  double"}}, false);
    EXPECT_EQ(codes(without), "pack.loses_data");
    EXPECT_EQ(codes(without, {"memo.register"}), "pack.loses_data");
    house.adopt(without, {"memo"});
    EXPECT_EQ(found("memo"), 0U);
    EXPECT_EQ(found("hollow"), 0U);
    house.store->read([&](store::Reader& reader) {
        for (const SideTable* table : side::all()) {
            const auto column = std::ranges::find(table->columns, "register");
            if (column == table->columns.end() || table == &side::kNumber) {
                continue;  // numbers once given stay given
            }
            const auto at = static_cast<std::size_t>(column - table->columns.begin());
            for (const SideRow& row : kept_rows(reader, *table, House::kOrg)) {
                EXPECT_NE(cell_text(row[at]), "memo") << table->name;
            }
        }
    });
    expect_sound();
    EXPECT_EQ(codes(files({})), "register.name_spent");
}

TEST_F(AdoptionTest, ARegisterThatNeverHadAnEntryMayComeBack) {
    house.adopt(files({}, false), {"memo"});
    house.adopt(files({}));
    make_entries();
    expect_sound();
}

TEST_F(AdoptionTest, AnEntryThatCameToAStateAfterThePlanIsNotStranded) {
    make_entries();
    const Plan plan = house.adoption->plan(files(
        {{"    shelved:\n", ""},
         {"    shelve: {from: draft, to: shelved, by: unit.clerk}\n", ""},
         {", shelved", ""}}
    ));
    EXPECT_FALSE(plan.refused());
    house.act("errand", full, "shelve", house.clerk);
    EXPECT_EQ(
        House::refusal([&] {
            house.store->write(House::kOrg, [&](store::Transaction& tx) {
                house.adoption->adopt(
                    tx,
                    House::kOrg,
                    plan,
                    {house.system_admin, house.security_admin},
                    std::string(32, 's')
                );
            });
        }),
        "state.in_use"
    );
}

TEST_F(AdoptionTest, ATableThatIsFreedMayBeTakenAtOnce) {
    make_entries();
    const SourceFile stops{
        "registers/errand_stops.yaml",
        "register: errand_stops\n"
        "fields: {town: {type: text}}\n"
        "procedure: {initial: kept, states: {kept: {final: true}}, actions: {open: {by: "
        "unit.clerk}}}\n"
    };
    std::vector<SourceFile> version =
        files({{"  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}\n", ""}}
        );
    version.insert(version.begin(), stops);
    house.adopt(version, {"errand.stops"});
    house.open("errand_stops", house.clerk, {{"town", "Cton"}});
    expect_sound();
}

}  // namespace
}  // namespace duban::registers
