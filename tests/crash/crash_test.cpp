// What was acknowledged survives a power cut, a full disk and a failed sync (E14).

#include <atomic>
#include <csignal>
#include <set>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/guarded.h"
#include "core/problem.h"
#include "disk.h"
#include "store/store.h"
#include "store/testing.h"
#include "vfs.h"

namespace duban::crash {
namespace {

using store::Query;
using store::Reader;
using store::Row;
using store::Transaction;

constexpr core::OrgId kOrg{1};
constexpr Query kInsertEntry{"test.insert_entry", "insert into entry (id, body) values ($1, $2)"};
constexpr Query kInsertRecord{"test.insert_record", "insert into record (id) values ($1)"};
constexpr Query kEntries{"test.entries", "select id, body from entry order by id"};
constexpr Query kRecords{"test.records", "select id from record order by id"};
constexpr Query kCheck{"test.check", "pragma integrity_check"};

/// The body of entry `id`, so that a lost or mixed-up page shows.
core::Bytes body_of(std::int64_t id, std::size_t size_max) {
    Random random{static_cast<std::uint64_t>(id)};
    const std::size_t size = size_max - random() % (size_max / 2);
    return {std::string(size, static_cast<char>('a' + id % 26))};
}

/// A machine with one disk, on which a store runs until something happens to it.
class Machine {
public:
    enum class Sync { Full, Off };

    explicit Machine(Sync sync) : sync_{sync} {}

    [[nodiscard]] std::unique_ptr<store::Store> open() {
        return store::open_sqlite(
            {.path = directory_.path("ledger.db"),
             .readers_max = 2,
             .synchronous_off = sync_ == Sync::Off,
             .vfs = vfs_.name(),
             .functions = {},
             .on_fatal = [this](const std::string&) { ++stops_; }}
        );
    }

    static void create_tables(store::Store& store) {
        const std::vector<store::Migration> steps{
            {.version = 1,
             .statements =
                 {"create table entry (id bigint primary key, body bytea not null)",
                  "create table record (id bigint primary key)"}}
        };
        store.migrate("test", steps);
    }

    /// Writes one entry with its record; false when it was refused.
    bool write(store::Store& store, std::size_t body_max) {
        const std::int64_t id = ++last_id_;
        try {
            store.write(kOrg, [&](Transaction& tx) {
                tx.execute(kInsertEntry, {id, body_of(id, body_max)});
                tx.execute(kInsertRecord, {id});
            });
        } catch (const core::Problem& problem) {
            last_problem_.with([&](auto& last) { last = problem.code; });
            return false;
        }
        acknowledged_.with([&](auto& ids) { ids.insert({id, body_max}); });
        return true;
    }

    /// Three clients write, each until it is refused. Afterwards a write may well be accepted: a
    /// copy of the log into the database that ended meanwhile makes room at the log's beginning.
    void work(store::Store& store, std::size_t body_max) {
        std::vector<std::thread> clients;
        for (int client = 0; client < 3; ++client) {
            clients.emplace_back([&] {
                while (write(store, body_max)) {
                }
            });
        }
        for (std::thread& client : clients) {
            client.join();
        }
    }

    /// What is wrong with what is found on the disk; empty when nothing is.
    std::string find_loss() {
        std::string loss;
        try {
            const auto store = open();
            create_tables(*store);
            store->read([&](Reader& reader) { loss = find_loss(reader); });
        } catch (const std::exception& error) {
            loss = std::string{"cannot be opened: "} + error.what();
        }
        return loss;
    }

    Disk& disk() { return disk_; }
    [[nodiscard]] int stops() const { return stops_; }
    std::string last_problem() {
        return last_problem_.with([](auto& last) { return last; });
    }

private:
    std::string find_loss(Reader& reader) {
        const std::string sound = reader.query(kCheck, {}).at(0).text(0);
        if (sound != "ok") {
            return sound;
        }
        std::map<std::int64_t, std::string> entries;
        reader.for_each(kEntries, {}, [&](const Row& row) {
            entries.emplace(row.integer(0), row.bytes(1));
            return true;
        });
        std::size_t records = 0;
        bool halved = false;
        reader.for_each(kRecords, {}, [&](const Row& row) {
            ++records;
            halved = halved || !entries.contains(row.integer(0));
            return true;
        });
        if (halved || records != entries.size()) {
            return "half a job is there";
        }
        return acknowledged_.with([&](auto& ids) -> std::string {
            for (const auto& [id, body_max] : ids) {
                const auto found = entries.find(id);
                if (found == entries.end() || found->second != body_of(id, body_max).data) {
                    return "entry " + std::to_string(id) + " was acknowledged";
                }
            }
            return {};
        });
    }

