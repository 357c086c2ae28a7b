#include "registers/samples.h"

#include <gtest/gtest.h>

#include "rules/rules.h"
#include "store/testing.h"

namespace duban::registers {
namespace {

using declarations::Model;
using declarations::SourceFile;

using Lines = std::vector<std::string>;

/// Trips and their permits, with the controls of the test.
Model model_with(const std::vector<SourceFile>& controls) {
    std::vector<SourceFile> files = {
        {.path = "pack.yaml", .text = "name: trips\nversion: 1.0.0\n"},
        {.path = "registers/trip.yaml",
         .text = "register: trip\n"
                 "fields:\n"
                 "  traveller: {type: person}\n"
                 "  days: {type: integer, default: 1}\n"
                 "  kind: {type: choice, choices: [short, long]}\n"
                 "  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}\n"
                 "  twice_of: {type: computed, expression: days * 2, result: integer}\n"
                 "procedure:\n"
                 "  initial: draft\n"
                 "  states: {draft: , done: {final: true}}\n"
                 "  actions:\n"
                 "    open: {by: unit.clerk, fields: [traveller, days, kind, stops]}\n"
                 "    finish: {from: draft, to: done, by: unit.clerk}\n"},
        {.path = "registers/permit.yaml",
         .text = "register: permit\n"
                 "fields:\n"
                 "  trip_of: {type: link, to: trip}\n"
                 "procedure:\n"
                 "  initial: draft\n"
                 "  states: {draft: , done: {final: true}}\n"
                 "  actions:\n"
                 "    open: {by: unit.clerk, fields: [trip_of]}\n"
                 "    finish: {from: draft, to: done, by: unit.clerk}\n"}
    };
    files.insert(files.end(), controls.begin(), controls.end());
    declarations::Loaded loaded = declarations::read_pack(files);
    EXPECT_TRUE(loaded.pack) << loaded.faults.back().text.in("en");
    return Model{{*std::move(loaded.pack)}};
}

SourceFile control(const std::string& name, const std::string& head, const std::string& sql) {
    return {
        .path = "controls/" + name + ".sql",
        .text = "-- kind: fact · register: " + head + "\n" + sql + "\n"
    };
}

/// "sample/a.yaml:3 sample.found long_trip north" of each fault.
Lines lines(const std::vector<declarations::Fault>& faults) {
    Lines out;
    for (const declarations::Fault& fault : faults) {
        std::string line =
            fault.place.file + ":" + std::to_string(fault.place.line) + " " + fault.code;
        for (const auto& [name, value] : fault.params) {
            line += " " + value;
        }
        out.push_back(std::move(line));
    }
    return out;
}

Lines check(const Model& model, const std::vector<std::string>& texts) {
    std::vector<declarations::Sample> samples;
    for (const std::string& text : texts) {
        const std::string path = "sample/" + std::string(1, char('a' + samples.size())) + ".yaml";
        declarations::LoadedSample loaded =
            declarations::read_sample({.path = path, .text = text}, model, "trips");
        EXPECT_TRUE(loaded.sample) << loaded.faults.front().text.in("en");
        samples.push_back(*std::move(loaded.sample));
    }
    const auto store = store::open_test_store(rules::functions());
    return lines(sample_faults(*store, model, "trips", samples));
}

const SourceFile kLong = control(
    "long_trip",
    "trip · scope: entry",
    "select t.id, 'long' as reason, t.twice_of as twice from trip t where t.days > 5 and not "
    "exists "
    "(select p.id from permit p where p.trip_of = t.id)"
);

TEST(Samples, AreCleanWhenEachControlFindsWhatIsSaid) {
    EXPECT_EQ(
        check(
            model_with({kLong}),
            {"today: 2026-07-01\n"
             "entries:\n"
             "  trip:\n"
             "    north: {days: 6}\n"
             "    south: {days: 7}\n"
             "    short: {}\n"
             "  permit:\n"
             "    of_south: {trip_of: south}\n"
             "finds: {long_trip: north}\n"}
        ),
        Lines{}
    );
}

TEST(Samples, HoldAControlToTheDaySinceWhichItJudges) {
    const SourceFile since = control(
        "long_trip",
        "trip · scope: entry · since: 2026-03-01",
        "select t.id, 'long' as reason, t.twice_of as twice from trip t where t.days > 5"
    );
    EXPECT_EQ(
        check(
            model_with({since}),
            {"today: 2026-07-01\n"
             "entries:\n"
             "  trip:\n"
             "    before: {days: 6, opened_at: 2026-02-28}\n"
             "    after: {days: 6, opened_at: 2026-03-01}\n"
             "    today: {days: 6}\n"
             "finds: {long_trip: [after, today]}\n"}
        ),
        Lines{}
    );
}

TEST(Samples, TellWhatIsFoundUnsaidAndSaidUnfound) {
    const std::string text =
        "today: 2026-07-01\n"
        "entries:\n"
        "  trip:\n"
        "    north: {days: 6}\n"
        "    south: {days: 2}\n"
        "finds: {long_trip: south}\n";
    EXPECT_EQ(
        check(model_with({kLong}), {text}),
        (Lines{
            "sample/a.yaml:6 sample.not_found long_trip south",
            "sample/a.yaml:4 sample.found long_trip north"
        })
    );
}

TEST(Samples, AreLedgersOfTheirOwn) {
    const std::string text =
        "today: 2026-07-01\nentries: {trip: {north: {days: 6}}}\nfinds: {long_trip: north}\n";
    EXPECT_EQ(check(model_with({kLong}), {text, text}), Lines{});
}

TEST(Samples, NameTheControlsThatFindNothingAnywhere) {
    const SourceFile never =
        control("never", "trip", "select id, 'no' as reason from trip where 1 = 0");
    EXPECT_EQ(
        check(model_with({kLong, never}), {}),
        Lines{"pack.yaml:1 pack.controls_unshown long_trip, never"}
    );
    EXPECT_EQ(
        check(
            model_with({kLong, never}),
            {"today: 2026-07-01\nentries: {trip: {north: {days: 6}}}\nfinds: {long_trip: north}\n"}
        ),
        Lines{"pack.yaml:1 pack.controls_unshown never"}
    );
}

/// The register stands once, yet what is found of one trip hangs on all the others.
TEST(Samples, ProveThatOneEntryAloneIsFoundAsAmongAll) {
    const SourceFile other = control(
        "other",
        "trip · scope: entry",
        "select p.trip_of as id, 'other' as reason from permit p "
        "where p.trip_of not in (select t.id from trip t where t.days > 5)"
    );
    const std::string text =
        "today: 2026-07-01\n"
        "entries:\n"
        "  trip:\n"
        "    long: {days: 6}\n"
        "    brief: {days: 2}\n"
        "  permit:\n"
        "    of_long: {trip_of: long}\n"
        "    of_brief: {trip_of: brief}\n"
        "finds: {other: brief}\n";
    EXPECT_EQ(
        check(model_with({other}), {text}),
        Lines{"controls/other.sql:1 control.scope_differs other long"}
    );
}

TEST(Samples, HoldPeopleDaysAndRowsBesideTheRegisters) {
    const SourceFile posted = control(
        "idle",
        "trip",
        "select t.id, 'no_post' as reason from trip t where (select count(*) from post p where "
        "p.person = t.traveller and p.outside = false and p.starts_on <= today()) = 0 or "
        "(select count(*) from trip_stops s where s.entry = t.id) > 1"
    );
    EXPECT_EQ(
        check(
            model_with({posted}),
            {"today: 2026-07-01\n"
             "entries:\n"
             "  trip:\n"
             "    lin_goes: {traveller: Lin}\n"
             "    lin_stays: {traveller: Lin, stops: [{town: A, nights: 1}, {town: B}]}\n"
             "    he_goes: {traveller: He}\n"
             "    yu_goes: {traveller: Yu}\n"
             "beside:\n"
             "  post:\n"
             "    - {person: Lin, outside: false, starts_on: 2026-01-01}\n"
             "    - {person: Yu, outside: false, starts_on: 2026-07-02}\n"
             "finds: {idle: [lin_stays, he_goes, yu_goes]}\n"}
        ),
        Lines{}
    );
}

TEST(Samples, RefuseWhatNoFieldOrColumnHolds) {
    const Model model = model_with({});
    EXPECT_EQ(
        check(model, {"today: 2026-07-01\nentries:\n  trip:\n    a1: {kind: wide}\n"}),
        Lines{"sample/a.yaml:4 field.not_a_choice"}
    );
    EXPECT_EQ(
        check(
            model,
            {"today: 2026-07-01\n"
             "entries: {}\n"
             "beside:\n"
             "  posts: [{person: Lin}]\n"
             "  post:\n"
             "    - {name: Lin}\n"
             "    - {outside: perhaps}\n"
             "    - {starts_on: soon}\n"
             "  clock: [{entry: a, ran_days: 3.5}]\n"}
        ),
        (Lines{
            "sample/a.yaml:4 sample.no_table posts",
            "sample/a.yaml:6 sample.no_column name post",
            "sample/a.yaml:7 sample.not_of_type boolean",
            "sample/a.yaml:8 sample.not_of_type date",
            "sample/a.yaml:9 sample.not_of_type bigint"
        })
    );
}

}  // namespace
}  // namespace duban::registers
