#include "declarations/sample.h"

#include <gtest/gtest.h>

namespace duban::declarations {
namespace {

const std::vector<SourceFile> kFiles = {
    {.path = "pack.yaml", .text = "name: trips\nversion: 1.0.0\n"},
    {.path = "registers/trip.yaml",
     .text = "register: trip\n"
             "fields:\n"
             "  place_to: {type: text}\n"
             "  days: {type: integer}\n"
             "  expense: {type: money}\n"
             "  overseas: {type: boolean}\n"
             "  follows_on: {type: link, to: trip}\n"
             "  joined_by: {type: links, to: trip}\n"
             "  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}\n"
             "  twice_of: {type: computed, expression: days * 2, result: integer}\n"
             "procedure:\n"
             "  initial: draft\n"
             "  states: {draft: , done: {final: true}}\n"
             "  actions:\n"
             "    open: {by: unit.clerk, fields: [place_to, days, expense, overseas, follows_on, "
             "joined_by, stops]}\n"
             "    finish: {from: draft, to: done, by: unit.clerk}\n"},
    {.path = "registers/visit.yaml",
     .text = "register: visit\n"
             "fields: {host: {type: person}}\n"
             "procedure:\n"
             "  initial: draft\n"
             "  states: {draft: , done: {final: true}}\n"
             "  actions:\n"
             "    open: {by: unit.clerk, fields: [host]}\n"
             "    finish: {from: draft, to: done, by: unit.clerk}\n"},
    {.path = "controls/long_trip.sql",
     .text =
         "-- register: trip · kind: fact\nselect id, 'long' as reason from trip where days > 5\n"},
    {.path = "controls/trips.sql",
     .text = "-- register: trip · kind: figure · counts: [all]\n"
             "select id, 'all' as reason from trip\n"}
};

const Model& model() {
    static const Model made{[] {
        const Loaded loaded = read_pack(kFiles);
        EXPECT_TRUE(loaded.pack) << loaded.faults.back().text.in("en");
        return std::vector<Pack>{loaded.pack.value()};
    }()};
    return made;
}

LoadedSample read_trips(const std::string& text) {
    return read_sample({.path = "sample/trips.yaml", .text = text}, model(), "trips");
}

/// "3:7 field.unknown" of each fault.
std::vector<std::string> faults(const std::string& text) {
    const LoadedSample loaded = read_trips(text);
    std::vector<std::string> out;
    for (const Fault& fault : loaded.faults) {
        out.push_back(
            std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) + " " +
            fault.code
        );
    }
    EXPECT_EQ(loaded.sample.has_value(), out.empty());
    return out;
}

using Lines = std::vector<std::string>;

TEST(Sample, SaysWhichEntriesThereAreAndWhatIsFound) {
    const LoadedSample loaded = read_trips(
        "today: 2026-07-01\n"
        "entries:\n"
        "  trip:\n"
        "    north: {unit: Sales, state: done, number: T-1, due_on: 2026-08-01, place_to: North,\n"
        "            days: 7, expense: {minor: 1250, currency: CNY}, overseas: false,\n"
        "            stops: [{town: A, nights: 3}, {town: B, nights: 4}]}\n"
        "    south: {place_to: '7', follows_on: north, joined_by: [north]}\n"
        "beside:\n"
        "  post: [{person: Lin, role: clerk}]\n"
        "finds: {long_trip: north}\n"
    );
    ASSERT_TRUE(loaded.sample) << loaded.faults.front().code;
    const Sample& sample = *loaded.sample;
    EXPECT_EQ(sample.today.text(), "2026-07-01");
    ASSERT_EQ(sample.entries.size(), 2U);
    const SampleEntry& north = sample.entries[0];
    EXPECT_EQ(north.unit, "Sales");
    EXPECT_EQ(north.state, "done");
    EXPECT_EQ(north.number, "T-1");
    EXPECT_EQ(north.due_on, "2026-08-01");
    ASSERT_EQ(north.values.size(), 5U);
    EXPECT_EQ(north.values[1].value, core::Json(7));
    EXPECT_EQ(core::canonical_json(north.values[2].value), R"({"currency":"CNY","minor":1250})");
    EXPECT_EQ(north.values[3].value, core::Json(false));
    EXPECT_EQ(north.values[4].value.as_array().size(), 2U);
    const SampleEntry& south = sample.entries[1];
    EXPECT_EQ(south.state, "draft");
    EXPECT_EQ(south.values[0].value, core::Json("7"));
    EXPECT_EQ(south.values[1].value, core::Json("north"));
    ASSERT_EQ(sample.beside.size(), 1U);
    EXPECT_EQ(sample.beside[0].table, "post");
    EXPECT_EQ(sample.beside[0].cells.at("person").text, "Lin");
    ASSERT_EQ(sample.finds.size(), 1U);
    EXPECT_EQ(sample.finds[0].control->name, "long_trip");
    EXPECT_EQ(sample.finds[0].entry, "north");
}

TEST(Sample, WantsADayAndEntriesAndNothingUnknown) {
    EXPECT_EQ(faults("entries: {trip: {a1: {}}}\n"), Lines{"1:1 key.missing"});
    EXPECT_EQ(
        faults("today: 2026-02-30\nentries: {trip: {a1: {due_on: soon}}}\n"),
        (Lines{"1:8 sample.bad_day", "2:31 sample.bad_day"})
    );
    EXPECT_EQ(
        faults("today: 2026-07-01\nentries: {trap: {}}\nremark: x\n"),
        (Lines{"2:11 register.unknown", "3:1 key.unknown"})
    );
    EXPECT_EQ(faults("- a\n"), Lines{"1:1 value.not_map"});
    EXPECT_EQ(faults(""), Lines{"1:1 yaml.empty"});
}

TEST(Sample, RefusesEachWrongValueInItsPlace) {
    const auto entry = [](const std::string& members) {
        return faults("today: 2026-07-01\nentries: {trip: {a1: {" + members + "}}}\n");
    };
    EXPECT_EQ(entry("state: gone"), Lines{"2:30 state.unknown"});
    EXPECT_EQ(entry("colour: red"), Lines{"2:23 field.unknown"});
    EXPECT_EQ(entry("twice_of: 4"), Lines{"2:23 sample.computed"});
    EXPECT_EQ(entry("days: seven"), Lines{"2:29 value.not_integer"});
    EXPECT_EQ(entry("overseas: yes"), Lines{"2:33 value.not_boolean"});
    EXPECT_EQ(entry("expense: 5"), Lines{"2:32 value.not_map"});
    EXPECT_EQ(entry("expense: {minor: 5}"), Lines{"2:32 key.missing"});
    EXPECT_EQ(entry("joined_by: a"), Lines{"2:34 value.not_list"});
    EXPECT_EQ(entry("stops: [{country: A}]"), Lines{"2:32 field.unknown"});
    EXPECT_EQ(entry("follows_on: b"), Lines{"2:35 sample.no_entry"});
}

TEST(Sample, NamesEachEntryOnceAndFindsByControlsOfThePackAlone) {
    EXPECT_EQ(
        faults("today: 2026-07-01\nentries:\n  trip:\n    a1: {days: 6}\nfinds: {trips: a1}\n"),
        Lines{"5:9 sample.no_control"}
    );
    EXPECT_EQ(
        faults("today: 2026-07-01\nentries:\n  trip:\n    a1: {days: 6}\nfinds: {long_trip: b}\n"),
        Lines{"5:20 sample.no_entry"}
    );
    EXPECT_EQ(
        faults("today: 2026-07-01\nentries:\n  trip:\n    a1: {}\n  visit:\n    a1: {}\n"),
        Lines{"6:5 sample.entry_twice"}
    );
}

TEST(Sample, OfTooManyEntriesIsRefused) {
    std::string text = "today: 2026-07-01\nentries:\n  trip:\n";
    for (int i = 0; i < 501; ++i) {
        text += "    a" + std::to_string(i) + ": {}\n";
    }
    EXPECT_EQ(faults(text), Lines{"4:5 value.too_many"});
}

}  // namespace
}  // namespace duban::declarations
