#include <set>

#include <gtest/gtest.h>

#include "declarations/reading.h"

namespace duban::declarations {
namespace {

constexpr std::string_view kText = R"(register: leave
fields:
  purpose: {type: text, required: true, max: 40}
  days: {type: integer}
procedure:
  initial: draft
  states: {draft: , review: , granted: }
  actions:
    open: {by: unit.clerk}
    file: {from: draft, to: review, by: unit.clerk, need: days}
    grant: {from: review, to: granted, apart_from: [open, file], signatures: [{by: unit.head, count: 2}],
            check: [{that: "days > 0", code: leave.no_days}]}
  deadlines:
    review: {starts: file, term: {workdays: 5}, holder: unit.head}
)";

Pack pack_of(std::string text) {
    const std::vector<SourceFile> files = {
        {.path = "pack.yaml",
         .text = "name: sample\nversion: 1.0.0\nmessages: {leave.no_days: {en: Say how long.}}\n"},
        {.path = "registers/leave.yaml", .text = std::move(text)}
    };
    Loaded loaded = read_pack(files);
    EXPECT_TRUE(loaded.pack.has_value());
    return loaded.pack.value_or(Pack{});
}

/// The differences when `from` is replaced by `to` in the register.
std::vector<Difference> changed(std::string_view from, std::string_view to) {
    std::string text{kText};
    text.replace(text.find(from), from.size(), to);
    return differences(pack_of(std::string{kText}), pack_of(text));
}

Difference only(std::string_view from, std::string_view to) {
    const auto found = changed(from, to);
    EXPECT_EQ(found.size(), 1U) << to;
    return found.empty() ? Difference{} : found.front();
}

TEST(Differences, AreNoneBetweenEqualPacks) {
    const Pack pack = pack_of(std::string{kText});
    EXPECT_TRUE(differences(pack, pack).empty());
}

TEST(Differences, SayWhatLoosens) {
    const Difference fewer = only("count: 2", "count: 1");
    EXPECT_TRUE(fewer.loosens);
    EXPECT_EQ(fewer.register_name, "leave");
    EXPECT_EQ(fewer.path, "procedure.actions.grant.signatures");
    EXPECT_EQ(fewer.text.in("en"), "grant: signatures 2 × unit.head → 1 × unit.head");
    EXPECT_TRUE(only("[open, file]", "[file]").loosens);
    EXPECT_TRUE(only(", need: days", "").loosens);
    EXPECT_TRUE(
        only(",\n            check: [{that: \"days > 0\", code: leave.no_days}]", "").loosens
    );
    EXPECT_TRUE(only("days > 0", "days > -1").loosens);
    EXPECT_TRUE(only("workdays: 5", "workdays: 50").loosens);
    EXPECT_TRUE(only("apart_from", "kinds: [own, paper], apart_from").loosens);
    EXPECT_TRUE(only("required: true, ", "").loosens);
    const Difference way = only("procedure:", "read_through: trip.leave\nprocedure:");
    EXPECT_TRUE(way.loosens);
    EXPECT_EQ(way.text.in("en"), "leave: read_through – → trip.leave");
}

TEST(Differences, SeeAShortcutPastTheSignatures) {
    const auto found = changed(
        "  deadlines:", "    wave_through: {from: draft, to: granted, by: unit.clerk}\n  deadlines:"
    );
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "difference.action_added");
    EXPECT_TRUE(found[0].loosens);
}

TEST(Differences, LetTighteningPass) {
    EXPECT_FALSE(only("count: 2", "count: 3").loosens);
    EXPECT_FALSE(only("workdays: 5", "workdays: 3").loosens);
    EXPECT_FALSE(only("need: days", "need: [days, purpose]").loosens);
    EXPECT_FALSE(only("max: 40", "max: 80").loses_data);
}

TEST(Differences, SayWhatLosesData) {
    EXPECT_TRUE(only("max: 40", "max: 20").loses_data);
    const Difference gone = only("  purpose: {type: text, required: true, max: 40}\n", "");
    EXPECT_EQ(gone.code, "difference.field_removed");
    EXPECT_TRUE(gone.loses_data);
}

TEST(Differences, SayWhatNoMigrationBringsOver) {
    const Difference type = only("{type: integer}", "{type: text}");
    EXPECT_TRUE(type.unmovable);
    EXPECT_FALSE(type.loses_data);
    EXPECT_EQ(type.path, "fields.days.type");
    EXPECT_FALSE(
        only("{type: text, required: true, max: 40}", "{type: long_text, required: true, max: 40}")
            .unmovable
    );
}

