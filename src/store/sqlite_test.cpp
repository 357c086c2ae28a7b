// What is peculiar to SQLite.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/check.h"
#include "core/problem.h"
#include "store/exchange.h"
#include "store/internal/lru.h"
#include "store/store.h"
#include "store/testing.h"

namespace duban::store {
namespace {

constexpr core::OrgId kOrg{1};
constexpr Query kInsert{"test.insert", "insert into item (id) values ($1)"};
constexpr Query kIds{"test.ids", "select id from item order by id"};

class SqliteTest : public testing::Test {
protected:
    [[nodiscard]] std::unique_ptr<Store> open(const std::string& name = "a.db") const {
        return open_sqlite(
            {.path = directory_.path(name),
             .readers_max = 2,
             .vfs = {},
             .functions = {twice_, refuse_},
             .on_fatal = {}}
        );
    }

    static void create(Store& store) {
        store.write(kOrg, [](Transaction& tx) {
            tx.execute_ddl("create table item (id bigint primary key)");
        });
    }

    static std::vector<std::int64_t> ids(Store& store) {
        std::vector<std::int64_t> found;
        store.read([&](Reader& reader) {
            for (const Row& row : reader.query(kIds, {})) {
                found.push_back(row.integer(0));
            }
        });
        return found;
    }

    TestDirectory directory_;
    ScalarFunction twice_{
        .name = "twice",
        .arguments = 1,
        .deterministic = true,
        .body = [](std::span<const Value> arguments) -> Value {
            return 2 * std::get<std::int64_t>(arguments.front());
        }
    };
    ScalarFunction refuse_{
        .name = "refuse",
        .arguments = 0,
        .deterministic = false,
        .body = [](std::span<const Value>) -> Value {
            throw core::Problem{core::ProblemKind::Rejected, "test.refused"};
        }
    };
};

TEST_F(SqliteTest, FileThatIsNoDatabaseIsNamedAsDamaged) {
    const std::string path = directory_.path("damaged.db");
    create(*open("damaged.db"));
    std::filesystem::remove(path + "-wal");
    {
        std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
        file << std::string(100, 'x');  // the header of a database and its first page
    }
    try {
        static_cast<void>(ids(*open("damaged.db")));
        FAIL() << "it was read";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.kind, core::ProblemKind::Corrupt);
        EXPECT_EQ(problem.code, "store.corrupt");
    }
}

TEST_F(SqliteTest, OurFunctionsAreCalledInReadsWritesAndIndexes) {
    static constexpr Query kTwice{"test.twice", "select twice(id) from item where twice(id) = $1"};
    const auto store = open();
    create(*store);
    store->write(kOrg, [](Transaction& tx) {
        tx.execute_ddl("create index item_twice on item (twice(id))");
        tx.execute(kInsert, {std::int64_t{21}});
        EXPECT_EQ(tx.query(kTwice, {std::int64_t{42}}).at(0).integer(0), 42);
    });
    store->read([](Reader& reader) {
        EXPECT_EQ(reader.query(kTwice, {std::int64_t{42}}).at(0).integer(0), 42);
    });
}

TEST_F(SqliteTest, WhatOurFunctionThrowsComesOutOfTheQuery) {
    static constexpr Query kRefuse{"test.refuse", "select refuse()"};
    const auto store = open();
    try {
        store->read([](Reader& reader) { reader.query(kRefuse, {}); });
        FAIL() << "the function refuses";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "test.refused");
    }
}

TEST_F(SqliteTest, SecondStoreOnTheSameFileIsRefused) {
    auto store = open();
    try {
        static_cast<void>(open());
        FAIL() << "two processes must not write one file";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.in_use");
    }
    store.reset();
    EXPECT_NO_THROW(static_cast<void>(open()));
}

TEST_F(SqliteTest, WhatWasWrittenIsThereAfterOpeningAgain) {
    auto store = open();
    create(*store);
    store->write(kOrg, [](Transaction& tx) { tx.execute(kInsert, {std::int64_t{5}}); });
    store.reset();
    store = open();
    EXPECT_THAT(ids(*store), testing::ElementsAre(5));
}

TEST_F(SqliteTest, DoubleQuotesNameColumnsOnly) {
    static constexpr Query kQuoted{"test.quoted", "select \"nothing\""};
    const auto store = open();
    store->read([](Reader& reader) { EXPECT_THROW(reader.query(kQuoted, {}), core::Bug); });
}

