// What is peculiar to PostgreSQL: several servers on one schema, connections that break.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/check.h"
#include "core/problem.h"
#include "store/exchange.h"
#include "store/store.h"
#include "store/testing.h"

namespace duban::store {
namespace {

constexpr core::OrgId kPostgresOrg{1};
constexpr Query kInsertNote{"test.insert", "insert into item (id) values ($1)"};
constexpr Query kAll{"test.all", "select * from item"};
constexpr Query kCountNotes{"test.count", "select count(*) from item"};
constexpr Query kKill{"test.kill", "select pg_terminate_backend(pg_backend_pid())"};

class PostgresTest : public testing::Test {
protected:
    void SetUp() override {
        store_->write(kPostgresOrg, [](Transaction& tx) {
            tx.execute_ddl("create table item (id bigint primary key)");
        });
    }

    [[nodiscard]] std::unique_ptr<Store> open() const {
        return open_postgres(
            {.connection = schema_.connection(),
             .schema = schema_.name(),
             .readers_max = 2,
             .lanes_max = 2}
        );
    }

    [[nodiscard]] std::string problem_of(const Job& job) const {
        try {
            store_->write(kPostgresOrg, job);
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return "none";
    }

    [[nodiscard]] std::int64_t count() const {
        std::int64_t rows = 0;
        store_->read([&](Reader& reader) { rows = reader.query(kCountNotes, {}).at(0).integer(0); }
        );
        return rows;
    }

    TestSchema schema_;
    std::unique_ptr<Store> store_ = open();
};

TEST_F(PostgresTest, ServerThatFindsItsDataDamagedIsNamed) {
    const std::string code = problem_of([](Transaction& tx) {
        tx.execute_ddl("do $$ begin raise exception 'torn page' using errcode = 'XX001'; end $$");
    });
    EXPECT_EQ(code, "store.corrupt");
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresTest, TwoServersTakeTurnsInALane) {
    static constexpr Query kGet{"test.get", "select max(id) from item"};
    const auto other = open();
    store_->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute(kInsertNote, {std::int64_t{0}});
    });
    std::vector<std::thread> servers;
    for (Store* server : {store_.get(), other.get(), store_.get(), other.get()}) {
        servers.emplace_back([server] {
            for (int i = 0; i < 15; ++i) {
                // Without the lane two would find the same greatest number.
                server->write(kPostgresOrg, [](Transaction& tx) {
                    const std::int64_t next = tx.query(kGet, {}).at(0).integer(0) + 1;
                    tx.execute(kInsertNote, {next});
                });
            }
        });
    }
    for (std::thread& server : servers) {
        server.join();
    }
    EXPECT_EQ(count(), 61);
}

TEST_F(PostgresTest, StatementsFollowATableThatAnotherServerChanged) {
    const auto other = open();
    const auto read_width = [&] {
        std::size_t width = 0;
        store_->read([&](Reader& reader) { width = reader.query(kAll, {}).at(0).columns.size(); });
        return width;
    };
    const auto write_width = [&] {
        std::size_t width = 0;
        store_->write(kPostgresOrg, [&](Transaction& tx) {
            tx.query(kCountNotes, {});
            width = tx.query(kAll, {}).at(0).columns.size();
        });
        return width;
    };
    store_->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute(kInsertNote, {std::int64_t{1}});
    });
    EXPECT_EQ(read_width(), 1U);
    EXPECT_EQ(write_width(), 1U);
    other->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute_ddl("alter table item add column name text");
    });
    EXPECT_EQ(read_width(), 2U);
    EXPECT_EQ(write_width(), 2U);
}

// A limit, written down: a snapshot that has already answered cannot begin again unseen.
TEST_F(PostgresTest, SnapshotInWhichATableChangesIsToBeRetried) {
    const auto other = open();
    store_->read([](Reader& reader) { reader.query(kAll, {}); });
    other->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute_ddl("alter table item add column name text");
    });
    const auto look = [](Reader& reader) {
        reader.query(kCountNotes, {});
        reader.query(kAll, {});
    };
    try {
        store_->read(look);
        FAIL() << "the plan no longer fits";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.busy");
    }
    EXPECT_NO_THROW(store_->read(look));
}

