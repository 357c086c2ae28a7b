#include "declarations/reading.h"

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::declarations {
namespace {

constexpr std::string_view kPackText =
    "name: sample\nversion: 1.0.0\nparameters:\n  signers: {type: integer, default: 3, least: 1}\n"
    "  days: {type: integer, default: 7, least: 1}\n";

constexpr std::string_view kRegisterText = R"(register: leave
title: {zh: "1", en: Leave}
number: {format: "L-{year}-{seq:4}", at: file}
fields:
  purpose: {type: text, required: true, max: 40}
  hidden: {type: long_text, sealed: true}
  kind: {type: choice, choices: {sick: {en: Sick}, home: }, default: home}
  size: {type: decimal, help: }
  granted_on: {type: date, set_by: procedure}
  visits: {type: rows, rows: {seen_on: {type: date}}}
procedure:
  initial: draft
  states: {draft: {title: {en: Draft}, backfillable: false}, review: , granted: , gone: {ended_otherwise: true}}
  actions:
    open: {by: [unit.clerk, self]}
    file: {from: draft, to: review, by: self, need: purpose}
    back: {from: [review, granted], returns: earlier, by: unit.head, inputs: {reason: {type: long_text, required: true}}}
    grant:
      from: review
      to: granted
      apart_from: [open, file]
      kinds: [own, paper]
      second_factor: true
      signatures: [{by: unit.head}, {by: office.reviewer, count: {param: signers}}]
      set: {granted_on: today()}
    drop: {from: draft, to: gone, by: self}
  deadlines:
    review: {starts: file, stops: [grant, back], term: {workdays: {param: days}}, holder: unit.head, lights: {yellow: 2}}
)";

Loaded read(std::string_view register_text, std::string_view pack_text = kPackText) {
    const std::vector<SourceFile> files = {
        {.path = "pack.yaml", .text = std::string{pack_text}},
        {.path = "registers/leave.yaml", .text = std::string{register_text}}
    };
    return read_pack(files);
}

std::string without(std::string_view text, std::string_view part) {
    std::string rest{text};
    rest.erase(rest.find(part), part.size());
    return rest;
}

TEST(ReadLayout, KeepsSectionsInTheirOrder) {
    const Loaded loaded = read(
        without(kRegisterText, ", help: ") +
        "layout:\n  basics: {title: {en: Basics}, fields: [kind, purpose]}\n"
        "  ending: {fields: [granted_on], folded: true}\n"
    );
    ASSERT_TRUE(loaded.pack.has_value());
    const std::vector<Section>& layout = loaded.pack->registers.at(0).layout;
    ASSERT_EQ(layout.size(), 2U);
    EXPECT_EQ(layout[0].name, "basics");
    EXPECT_EQ(layout[0].fields, (std::vector<std::string>{"kind", "purpose"}));
    EXPECT_FALSE(layout[0].folded);
    EXPECT_TRUE(layout[1].folded);
}

class ReadRegister : public testing::Test {
protected:
    void SetUp() override {
        const Loaded loaded = read(without(kRegisterText, ", help: "));
        ASSERT_TRUE(loaded.pack.has_value());
        pack_ = *loaded.pack;
        leave_ = pack_.registers.at(0);
    }

    Pack pack_;
    Register leave_;
};

TEST_F(ReadRegister, KeepsFieldsInTheirOrder) {
    ASSERT_EQ(leave_.fields.size(), 6U);
    EXPECT_EQ(leave_.fields[0].name, "purpose");
    EXPECT_EQ(leave_.fields[0].max, 40);
    EXPECT_EQ(leave_.title_field(), leave_.fields.data());
    EXPECT_TRUE(leave_.find_field("hidden")->sealed);
    EXPECT_EQ(leave_.find_field("hidden")->max, 5000);
    EXPECT_EQ(leave_.find_field("kind")->choices.size(), 2U);
    EXPECT_EQ(*leave_.find_field("kind")->initial, core::Json("home"));
    EXPECT_EQ(leave_.find_field("size")->scale, 2);
    EXPECT_EQ(leave_.find_field("visits")->rows.at(0).type, FieldType::Date);
    EXPECT_EQ(leave_.find_field("purpose")->place.line, 5);
}

TEST_F(ReadRegister, GivesOpenEveryFieldAPersonFills) {
    const std::vector<std::string> expected{"purpose", "hidden", "kind", "size", "visits"};
    EXPECT_EQ(leave_.procedure.find_action("open")->fields, expected);
    EXPECT_TRUE(leave_.procedure.find_action("file")->fields.empty());
}

TEST_F(ReadRegister, TakesStatesWithoutAWayOnAsFinal) {
    const auto is_final = [this](std::string_view state) {
        return leave_.procedure.find_state(state)->final;
    };
    EXPECT_FALSE(is_final("draft"));
    EXPECT_FALSE(is_final("granted"));  // `back` leads on from it
    EXPECT_TRUE(is_final("gone"));
    EXPECT_FALSE(leave_.procedure.find_state("draft")->backfillable);
}

TEST_F(ReadRegister, ReadsSignaturesCountsAndDeadlines) {
    const Action& grant = *leave_.procedure.find_action("grant");
    ASSERT_EQ(grant.signatures.size(), 2U);
    EXPECT_EQ(grant.signatures[1].count.value, 3);
    EXPECT_EQ(grant.signatures[1].count.parameter, "signers");
    EXPECT_EQ(grant.signatures[1].by.text(), "office.reviewer");
    EXPECT_EQ(grant.kinds, (std::set{SignatureKind::Own, SignatureKind::Paper}));
    EXPECT_TRUE(grant.second_factor);
    const Deadline& review = leave_.procedure.deadlines.at(0);
    EXPECT_EQ(review.term, (calendar::Term{7, calendar::TermUnit::Workdays}));
    EXPECT_EQ(review.amount_parameter, "days");
    EXPECT_EQ(review.lights.yellow_days, 2);
    EXPECT_EQ(review.lights.blue_days, -1);
    EXPECT_TRUE(pack_.parameters.at(0).counts_signatures);
    EXPECT_TRUE(pack_.parameters.at(1).counts_signatures);
}

TEST_F(ReadRegister, LetsReadWhomTheProcedureNames) {
    std::string all;
    for (const Role& role : leave_.readers()) {
        all += role.text() + " ";
    }
    EXPECT_EQ(all, "unit.clerk self unit.head office.reviewer ");
}

// P08: a notice of another body enters in a state that no action leads to.
TEST(ReadPack, AStateMayBeReachedByBackfillAlone) {
    const std::string valid = without(kRegisterText, ", help: ");
    const auto with = [&valid](std::string_view state) {
        std::string text = valid;
        const std::string_view before = "review: , ";
        text.replace(text.find(before), before.size(), "review: , " + std::string{state} + ", ");
        return read(text);
    };
    EXPECT_FALSE(with("unmarked: ").pack.has_value());
    EXPECT_TRUE(with("unmarked: {backfillable: true}").pack.has_value());
}

TEST(ReadPack, AnEmptyValueIsAFault) {
    const Loaded loaded = read(kRegisterText);
    EXPECT_FALSE(loaded.pack.has_value());
    EXPECT_EQ(loaded.faults.at(1).code, "value.empty");
}

TEST(ReadPack, WarnsOfMissingTitlesOnceARegister) {
    const Loaded loaded = read(without(kRegisterText, ", help: "));
    ASSERT_EQ(loaded.faults.size(), 1U);
    EXPECT_TRUE(loaded.faults[0].warning);
    EXPECT_EQ(loaded.faults[0].code, "title.missing");
}

TEST(ReadPack, RefusesWhatIsTooLarge) {
    const Loaded loaded = read("# " + std::string(1'000'000, 'x'));
    ASSERT_EQ(loaded.faults.size(), 1U);
    EXPECT_EQ(loaded.faults[0].code, "file.too_large");
}

TEST(ReadPack, KeepsABoundOnFaults) {
    std::string text{kRegisterText};
    for (int line = 0; line < 3000; ++line) {
        text += "unknown_" + std::to_string(line) + ": 1\n";
    }
    EXPECT_EQ(read(text).faults.size(), 1000U);
}

TEST(ReadPack, DoesNotFollowBracketsIntoTheDeep) {
    for (const std::string_view open : {"[", "{", "- ", "{a: ", "[{a: "}) {
        std::string text = "register: leave\nfields: ";
        while (text.size() < 500'000) {
            text += open;
        }
        EXPECT_FALSE(read(text).pack.has_value());
    }
}

TEST(ReadPack, NamesAFolderThatIsNotThere) {
    try {
        static_cast<void>(pack_files("/nowhere/at/all"));
        ADD_FAILURE();
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "pack.not_found");
    }
}