TEST_F(SqliteTest, StepsAreCountedAlikeEachTime) {
    static constexpr Query kSum{
        "test.sum",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) "
        "select sum(i) from n"
    };
    const auto store = open();
    const auto fits = [&](std::int64_t steps) {
        bool fit = true;
        store->read([&](Reader& reader) {
            try {
                reader.query_bounded(kSum, {}, {.steps_max = steps});
            } catch (const core::Problem&) {
                fit = false;
            }
        });
        return fit;
    };
    std::int64_t too_few = 1;
    std::int64_t enough = 1'000'000;
    ASSERT_TRUE(fits(enough));
    while (enough - too_few > 1) {
        const std::int64_t middle = (too_few + enough) / 2;
        (fits(middle) ? enough : too_few) = middle;
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(fits(enough));
        EXPECT_FALSE(fits(too_few));
    }
}

// "or rollback" ends the transaction as an interrupted write or a lost page does (E15).
TEST_F(SqliteTest, JobThatEndsTheTransactionFailsAloneAndTheOthersRunAgain) {
    static constexpr Query kRuin{"test.ruin", "insert or rollback into item (id) values ($1)"};
    const auto store = open();
    create(*store);
    store->write(kOrg, [](Transaction& tx) { tx.execute(kInsert, {std::int64_t{0}}); });
    std::atomic<int> runs = 0;
    int writes = 0;
    for (int round = 0; round < 5'000 && runs == writes; ++round) {
        std::string code;
        std::thread ruin{[&] {
            try {
                store->write(kOrg, [](Transaction& tx) { tx.execute(kRuin, {std::int64_t{0}}); });
            } catch (const core::Problem& problem) {
                code = problem.code;
            }
        }};
        for (int i = 0; i < 4; ++i) {
            ++writes;
            store->write(kOrg, [&](Transaction& tx) {
                ++runs;
                tx.execute(kInsert, {std::int64_t{writes}});
            });
        }
        ruin.join();
        EXPECT_EQ(code, "store.duplicate");
    }
    EXPECT_GT(runs, writes);
    EXPECT_EQ(ids(*store).size(), static_cast<std::size_t>(writes) + 1);
}

TEST_F(SqliteTest, BackupIsADatabaseOfItsOwn) {
    const auto store = open();
    create(*store);
    store->write(kOrg, [](Transaction& tx) { tx.execute(kInsert, {std::int64_t{5}}); });
    store->backup(directory_.path("copy.db"), [](Reader&) {});
    store->write(kOrg, [](Transaction& tx) { tx.execute(kInsert, {std::int64_t{6}}); });
    const auto copy = open("copy.db");
    EXPECT_THAT(ids(*copy), testing::ElementsAre(5));
    EXPECT_FALSE(std::filesystem::exists(directory_.path("copy.db.partial")));
}

TEST_F(SqliteTest, FailedBackupLeavesNothing) {
    const auto store = open();
    EXPECT_THROW(store->backup(directory_.path("absent/copy.db"), [](Reader&) {}), core::Problem);
    EXPECT_FALSE(std::filesystem::exists(directory_.path("absent")));
}

// As another process would, while this one serves.
TEST_F(SqliteTest, StoreBesideReadsAndCopiesWhileAnotherWrites) {
    const auto store = open();
    create(*store);
    constexpr std::int64_t kWritten = 200;
    std::thread writer{[&] {
        for (std::int64_t i = 0; i < kWritten; ++i) {
            store->write(kOrg, [&](Transaction& tx) { tx.execute(kInsert, {i}); });
        }
    }};
    SqliteOptions options;
    options.path = directory_.path("a.db");
    const auto beside = open_sqlite_beside(options);
    for (int i = 0; i < 5; ++i) {
        std::vector<std::int64_t> seen;
        const std::string name = "copy" + std::to_string(i) + ".db";
        beside->backup(directory_.path(name), [&](Reader& reader) {
            for (const Row& row : reader.query(kIds, {})) {
                seen.push_back(row.integer(0));
            }
        });
        EXPECT_EQ(ids(*open(name)), seen);
        EXPECT_FALSE(std::filesystem::exists(directory_.path(name + ".partial-wal")));
    }
    writer.join();
    beside->read([&](Reader& reader) {
        EXPECT_EQ(reader.query(kIds, {}).size(), static_cast<std::size_t>(kWritten));
        static constexpr Query kSneak{
            "test.sneak", "insert into item (id) values (-1) returning id"
        };
        EXPECT_ANY_THROW(reader.query(kSneak, {}));
    });
    EXPECT_EQ(ids(*store).size(), static_cast<std::size_t>(kWritten));
}

