// The same random history on SQLite and on PostgreSQL: equal tries and refusals, equal tables,
// roots, searches, lists and rules; nothing that verification finds fault with; and the tables
// that the journal gives back are the tables that were.

#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>

#include <gtest/gtest.h>

#include "answers.h"
#include "player.h"
#include "registers/replay.h"
#include "registers/verification.h"
#include "tables.h"

namespace duban::history {
namespace {

std::size_t number_of(const char* name, std::size_t otherwise) {
    const char* found = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return found == nullptr || *found == '\0' ? otherwise : std::strtoul(found, nullptr, 10);
}

/// What a history left on one database.
struct Outcome {
    std::vector<std::string> lines;
    Tally tally;
    Tables tables;
    std::vector<std::string> answers;
    std::string checkpoint;
    std::string root;
    registers::Report report;
    std::string leaves;  ///< of records with a fault
    std::int64_t restored = 0;
    std::string lost;  ///< the first difference of the tables that the journal gave back
    registers::Report report_after;
    double seconds_played = 0;
    double seconds_all = 0;
};

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

registers::Report verified(Town& town) {
    registers::Report report;
    town.house.store->read([&](store::Reader& reader) {
        report = registers::verify(*town.house.registers, reader, Town::kOrg);
    });
    return report;
}

/// The tables as the journal must give them back; a counter of nothing counts as absent.
Tables kept_by_journal(Town& town) {
    Tables tables = dump_tables(*town.house.store, not_in_the_journal());
    std::erase_if(tables["d_counter"], [](const std::string& line) {
        return line.ends_with("entries=0");
    });
    return tables;
}

/// The leaves of the first records that verification finds fault with.
std::string faulty_leaves(Town& town, const registers::Report& report) {
    std::string text;
    town.house.store->read([&](store::Reader& reader) {
        text.clear();
        for (std::size_t i = 0; i < std::min<std::size_t>(report.faults.size(), 3); ++i) {
            const auto place = report.faults[i].params.find("position");
            if (place != report.faults[i].params.end()) {
                const auto record =
                    town.house.journal.find(reader, Town::kOrg, std::stoll(place->second));
                text += record ? record->leaf + "\n" : std::string{};
            }
        }
    });
    return text;
}

Outcome played(Database database, std::uint64_t seed, std::size_t actions) {
    const auto start = std::chrono::steady_clock::now();
    Outcome out;
    Town town{database, seed};
    Player player{town, seed};
    player.play(actions);
    out.seconds_played = since(start);
    out.lines = player.lines();
    out.tally = player.tally();
    Answers answers{town, seed + 1, player.made()};
    out.answers = answers.all();
    out.checkpoint = answers.checkpoint();
    out.report = verified(town);
    out.leaves = faulty_leaves(town, out.report);
    out.tables = dump_tables(*town.house.store, of_each_database());
    town.house.store->read([&](store::Reader& reader) {
        out.root = town.house.journal.head(reader, Town::kOrg).root.hex();
    });
    const Tables before = kept_by_journal(town);
    out.restored =
        registers::restore_from_journal(*town.house.registers, *town.house.adoption, Town::kOrg)
            .records;
    out.lost = first_difference(before, kept_by_journal(town));
    out.report_after = verified(town);
    out.seconds_all = since(start);
    return out;
}

std::string first_fault(const registers::Report& report) {
    std::string text;
    for (const registers::Fault& fault : report.faults) {
        text += fault.code;
        for (const auto& [name, value] : fault.params) {
            text += " " + name + "=" + value;
        }
        text += "\n";
    }
    return text;
}

void expect_sound(const Outcome& out, const char* database) {
    SCOPED_TRACE(database);
    EXPECT_EQ(out.tally.bugs, 0U);
    EXPECT_EQ(out.report.faults_total, 0) << first_fault(out.report) << out.leaves;
    EXPECT_EQ(out.lost, "");
    EXPECT_EQ(out.report_after.faults_total, 0) << first_fault(out.report_after);
    EXPECT_EQ(out.restored, out.report.records);
    for (const std::string& line : out.answers) {
        EXPECT_EQ(line.find("NOT VALID"), std::string::npos) << line;
    }
    for (const std::string& line : out.lines) {
        EXPECT_EQ(line.find("A BUG"), std::string::npos) << line;
    }
}

std::string list_of(const std::map<std::string, std::size_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts) {
        text += " " + name + " " + std::to_string(count);
    }
    return text;
}

void print(std::uint64_t seed, const Outcome& one, const Outcome& other) {
    std::cout << "seed " << seed << ": " << one.lines.size() << " steps, " << one.tally.done
              << " actions done, " << one.tally.refused << " refused by "
              << one.tally.refusals.size() << " codes, " << one.tally.actions.size()
              << " kinds of action; " << one.report.records << " records, " << one.report.entries
              << " entries, signatures " << one.report.own << " own, " << one.report.delegated
              << " delegated, " << one.report.paper << " paper, " << one.report.backfilled
              << " backfilled; " << one.tables.size() << " tables, " << rows_of(one.tables)
              << " rows, " << one.answers.size() << " lines of answers\n  tables "
              << digest_of(one.tables) << "\n  answers " << digest_of(one.answers) << "\n  root "
              << one.root << "\n  SQLite " << one.seconds_played << " s played, " << one.seconds_all
              << " s in all; PostgreSQL " << other.seconds_played << " s, " << other.seconds_all
              << " s\n  done:" << list_of(one.tally.actions)
              << "\n  refused:" << list_of(one.tally.refusals) << "\n";
}

void play_on_both(std::uint64_t seed, std::size_t actions) {
    SCOPED_TRACE("DUBAN_HISTORY_SEED=" + std::to_string(seed));
    auto there = std::async(std::launch::async, played, Database::Postgres, seed, actions);
    const Outcome sqlite = played(Database::Sqlite, seed, actions);
    const Outcome postgres = there.get();
    print(seed, sqlite, postgres);

    ASSERT_EQ(first_difference(sqlite.lines, postgres.lines), "");
    EXPECT_EQ(first_difference(sqlite.tables, postgres.tables), "");
    EXPECT_EQ(first_difference(sqlite.answers, postgres.answers), "");
    EXPECT_EQ(sqlite.root, postgres.root);
    EXPECT_EQ(sqlite.checkpoint, postgres.checkpoint);
    expect_sound(sqlite, "SQLite");
    expect_sound(postgres, "PostgreSQL");
    // A history that does nothing, or refuses nothing, proves nothing.
    EXPECT_EQ(sqlite.tally.done, actions);
    EXPECT_GT(sqlite.tally.refused, actions / 10);
}

TEST(HistoryTest, IsTheSameOnBothDatabases) {
    const std::uint64_t first = number_of("DUBAN_HISTORY_SEED", 2026);
    for (std::uint64_t i = 0; i < number_of("DUBAN_HISTORY_SEEDS", 1); ++i) {
        play_on_both(first + i, number_of("DUBAN_HISTORY_ACTIONS", 600));
    }
}

}  // namespace
}  // namespace duban::history