TEST(ReadControl, ReadsItsHeaderAndKeepsItsQuery) {
    const std::vector<SourceFile> files = {
        {.path = "pack.yaml", .text = std::string{kPackText}},
        {.path = "controls/long_leave.sql",
         .text = "-- register: leave \xC2\xB7 kind: fact \xC2\xB7 severity: high \xC2\xB7 scope: "
                 "entry\n"
                 "-- every: change \xC2\xB7 since: 2026-01-31 \xC2\xB7 source: \"Law \xC2\xB7 Art. "
                 "1\"\n"
                 "-- title: {en: \"Long \xC2\xB7 leave\"}\n-- reasons: {far: {zh: 长, en: long}}\n"
                 "select id, 'far' as reason from leave\n"}
    };
    const Loaded loaded = read_pack(files);
    ASSERT_TRUE(loaded.pack.has_value());
    EXPECT_TRUE(loaded.faults.empty());
    const Control& control = loaded.pack->controls.at(0);
    EXPECT_EQ(control.name, "long_leave");
    EXPECT_EQ(control.kind, ControlKind::Fact);
    EXPECT_EQ(control.scope, ControlScope::Entry);
    EXPECT_EQ(control.every, "change");
    EXPECT_EQ(control.since, "2026-01-31");
    EXPECT_EQ(control.source, "Law \xC2\xB7 Art. 1");
    EXPECT_EQ(control.title.in("en"), "Long \xC2\xB7 leave");
    EXPECT_EQ(control.find_reason("far")->in("en"), "long");
    EXPECT_EQ(control.find_reason("x"), nullptr);
    EXPECT_EQ(control.sql, "select id, 'far' as reason from leave\n");
    EXPECT_EQ(control.sql_place.line, 5);
}

}  // namespace
}  // namespace duban::declarations
