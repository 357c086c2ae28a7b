// Reading, alike on both databases; runs on each (E07).

#include <vector>

#include "core/problem.h"
#include "store/internal/store_fixture.h"

namespace duban::store {
namespace {

TEST_F(StoreTest, ReadSeesOneSnapshot) {
    insert(1, "a");
    store_->read([&](Reader& reader) {
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 1);
        insert(2, "b");
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 1);
    });
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(StoreTest, ColumnOfAnotherTypeIsCorrupt) {
    insert(1, "a");
    store_->read([&](Reader& reader) {
        const Rows rows = reader.query({"test.names", "select name from item"}, {});
        try {
            static_cast<void>(rows.at(0).integer(0));
            ADD_FAILURE() << "a name was read as a number";
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "store.wrong_type");
        }
    });
}

TEST_F(StoreTest, BackupWhereNoneCanLieIsRefused) {
    insert(1, "a");
    try {
        store_->backup("/dev/null/backup.db", [](Reader&) {});
        ADD_FAILURE() << "there is a backup in no folder";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "store.backup_failed");
    }
}

TEST_F(StoreTest, ReadCannotWrite) {
    static constexpr Query kSneak{
        "test.sneak", "insert into item (org, id, name) values (1, 1, 'x') returning id"
    };
    EXPECT_ANY_THROW(store_->read([](Reader& reader) { reader.query(kSneak, {}); }));
    EXPECT_TRUE(names().empty());
}

TEST_F(StoreTest, ForEachStopsWhenTold) {
    for (std::int64_t i = 0; i < 5; ++i) {
        insert(i, "n" + std::to_string(i));
    }
    std::vector<std::string> seen;
    store_->read([&](Reader& reader) {
        reader.for_each(kNames, {value(kOrg)}, [&](const Row& row) {
            seen.push_back(row.text(0));
            return seen.size() < 2;
        });
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 5);
    });
    EXPECT_THAT(seen, testing::ElementsAre("n0", "n1"));
}

TEST_F(StoreTest, ForEachMayQueryInside) {
    insert(1, "a");
    insert(2, "b");
    int inner = 0;
    store_->read([&](Reader& reader) {
        reader.for_each(kNames, {value(kOrg)}, [&](const Row&) {
            reader.for_each(kNames, {value(kOrg)}, [&](const Row&) { return ++inner > 0; });
            return true;
        });
    });
    EXPECT_EQ(inner, 4);
}

constexpr Query kEndless{
    "test.endless",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000) "
    "select count(*) from n"
};
constexpr Bound kSmall{.steps_max = 100'000, .ms_max = 50};

TEST_F(StoreTest, TooExpensiveQueryIsRefusedAndTheJobGoesOn) {
    store_->write(kOrg, [](Transaction& tx) {
        tx.execute(kInsert, {value(kOrg), std::int64_t{1}, std::string{"a"}, true});
        std::string code;
        try {
            tx.query_bounded(kEndless, {}, kSmall);
        } catch (const core::Problem& problem) {
            code = problem.code;
        }
        EXPECT_EQ(code, "query.too_expensive");
        tx.execute(kInsert, {value(kOrg), std::int64_t{2}, std::string{"b"}, true});
        EXPECT_EQ(tx.query_bounded(kCount, {}, kSmall).at(0).integer(0), 2);
    });
    EXPECT_THAT(names(), testing::ElementsAre("a", "b"));
}

TEST_F(StoreTest, TooExpensiveQueryIsRefusedInAReadAndTheSnapshotGoesOn) {
    insert(1, "a");
    store_->read([&](Reader& reader) {
        EXPECT_THROW(reader.query_bounded(kEndless, {}, kSmall), core::Problem);
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 1);
    });
}

TEST_F(StoreTest, RowsPastTheBoundAreCutOff) {
    for (std::int64_t i = 0; i < 5; ++i) {
        insert(i, "n");
    }
    store_->read([](Reader& reader) {
        EXPECT_EQ(reader.query_bounded(kNames, {value(kOrg)}, {.rows_max = 3}).size(), 3U);
        EXPECT_EQ(reader.query_bounded(kNames, {value(kOrg)}, {.rows_max = 5}).size(), 5U);
        EXPECT_EQ(reader.query_bounded(kNames, {value(kOrg)}, {.rows_max = 9}).size(), 5U);
        EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 5);
    });
}

TEST_F(StoreTest, OrderOfTextIsByCodePointAndLikeMindsCase) {
    insert(1, "b");
    insert(2, "B");
    insert(3, "\xE4\xB8\xAD");
    insert(4, "\xC3\xA9");
    static constexpr Query kOrdered{"test.ordered", "select id from item order by name"};
    static constexpr Query kLike{"test.like", "select id from item where name like 'b%'"};
    store_->read([](Reader& reader) {
        std::vector<std::int64_t> ids;
        for (const Row& row : reader.query(kOrdered, {})) {
            ids.push_back(row.integer(0));
        }
        EXPECT_THAT(ids, testing::ElementsAre(2, 1, 4, 3));
        EXPECT_EQ(reader.query(kLike, {}).size(), 1U);
    });
}

}  // namespace
}  // namespace duban::store