TEST_F(SqliteTest, DatabaseTakesThePlaceOfAnotherWhichIsKeptWithItsLastWrites) {
    const std::string path = directory_.path("a.db");
    const auto exchange = [&](const std::string& staged, std::size_t& seen) -> std::string {
        try {
            exchange_sqlite(path, directory_.path(staged), path + ".kept", [&](Reader& reader) {
                seen = reader.query(kIds, {}).size();
            });
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return {};
    };
    std::size_t seen = 0;
    {
        const auto store = open();
        create(*store);
        store->backup(directory_.path("empty.db"), [](Reader&) {});
        store->write(kOrg, [](Transaction& tx) { tx.execute(kInsert, {std::int64_t{5}}); });
        EXPECT_EQ(exchange("empty.db", seen), "store.in_use");
        // As a kill would leave it: the last writes stand in the log alone.
        std::filesystem::copy_file(path, directory_.path("killed.db"));
        std::filesystem::copy_file(path + "-wal", directory_.path("killed.db-wal"));
    }
    std::filesystem::rename(directory_.path("killed.db"), path);
    std::filesystem::rename(directory_.path("killed.db-wal"), path + "-wal");
    EXPECT_EQ(exchange("none.db", seen), "store.restore_failed");
    EXPECT_EQ(exchange("empty.db", seen), "");
    EXPECT_EQ(seen, 1U);
    EXPECT_THAT(ids(*open()), testing::IsEmpty())
        << "the log of the other is not taken for its own";
    EXPECT_THAT(ids(*open("a.db.kept")), testing::ElementsAre(5));
}

TEST_F(SqliteTest, DamagedDatabaseIsSetAsideWithItsLog) {
    const std::string path = directory_.path("a.db");
    {
        const auto store = open("b.db");
        create(*store);
    }
    std::ofstream{path} << std::string(8192, 'x');
    std::ofstream{path + "-wal"} << "what was left";
    exchange_sqlite(path, directory_.path("b.db"), path + ".kept", [](Reader&) {});
    EXPECT_THAT(ids(*open()), testing::IsEmpty());
    EXPECT_EQ(std::filesystem::file_size(path + ".kept"), 8192U);
    EXPECT_EQ(std::filesystem::file_size(path + ".kept-wal"), 13U);
}

TEST_F(SqliteTest, StoreBesideMakesNoDatabase) {
    SqliteOptions options;
    options.path = directory_.path("none.db");
    try {
        static_cast<void>(open_sqlite_beside(options));
        FAIL() << "there is none";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.unreachable");
    }
    EXPECT_FALSE(std::filesystem::exists(options.path));
}

// The log would grow for ever if nobody copied it into the database.
TEST_F(SqliteTest, LogIsCopiedIntoTheDatabaseWhileWriting) {
    static constexpr Query kFill{"test.fill", "insert into big (body) values ($1)"};
    const auto store = open();
    store->write(kOrg, [](Transaction& tx) { tx.execute_ddl("create table big (body bytea)"); });
    const core::Bytes megabyte{std::string(1 << 20, 'x')};
    for (int i = 0; i < 40; ++i) {
        store->write(kOrg, [&](Transaction& tx) { tx.execute(kFill, {megabyte}); });
    }
    EXPECT_LT(std::filesystem::file_size(directory_.path("a.db-wal")), 12U << 20U);
}

TEST_F(SqliteTest, ReadersAreSharedByMoreThreadsThanThereAre) {
    const auto store = open();
    create(*store);
    std::atomic<int> reads = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 50; ++n) {
                store->read([&](Reader& reader) { reads += reader.query(kIds, {}).empty() ? 1 : 0; }
                );
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(reads, 300);
}

TEST(LruCache, KeepsTheMostRecentlyUsed) {
    LruCache<std::string> cache{2};
    EXPECT_EQ(cache.put("a", "1"), "");
    EXPECT_EQ(cache.put("b", "2"), "");
    EXPECT_EQ(cache.take("a"), "1");
    EXPECT_EQ(cache.take("a"), "");  // in use
    EXPECT_EQ(cache.put("a", "1"), "");
    EXPECT_EQ(cache.put("c", "3"), "2");
    EXPECT_EQ(cache.take("b"), "");
    EXPECT_EQ(cache.size(), 2U);
}

}  // namespace
}  // namespace duban::store
