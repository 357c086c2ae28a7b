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
    EXPECT_TRUE(only("{type: integer}", "{type: text}").loses_data);
    const Difference gone = only("  purpose: {type: text, required: true, max: 40}\n", "");
    EXPECT_EQ(gone.code, "difference.field_removed");
    EXPECT_TRUE(gone.loses_data);
}

TEST(Differences, FollowARename) {
    const auto found = changed("purpose: {type: text,", "cause: {type: text, was: purpose,");
    const Difference& renamed = found.at(0);
    EXPECT_EQ(renamed.code, "difference.field_renamed");
    EXPECT_FALSE(renamed.loses_data);
}

}  // namespace
}  // namespace duban::declarations
