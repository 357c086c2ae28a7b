// Every way in which a new version of a pack may treat what entries hold: it is carried out, and
// then showing, acting, verification and replay agree; or it is refused by a code.

#include "registers/adoption.h"

#include <ostream>

#include "registers/internal/adoption_testing.h"

namespace duban::registers {
namespace {

struct Case {
    std::string name;
    Edits edits;
    std::set<std::string> drops;   ///< what is permitted the second time
    std::string refused;           ///< codes without a permission
    std::string refused_although;  ///< codes with it
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

class AdoptionMatrix : public AdoptionTest, public ::testing::WithParamInterface<Case> {};

TEST_P(AdoptionMatrix, IsRefusedByACodeOrCarriedOutWhole) {
    const Case& tried = GetParam();
    make_entries();
    expect_sound();
    const std::vector<SourceFile> version = files(tried.edits);
    EXPECT_EQ(codes(version), tried.refused);
    EXPECT_EQ(codes(version, tried.drops), tried.refused_although);
    if (tried.refused_although.empty()) {
        house.adopt(version, tried.drops);
    }
    expect_sound();
}

const char* const kDays = "  days: {type: integer, default: 1, indexed: true}\n";
const char* const kDouble = "  double_days: {type: computed, expression: \"days * 2\"}\n";
const char* const kNoConversion = "field.not_convertible";
const char* const kLoses = "pack.loses_data";
const char* const kNarrows = "pack.narrows_field";
const char* const kOverlaps = "field.rename_overlaps";

std::vector<Case> cases() {
    const auto refused =
        [](std::string name, Edits edits, std::set<std::string> drops, std::string code) {
            return Case{std::move(name), std::move(edits), std::move(drops), code, code};
        };
    const auto permitted =
        [](std::string name, Edits edits, std::set<std::string> drops, std::string code) {
            return Case{std::move(name), std::move(edits), std::move(drops), std::move(code), ""};
        };
    const auto carried = [](std::string name, Edits edits) {
        return Case{std::move(name), std::move(edits), {}, "", ""};
    };
    return {
        refused(
            "Type",
            {{"left_on: {type: date}", "left_on: {type: text}"}},
            {"errand.left_on"},
            kNoConversion
        ),
        refused("Scale", {{"scale: 2", "scale: 4"}}, {"errand.area"}, kNoConversion),
        refused(
            "OneToMany",
            {{"kind: {type: choice,", "kind: {type: choice, many: true,"},
             {"left_on, kind]", "left_on]"}},
            {"errand.kind"},
            kNoConversion
        ),
        refused("ManyToOne", {{"many: true, ", ""}}, {"errand.tags"}, kNoConversion),
        refused(
            "LinkToLinks",
            {{"earlier: {type: link,", "earlier: {type: links,"}},
            {"errand.earlier"},
            kNoConversion
        ),
        refused(
            "LinksToLink",
            {{"related: {type: links,", "related: {type: link,"}},
            {"errand.related"},
            kNoConversion
        ),
        refused(
            "LinkElsewhere",
            {{"earlier: {type: link, to: errand}", "earlier: {type: link, to: memo}"}},
            {"errand.earlier"},
            kNoConversion
        ),
        refused(
            "TypeInRows",
            {{"nights: {type: integer}", "nights: {type: text}"}},
            {"errand.stops.nights"},
            kNoConversion
        ),
        refused(
            "ComputedType",
            {{"{type: computed, expression: \"days * 2\"",
              "{type: computed, result: text, expression: \"heading\""}},
            {"errand.double_days"},
            kNoConversion
        ),
        refused(
            "RenameAndType",
            {{"left_on: {type: date}", "gone_on: {type: text, was: left_on}"},
             {"left_on, kind]", "gone_on, kind]"},
             {"[left_on, days]", "[gone_on, days]"}},
            {"errand.left_on", "errand.gone_on"},
            kNoConversion
        ),
        refused(
            "RenameAndNameTakenAgain",
            {{"  amount: {type: money}",
              "  sum: {type: money, was: amount}\n  amount: {type: money}"}},
            {"errand.amount", "errand.sum"},
            kOverlaps
        ),
        refused(
            "TwoFromOne",
            {{"  amount: {type: money}",
              "  sum: {type: money, was: amount}\n  whole: {type: money, was: amount}"}},
            {"errand.amount"},
            std::string{kOverlaps} + " " + kOverlaps
        ),
        Case{
            "OntoAnother",
            {{"  words: {type: text, max: 40, search: true}\n", ""},
             {"heading: {type: text,", "heading: {type: text, was: words,"},
             {", words]", "]"}},
            {"errand.words"},
            std::string{kOverlaps} + " " + kLoses,
            kOverlaps
        },
        refused(
            "StateInUse",
            {{"    parked:\n", ""},
             {"    park: {from: draft, to: parked, by: unit.clerk}\n", ""},
             {"parked, ", ""}},
            {"errand", "errand.parked"},
            "state.in_use"
        ),
        carried(
            "StateNotInUse",
            {{"    shelved:\n", ""},
             {"    shelve: {from: draft, to: shelved, by: unit.clerk}\n", ""},
             {", shelved", ""}}
        ),
        permitted("ChoicesNarrowed", {{"[urgent, calm]", "[calm]"}}, {"errand.kind"}, kNarrows),
        permitted(
            "ChoicesOfManyNarrowed", {{"[abroad, early]", "[early]"}}, {"errand.tags"}, kNarrows
        ),
        refused(
            "ByAPermissionOfAKey",
            {{"[urgent, calm]", "[calm]"}},
            {"errand.choices", "errand.type"},
            kNarrows
        ),
        permitted("MaxNarrowed", {{"max: 40", "max: 3"}}, {"errand.words"}, kNarrows),
        carried(
            "TextToLongText", {{"words: {type: text, max: 40", "words: {type: long_text, max: 400"}}
        ),
        permitted(
            "IndexedFieldDropped",
            {{kDays, ""},
             {kDouble, ""},
             {"[heading, days]", "[heading]"},
             {"[left_on, days]", "[left_on]"}},
            {"errand.days", "errand.double_days"},
            std::string{kLoses} + " " + kLoses
        ),
        permitted(
            "SortedFieldDropped",
            {{"  left_on: {type: date}\n", ""},
             {"left_on, kind]", "kind]"},
             {"[left_on, days]", "[days]"}},
            {"errand.left_on"},
            kLoses
        ),
        permitted(
            "LinkDropped",
            {{"  earlier: {type: link, to: errand}\n", ""}},
            {"errand.earlier"},
            kLoses
        ),
        permitted(
            "LinksDropped",
            {{"  related: {type: links, to: errand}\n", ""}},
            {"errand.related"},
            kLoses
        ),
        permitted(
            "ManyDropped",
            {{"  tags: {type: choice, many: true, choices: [abroad, early]}\n", ""}},
            {"errand.tags"},
            kLoses
        ),
        permitted(
            "RowsDropped",
            {{"  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}\n", ""}},
            {"errand.stops"},
            kLoses
        ),
        permitted("MoneyDropped", {{"  amount: {type: money}\n", ""}}, {"errand.amount"}, kLoses),
        permitted(
            "ColumnOfRowsDropped",
            {{", nights: {type: integer}", ""}},
            {"errand.stops.nights"},
            kLoses
        ),
        carried(
            "ColumnOfRowsRenamed",
            {{"nights: {type: integer}", "stays: {type: integer, was: nights}"}}
        ),
        carried(
            "RowsRenamedAndTheirColumn",
            {{"stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}",
              "halts: {type: rows, was: stops, rows: {town: {type: text}, stays: {type: integer, "
              "was: nights}, why: {type: text}"}}
        ),
        carried(
            "IndexedFieldRenamed",
            {{"  days: {type: integer,", "  length: {type: integer, was: days,"},
             {"days * 2", "length * 2"},
             {"[heading, days]", "[heading, length]"},
             {"[left_on, days]", "[left_on, length]"}}
        ),
        carried(
            "LinksRenamed", {{"  related: {type: links,", "  akin: {type: links, was: related,"}}
        ),
        carried("ComputedOtherwise", {{"days * 2", "days * 3"}}),
        carried(
            "ComputedAdded",
            {{"  double_days:",
              "  triple_days: {type: computed, expression: \"days * 3\"}\n  double_days:"}}
        ),
        carried("NoMoreNumbers", {{"number: {format: \"ER-{year}-{seq:4}\", at: file}\n", ""}}),
        carried(
            "RequiredAddedWithADefault",
            {{"  amount:", "  grade: {type: integer, required: true, default: 4}\n  amount:"}}
        ),
        carried(
            "RequiredAdded", {{"left_on: {type: date}", "left_on: {type: date, required: true}"}}
        ),
    };
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    AdoptionMatrix,
    ::testing::ValuesIn(cases()),
    [](const auto& one) { return one.param.name; }
);

}  // namespace
}  // namespace duban::registers