TEST_F(PostgresTest, BrokenConnectionFailsItsJobAndTheOthersRunAgain) {
    std::atomic<int> runs = 0;
    int writes = 0;
    for (int round = 0; round < 200 && runs == writes; ++round) {
        std::string code;
        std::thread killer{[&] { code = problem_of([](Transaction& tx) { tx.query(kKill, {}); }); }
        };
        for (int i = 0; i < 4; ++i) {
            ++writes;
            store_->write(kPostgresOrg, [&](Transaction& tx) {
                ++runs;
                tx.execute(kInsertNote, {std::int64_t{writes}});
            });
        }
        killer.join();
        EXPECT_EQ(code, "store.busy");
    }
    EXPECT_GT(runs, writes);
    EXPECT_EQ(count(), writes);
}

TEST_F(PostgresTest, BrokenConnectionOfAReaderIsReplaced) {
    EXPECT_THROW(store_->read([](Reader& reader) { reader.query(kKill, {}); }), core::Problem);
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresTest, CommitThatTheServerDidNotFinishIsKnownToBeLost) {
    store_->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute_ddl(
            "create function die() returns trigger language plpgsql as "
            "'begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); "
            "return null; end'"
        );
        tx.execute_ddl(
            "create constraint trigger die after insert on item deferrable initially deferred "
            "for each row when (new.id < 0) execute function die()"
        );
    });
    EXPECT_EQ(
        problem_of([](Transaction& tx) { tx.execute(kInsertNote, {std::int64_t{-1}}); }),
        "store.busy"
    );
    EXPECT_EQ(
        problem_of([](Transaction& tx) { tx.execute(kInsertNote, {std::int64_t{1}}); }), "none"
    );
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresTest, QueryThatLiftsItsOwnTimeoutIsStoppedAllTheSame) {
    static constexpr Query kLift{
        "test.lift",
        "select pg_sleep(60) from (select set_config('statement_timeout', '0', false)) as lifted"
    };
    store_->read([](Reader& reader) {
        EXPECT_THROW(reader.query_bounded(kLift, {}, {.ms_max = 50}), core::Problem);
        EXPECT_THROW(reader.query_bounded(kLift, {}, {.ms_max = 50}), core::Problem);
        EXPECT_EQ(reader.query(kCountNotes, {}).at(0).integer(0), 0);
    });
}

TEST_F(PostgresTest, ServerThatIsNotThereIsUnreachable) {
    try {
        static_cast<void>(open_postgres({.connection = "host=/nonexistent dbname=none"}));
        FAIL() << "there is no server";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.unreachable");
    }
}

TEST_F(PostgresTest, BackupIsAnArchiveOfPgDump) {
    const TestDirectory directory;
    store_->backup(directory.path("copy.dump"), [](Reader&) {});
    std::ifstream file{directory.path("copy.dump"), std::ios::binary};
    std::string magic(5, ' ');
    file.read(magic.data(), 5);
    EXPECT_EQ(magic, "PGDMP");
}

TEST_F(PostgresTest, CopyTakesThePlaceOfTheSchemaWhichIsKept) {
    const TestDirectory directory;
    const auto notes_of = [](Store& store) {
        std::int64_t notes = 0;
        store.read([&](Reader& reader) { notes = reader.query(kCountNotes, {}).at(0).integer(0); });
        return notes;
    };
    const PostgresOptions options{.connection = schema_.connection(), .schema = schema_.name()};
    const std::int64_t before = notes_of(*store_);
    store_->backup(directory.path("copy.dump"), [](Reader&) {});
    store_->write(kPostgresOrg, [](Transaction& tx) {
        tx.execute(kInsertNote, {std::int64_t{7}});
    });
    const std::string staged = schema_.name() + "_s";
    for (int twice = 0; twice < 2; ++twice) {
        unpack_postgres(options, directory.path("copy.dump"), staged, directory.path("script"));
    }
    EXPECT_EQ(notes_of(*open_postgres(options)), before + 1) << "it is only beside it yet";
    EXPECT_FALSE(std::filesystem::exists(directory.path("script")));
    exchange_postgres(options, staged, schema_.name() + "_k");
    EXPECT_EQ(notes_of(*open_postgres(options)), before);
    const PostgresOptions kept{.connection = schema_.connection(), .schema = schema_.name() + "_k"};
    EXPECT_EQ(notes_of(*open_postgres(kept)), before + 1);
    drop_postgres(options, kept.schema);
    std::ofstream{directory.path("none.dump")} << "no archive";
    try {
        unpack_postgres(options, directory.path("none.dump"), staged, directory.path("script"));
        FAIL() << "it is no archive";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.restore_failed");
    }
    EXPECT_EQ(notes_of(*open_postgres(options)), before);
}

}  // namespace
}  // namespace duban::store
