// Writing, values, refusals and migrations, alike on both databases; runs on each (E07).

#include <atomic>
#include <limits>
#include <thread>

#include "core/check.h"
#include "store/internal/store_fixture.h"

namespace duban::store {
namespace {

TEST_F(StoreTest, WhatWasWrittenIsRead) {
    insert(1, "a");
    insert(2, "b");
    EXPECT_THAT(names(), testing::ElementsAre("a", "b"));
}

TEST_F(StoreTest, ValuesOfEveryTypeComeBackUnchanged) {
    static constexpr Query kKeep{
        "test.keep",
        "insert into kept (org, id, at, body, size, amount, done) "
        "values ($1, $2, $3, $4, $5, $6, $7)"
    };
    static constexpr Query kKept{
        "test.kept", "select id, at, body, size, amount, done from kept where org = $1"
    };
    const core::Id id = *core::Id::parse("01234567-89ab-7fff-bfff-0123456789ab");
    const core::Bytes body{std::string{"\0\xFF'\\x41", 7}};
    store_->write(kOrg, [&](Transaction& tx) {
        tx.execute(
            kKeep,
            {value(kOrg),
             value(id),
             std::string{"2026-11-24"},
             body,
             0.1,
             std::numeric_limits<std::int64_t>::max(),
             false}
        );
        tx.execute(kKeep, {std::int64_t{8}, {}, {}, {}, {}, {}, {}});
    });
    store_->read([&](Reader& reader) {
        const Row row = reader.query(kKept, {value(kOrg)}).at(0);
        EXPECT_EQ(row.id(0), id);
        EXPECT_EQ(row.text(1), "2026-11-24");
        EXPECT_EQ(row.bytes(2), body.data);
        EXPECT_EQ(row.real(3), 0.1);
        EXPECT_EQ(row.integer(4), std::numeric_limits<std::int64_t>::max());
        EXPECT_FALSE(row.truth(5));
        const Row nothing = reader.query(kKept, {std::int64_t{8}}).at(0);
        for (std::size_t i = 0; i < nothing.columns.size(); ++i) {
            EXPECT_TRUE(nothing.is_null(i)) << i;
        }
    });
}

TEST_F(StoreTest, BytesThatAreAnIdAreFoundByTheIdColumn) {
    static constexpr Query kKeep{"test.keep_id", "insert into kept (org, id) values ($1, $2)"};
    static constexpr Query kFind{"test.find_id", "select org from kept where id = $1"};
    const core::Id id = *core::Id::parse("01234567-89ab-7fff-bfff-0123456789ab");
    store_->write(kOrg, [&](Transaction& tx) { tx.execute(kKeep, {value(kOrg), value(id)}); });
    store_->read([&](Reader& reader) {
        EXPECT_EQ(reader.query(kFind, {value(id)}).at(0).integer(0), kOrg.value);
    });
}

TEST_F(StoreTest, ParametersGoByTheirDigit) {
    static constexpr Query kDifference{
        "test.difference",
        "select cast($2 as bigint) - cast($1 as bigint), '$1', cast($2 as bigint) -- $1"
    };
    store_->read([&](Reader& reader) {
        const Row row = reader.query(kDifference, {std::int64_t{3}, std::int64_t{10}}).at(0);
        EXPECT_EQ(row.integer(0), 7);
        EXPECT_EQ(row.text(1), "$1");
        EXPECT_EQ(row.integer(2), 10);
    });
}

TEST_F(StoreTest, SumOfIntegersIsAnIntegerAndTruthOfAnExpressionIsATruth) {
    static constexpr Query kSum{"test.sum", "select sum(id), sum(id) > 2, avg(id) from item"};
    insert(1, "a");
    insert(2, "b");
    store_->read([&](Reader& reader) {
        const Row row = reader.query(kSum, {}).at(0);
        EXPECT_EQ(row.integer(0), 3);
        EXPECT_TRUE(row.truth(1));
        EXPECT_EQ(row.real(2), 1.5);
    });
}

TEST_F(StoreTest, ExecuteCountsTheRowsItTouched) {
    static constexpr Query kFinish{"test.finish", "update item set done = $2 where org = $1"};
    insert(1, "a");
    insert(2, "b");
    store_->write(kOrg, [](Transaction& tx) {
        EXPECT_EQ(tx.execute(kFinish, {value(kOrg), false}), 2);
        EXPECT_EQ(tx.execute(kFinish, {std::int64_t{99}, false}), 0);
    });
}

TEST_F(StoreTest, DatabaseErrorsComeAsProblems) {
    static constexpr Query kPart{
        "test.part", "insert into part (org, item, id) values ($1, $2, $3)"
    };
    insert(1, "a");
    EXPECT_EQ(
        problem_of([](Transaction& tx) {
            tx.execute(kInsert, {value(kOrg), std::int64_t{1}, std::string{"b"}, true});
        }),
        "409 store.duplicate"
    );
    EXPECT_EQ(
        problem_of([](Transaction& tx) {
            tx.execute(kInsert, {value(kOrg), std::int64_t{2}, std::string{}, true});
        }),
        "422 store.constraint"
    );
    EXPECT_EQ(
        problem_of([](Transaction& tx) {
            tx.execute(kInsert, {value(kOrg), std::int64_t{2}, {}, true});
        }),
        "422 store.constraint"
    );
    EXPECT_EQ(
        problem_of([](Transaction& tx) {
            tx.execute(kPart, {value(kOrg), std::int64_t{9}, std::int64_t{1}});
        }),
        "422 store.constraint"
    );
    EXPECT_THAT(names(), testing::ElementsAre("a"));
}

TEST_F(StoreTest, TextThatIsNotUtf8OrHoldsNulIsRefused) {
    for (const std::string& bad : {std::string{"\xC3("}, std::string{"a\0b", 3}}) {
        EXPECT_EQ(
            problem_of([&](Transaction& tx) {
                tx.execute(kInsert, {value(kOrg), std::int64_t{1}, bad, true});
            }),
            "400 store.bad_text"
        );
    }
}

TEST_F(StoreTest, FaultySqlIsABug) {
    static constexpr Query kFaulty{"test.faulty", "select nothing from nowhere"};
    EXPECT_THROW(store_->read([](Reader& reader) { reader.query(kFaulty, {}); }), core::Bug);
    EXPECT_EQ(names().size(), 0U);
}

TEST_F(StoreTest, QueryOfAnotherShapeIsABug) {
    static constexpr Query kTwo{"test.two", "select 1; select 2"};
    static constexpr Query kReturning{
        "test.returning", "insert into item (org, id, name) values (1, 1, 'x') returning id"
    };
    store_->read([](Reader& reader) { EXPECT_THROW(reader.query(kTwo, {}), core::Bug); });
    store_->read([](Reader& reader) { EXPECT_THROW(reader.query(kNames, {}), core::Bug); });
    store_->write(kOrg, [](Transaction& tx) {
        EXPECT_THROW(tx.query_bounded(kReturning, {}, {.rows_max = 1}), core::Bug);
        EXPECT_EQ(tx.query(kCount, {}).at(0).integer(0), 0);
    });
}

TEST_F(StoreTest, SumThatOverflowsIsRefusedNotABug) {
    static constexpr Query kOverflow{
        "test.overflow", "select cast(abs(-9223372036854775807 - id) as bigint) from item"
    };
    insert(1, "a");
    store_->read([](Reader& reader) {
        try {
            reader.query_bounded(kOverflow, {}, {.rows_max = 1});
            FAIL() << "there is no such integer";
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "query.failed");
        }
    });
}

TEST_F(StoreTest, JobThatThrowsWritesNothingAndItsErrorComesBack) {
    EXPECT_EQ(
        problem_of([](Transaction& tx) {
            tx.execute(kInsert, {value(kOrg), std::int64_t{1}, std::string{"a"}, true});
            throw core::Problem{core::ProblemKind::Rejected, "test.refused"};
        }),
        "422 test.refused"
    );
    EXPECT_TRUE(names().empty());
}

TEST_F(StoreTest, JobCannotGoOnAfterAFailedStatement) {
    insert(1, "a");
    EXPECT_THROW(
        store_->write(
            kOrg,
            [](Transaction& tx) {
                tx.execute(kInsert, {value(kOrg), std::int64_t{2}, std::string{"b"}, true});
                try {
                    tx.execute(kInsert, {value(kOrg), std::int64_t{1}, std::string{"c"}, true});
                } catch (const core::Problem&) {
                }
            }
        ),
        core::Bug
    );
    EXPECT_THAT(names(), testing::ElementsAre("a"));
}

TEST_F(StoreTest, ManyWritersOfManyOrgsLoseNothingAndFailOnlyForThemselves) {
    constexpr std::int64_t kWriters = 8;
    constexpr std::int64_t kEach = 25;
    std::atomic<int> refused = 0;
    std::vector<std::thread> writers;
    for (std::int64_t writer = 0; writer < kWriters; ++writer) {
        writers.emplace_back([&, writer] {
            for (std::int64_t i = 0; i < kEach; ++i) {
                try {
                    store_->write(core::OrgId{writer % 3}, [&](Transaction& tx) {
                        const std::int64_t id = writer * kEach + i;
                        tx.execute(kInsert, {writer % 3, id, std::string{"x"}, true});
                        if (i % 5 == 4) {
                            throw core::Problem{core::ProblemKind::Rejected, "test.refused"};
                        }
                    });
                } catch (const core::Problem& problem) {
                    refused += problem.code == "test.refused" ? 1 : 0;
                }
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    EXPECT_EQ(refused, kWriters * kEach / 5);
    store_->read([&](Reader& reader) {
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), kWriters * kEach * 4 / 5);
    });
}

TEST_F(StoreTest, JobsOfOneOrgSeeWhatTheOneBeforeWrote) {
    static constexpr Query kSetCount{
        "test.set_count", "update kept set amount = $2 where org = $1"
    };
    static constexpr Query kGetCount{"test.get_count", "select amount from kept where org = $1"};
    static constexpr Query kOpenCount{
        "test.open_count", "insert into kept (org, amount) values ($1, 0)"
    };
    store_->write(kOrg, [](Transaction& tx) { tx.execute(kOpenCount, {value(kOrg)}); });
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
        writers.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                store_->write(kOrg, [](Transaction& tx) {
                    const auto now = tx.query(kGetCount, {value(kOrg)}).at(0).integer(0);
                    tx.execute(kSetCount, {value(kOrg), now + 1});
                });
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    store_->read([](Reader& reader) {
        EXPECT_EQ(reader.query(kGetCount, {value(kOrg)}).at(0).integer(0), 80);
    });
}

// A deferred key passes the statement and fails at the commit, which is the whole group's.
TEST_F(StoreTest, JobThatSpoilsTheCommitFailsAloneAndTheOthersRunAgain) {
    static constexpr Query kLate{"test.late", "insert into late (org, item) values ($1, $2)"};
    store_->write(kOrg, [](Transaction& tx) {
        tx.execute_ddl(
            "create table late (org bigint not null, item bigint not null, foreign key (org, item) "
            "references item (org, id) deferrable initially deferred)"
        );
    });
    std::int64_t id = 0;
    std::atomic<int> runs = 0;
    int writes = 0;
    // Whether two jobs meet in one group is a matter of timing, so try until they did.
    for (int round = 0; round < 2'000 && runs == writes; ++round) {
        std::string code;
        std::thread spoiler{[&] {
            code = problem_of([](Transaction& tx) {
                tx.execute(kLate, {value(kOrg), std::int64_t{-1}});
            });
        }};
        for (int i = 0; i < 4; ++i) {
            ++writes;
            store_->write(kOrg, [&, id_now = ++id](Transaction& tx) {
                ++runs;
                tx.execute(kInsert, {value(kOrg), id_now, std::string{"x"}, true});
            });
        }
        spoiler.join();
        EXPECT_EQ(code, "422 store.constraint");
    }
    EXPECT_GT(runs, writes);
    EXPECT_EQ(names().size(), static_cast<std::size_t>(writes));
}

TEST_F(StoreTest, StatementsFollowAChangeOfTheirTable) {
    static constexpr Query kAll{"test.all", "select * from item order by id"};
    insert(1, "a");
    const auto width = [&] {
        std::size_t columns = 0;
        store_->read([&](Reader& reader) { columns = reader.query(kAll, {}).at(0).columns.size(); }
        );
        return columns;
    };
    const Job look = [&](Transaction& tx) {
        EXPECT_EQ(tx.query(kAll, {}).at(0).columns.size(), width());
    };
    EXPECT_EQ(width(), 4U);
    store_->write(kOrg, look);
    store_->write(kOrg, [](Transaction& tx) {
        tx.execute_ddl("alter table item add column note text");
    });
    EXPECT_EQ(width(), 5U);
    store_->write(kOrg, look);
}

TEST_F(StoreTest, MigrationRunsEachStepOnceAndRefusesANewerDatabase) {
    const std::vector<Migration> one{
        {.version = 1, .statements = {"create table more (org bigint primary key)"}}
    };
    std::vector<Migration> two = one;
    two.push_back(
        {.version = 2,
         .statements = {"alter table more add column name text"},
         .sqlite_only = {"alter table more add column here text"},
         .postgres_only = {"alter table more add column here text"}}
    );
    store_->migrate("more", one);
    store_->migrate("more", two);
    store_->migrate("more", two);
    static constexpr Query kMore{"test.more", "select org, name, here from more"};
    store_->read([](Reader& reader) { EXPECT_TRUE(reader.query(kMore, {}).empty()); });
    try {
        store_->migrate("more", one);
        FAIL() << "an older program must not run on a newer database";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.newer_schema");
        EXPECT_EQ(problem.params.at("found"), "2");
        EXPECT_EQ(problem.params.at("known"), "1");
    }
}

TEST_F(StoreTest, FailedMigrationStepLeavesNothing) {
    const std::vector<Migration> broken{
        {.version = 1, .statements = {"create table half (org bigint)", "create table"}}
    };
    EXPECT_THROW(store_->migrate("half", broken), core::Bug);
    static constexpr Query kHalf{"test.half", "select org from half"};
    EXPECT_THROW(store_->read([](Reader& reader) { reader.query(kHalf, {}); }), core::Bug);
}

TEST_F(StoreTest, BackupIsMadeWholeAndNeverOverAnother) {
    const TestDirectory directory;
    insert(1, "a");
    store_->backup(directory.path("copy"), [](Reader& reader) {
        const Rows rows = reader.query({"test.copied", "select name from item"}, {});
        EXPECT_EQ(rows.at(0).text(0), "a") << "what is copied is shown";
    });
    try {
        store_->backup(directory.path("copy"), [](Reader&) {});
        FAIL() << "a backup must not replace another";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.backup_exists");
    }
}

}  // namespace
}  // namespace duban::store