    Sync sync_;
    store::TestDirectory directory_;  // for the process lock alone
    Disk disk_;
    Vfs vfs_{disk_};
    std::atomic<int> stops_ = 0;
    std::atomic<std::int64_t> last_id_ = 0;
    core::Guarded<std::map<std::int64_t, std::size_t>> acknowledged_;
    core::Guarded<std::string> last_problem_;
};

/// Cuts the power of one machine `cuts` times in a row, at a random call each time; answers how
/// often something was lost, and what it was the last time.
std::pair<int, std::string> cut_power(Machine::Sync sync, int cuts, std::uint64_t seed) {
    Random random{seed};
    Machine machine{sync};
    int losses = 0;
    std::string last;
    for (int cut = 0; cut < cuts; ++cut) {
        // From a few calls (the opening itself) to several copies of the log into the database.
        const auto calls = static_cast<std::int64_t>(1ULL << (random() % 13));
        const std::size_t body_max = random() % 4 == 0 ? 200'000 : 3'000;
        const std::int64_t after = calls + static_cast<std::int64_t>(random() % 64);
        machine.disk().arm({.kind = FaultKind::PowerCut, .after_calls = after});
        try {
            const auto store = machine.open();
            Machine::create_tables(*store);
            machine.work(*store, body_max);
        } catch (const core::Problem&) {
            // The power went while it was being opened.
        }
        machine.disk().restart(random);
        const std::string loss = machine.find_loss();
        if (!loss.empty()) {
            ++losses;
            last = loss;
            break;  // what follows on this disk says nothing more
        }
    }
    return {losses, last};
}

TEST(PowerCut, WhatWasAcknowledgedSurvivesAThousandCuts) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const auto [losses, last] = cut_power(Machine::Sync::Full, 10, seed);
        EXPECT_EQ(losses, 0) << "seed " << seed << ": " << last;
    }
}

// The test itself can fail: without syncing, something is lost.
TEST(PowerCut, WithoutSyncSomethingIsLost) {
    int losses = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        losses += cut_power(Machine::Sync::Off, 10, seed).first;
    }
    EXPECT_GT(losses, 0);
}

// A commit that finds no room is refused, whole groups of them; when there is room again it goes
// on, and a power cut then finds what was acknowledged and nothing else.
TEST(FullDisk, RefusesCommitsAndGoesOnWhenThereIsRoom) {
    Random random{1};
    for (const std::int64_t after : {0, 1, 5, 40, 300, 3'000}) {
        Machine machine{Machine::Sync::Full};
        {
            const auto store = machine.open();
            Machine::create_tables(*store);
            for (int times = 0; times < 3; ++times) {
                machine.disk().arm({.kind = FaultKind::Full, .after_calls = after});
                machine.work(*store, 3'000);
                EXPECT_EQ(machine.last_problem(), "store.full");
                machine.disk().disarm();
                EXPECT_TRUE(machine.write(*store, 10)) << machine.last_problem();
            }
            EXPECT_EQ(machine.stops(), 0);
        }
        machine.disk().restart(random);
        EXPECT_EQ(machine.find_loss(), "") << "after " << after << " calls";
    }
}

TEST(FullDisk, IsNoWorseWhenThePowerGoesToo) {
    Random random{2};
    for (const std::int64_t after : {0, 1, 5, 40, 300, 3'000}) {
        Machine machine{Machine::Sync::Full};
        {
            const auto store = machine.open();
            Machine::create_tables(*store);
            machine.disk().arm({.kind = FaultKind::Full, .after_calls = after});
            machine.work(*store, 3'000);
            machine.disk().arm({.kind = FaultKind::PowerCut, .after_calls = 0});
            EXPECT_FALSE(machine.write(*store, 3'000));
        }
        machine.disk().restart(random);
        EXPECT_EQ(machine.find_loss(), "") << "after " << after << " calls";
    }
}

TEST(FullDisk, InTheMiddleOfAJobFailsThatJobAlone) {
    Machine machine{Machine::Sync::Full};
    const auto store = machine.open();
    Machine::create_tables(*store);
    machine.disk().arm({.kind = FaultKind::Full, .after_calls = 0});
    // More than the page cache holds, so that the log is written before the commit.
    EXPECT_FALSE(machine.write(*store, 60'000'000));
    EXPECT_EQ(machine.last_problem(), "store.full");
    EXPECT_EQ(machine.stops(), 0);
    machine.disk().disarm();
    EXPECT_TRUE(machine.write(*store, 10));
}

// Wherever it fails: in the log at a commit, or in the database when the log is copied into it,
// which SQLite's own checkpoint would pass over.
TEST(FailedSync, StopsTheProcessAndLosesNothing) {
    Random random{1};
    for (std::int64_t after = 0; after < 60; ++after) {
        Machine machine{Machine::Sync::Full};
        {
            const auto store = machine.open();
            Machine::create_tables(*store);
            machine.disk().arm({.kind = FaultKind::Fsync, .after_calls = after});
            for (int after_strike = 0; after_strike < 30 && machine.write(*store, 400'000);) {
                after_strike += machine.disk().has_struck() ? 1 : 0;
            }
            EXPECT_TRUE(machine.disk().has_struck());
            EXPECT_EQ(machine.stops(), 1);
            EXPECT_FALSE(machine.write(*store, 10)) << "nobody knows what is on the disk";
            EXPECT_EQ(machine.last_problem(), "store.stopped");
        }
        machine.disk().restart(random);
        EXPECT_EQ(machine.find_loss(), "") << "after " << after << " syncs";
    }
}

TEST(FailedSync, AbortsUnlessToldOtherwise) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            const store::TestDirectory directory;
            Disk disk;
            const Vfs vfs{disk};
            const auto store = store::open_sqlite(
                {.path = directory.path("ledger.db"),
                 .vfs = vfs.name(),
                 .functions = {},
                 .on_fatal = {}}
            );
            disk.arm({.kind = FaultKind::Fsync, .after_calls = 0});
            Machine::create_tables(*store);
        },
        testing::KilledBySignal(SIGABRT),
        "the database could not be written"
    );
}

}  // namespace
}  // namespace duban::crash