TEST(Differences, SayWhereARenameMeetsANameThatIsUsed) {
    const auto twice = changed(
        "  days: {type: integer}", "  length: {type: integer, was: days}\n  days: {type: integer}"
    );
    ASSERT_EQ(twice.size(), 1U);
    EXPECT_EQ(twice[0].code, "difference.field_renamed");
    EXPECT_TRUE(twice[0].unmovable);
    // `was` stays in a declaration after it has done its work.
    const Pack renamed = pack_of(
        "register: leave\nfields: {span: {type: integer, was: days}}\n"
        "procedure: {initial: draft, states: {draft: {final: true}},"
        " actions: {open: {by: unit.clerk}}}\n"
    );
    const Pack joined = pack_of(
        "register: leave\nfields: {span: {type: integer, was: days},"
        " days: {type: integer}}\n"
        "procedure: {initial: draft, states: {draft: {final: true}},"
        " actions: {open: {by: unit.clerk}}}\n"
    );
    const auto found = differences(renamed, joined);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "difference.field_added");
}

TEST(Differences, FollowARename) {
    const auto found = changed("purpose: {type: text,", "cause: {type: text, was: purpose,");
    const Difference& renamed = found.at(0);
    EXPECT_EQ(renamed.code, "difference.field_renamed");
    EXPECT_FALSE(renamed.loses_data);
}

std::set<std::string> codes_of(const Pack& before, const Pack& after) {
    std::set<std::string> codes;
    for (const Difference& one : differences(before, after)) {
        codes.insert(one.code);
        EXPECT_GT(one.text.in("en").size(), 5U) << one.code;
    }
    return codes;
}

TEST(Differences, HaveACodeForEachPartOfAProcedure) {
    const Pack pack = pack_of(std::string{kText});
    const auto one = [&](std::string_view from, std::string_view to) {
        std::string text{kText};
        text.replace(text.find(from), from.size(), to);
        const auto codes = codes_of(pack, pack_of(text));
        return codes.size() == 1 ? *codes.begin() : std::to_string(codes.size());
    };
    EXPECT_EQ(one("by: unit.clerk, need", "by: unit.head, need"), "difference.action_changed");
    EXPECT_EQ(
        one("    file:", "    amend: {from: draft, by: unit.clerk, fields: days}\n    file:"),
        "difference.action_added"
    );
    EXPECT_EQ(one("workdays: 5", "days: 5"), "difference.deadline_changed");
    EXPECT_EQ(
        one("granted: }", "granted: {final: true, ended_otherwise: true}}"),
        "difference.state_changed"
    );
    EXPECT_EQ(
        one("  days: {type: integer}", "  days: {type: integer}\n  place: {type: text}"),
        "difference.field_added"
    );
    EXPECT_EQ(one("max: 40", "max: 60"), "difference.field_changed");
    EXPECT_EQ(
        one("register: leave", "register: leave\nnumber: {format: \"L-{seq}\"}"),
        "difference.register_changed"
    );
    EXPECT_EQ(
        one("register: leave", "register: absence\nwas: leave"), "difference.register_renamed"
    );
}

TEST(Differences, HaveACodeForWhatComesAndGoes) {
    std::string more{kText};
    const std::string states = "granted: }";
    more.replace(more.find(states), states.size(), "granted: , shelved: }");
    const std::string file = "    file:";
    more.replace(
        more.find(file),
        file.size(),
        "    shelve: {from: draft, to: shelved, by: unit.clerk}\n    file:"
    );
    more += "    answer: {starts: file, term: {days: 5}, holder: unit.head}\n";
    const Pack before = pack_of(std::string{kText});
    const Pack after = pack_of(more);
    EXPECT_EQ(
        codes_of(before, after),
        (std::set<std::string>{
            "difference.action_added", "difference.deadline_added", "difference.state_added"
        })
    );
    EXPECT_EQ(
        codes_of(after, before),
        (std::set<std::string>{
            "difference.action_removed", "difference.deadline_removed", "difference.state_removed"
        })
    );
}

TEST(Differences, HaveACodeForEachPartOfAPack) {
    Pack before = pack_of(std::string{kText});
    Pack after = before;
    after.version = "1.1.0";
    Parameter& reviewers = after.parameters.emplace_back();
    reviewers.name = "reviewers";
    reviewers.type = "integer";
    reviewers.initial = 2;
    Control& idle = after.controls.emplace_back();
    idle.name = "idle";
    idle.register_name = "leave";
    idle.sql = "select 1";
    after.registers.push_back(after.registers.front());
    after.registers.back().name = "journey";
    EXPECT_EQ(
        codes_of(before, after),
        (std::set<std::string>{
            "difference.control_added",
            "difference.parameter_added",
            "difference.register_added",
            "difference.version"
        })
    );
    EXPECT_EQ(
        codes_of(after, before),
        (std::set<std::string>{
            "difference.control_removed",
            "difference.parameter_removed",
            "difference.register_removed",
            "difference.version"
        })
    );
    Pack other = after;
    other.parameters.front().initial = 3;
    other.controls.front().sql = "select 2";
    EXPECT_EQ(
        codes_of(after, other),
        (std::set<std::string>{"difference.control_changed", "difference.parameter_changed"})
    );
}

}  // namespace
}  // namespace duban::declarations
