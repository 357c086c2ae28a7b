#include "registers/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/internal/folding_testing.h"

namespace duban::registers {
namespace {

using ::testing::IsEmpty;

class ReplayTest : public HistoryTest {
protected:
    static std::vector<std::string> plain_tables() {
        std::vector<std::string> tables = directory_tables();
        tables.insert(tables.end(), {"trip", "trip_tags", "trip_stops", "note"});
        return tables;
    }

    Dump dump() { return registers::dump(house, plain_tables()); }
    void lose_everything() { registers::lose_everything(house, plain_tables()); }

    Restored restore() {
        return restore_from_journal(*house.registers, *house.adoption, House::kOrg);
    }
};

TEST_F(ReplayTest, TheTablesComeBackAsTheyWere) {
    const Dump before = dump();
    EXPECT_EQ(before.size(), plain_tables().size() - 1 + side::all().size());  // no division
    lose_everything();
    const Restored restored = restore();
    EXPECT_EQ(restored.entries, 8);
    EXPECT_EQ(restored.records, house.records());
    const Dump after = dump();
    EXPECT_EQ(after.size(), before.size());
    for (const auto& [table, rows] : before) {
        ASSERT_TRUE(after.contains(table)) << table;
        EXPECT_EQ(after.at(table), rows) << table;
    }
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(ReplayTest, WhatWasChangedOrAddedBehindTheProgramIsGoneAfterwards) {
    const Dump before = dump();
    house.sql("update trip set days = 99, state = 'agreed'");
    house.sql("update d_post set role = 'reviewer'");
    house.sql("update d_parameter set value = '1'");
    house.sql("insert into d_told (org, pack, digest) values (1, 'invented', 'nothing')");
    EXPECT_FALSE(faults().empty());
    restore();
    EXPECT_EQ(dump(), before);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(ReplayTest, WorkGoesOnWhereItWas) {
    lose_everything();
    restore();
    // The open round still wants two of three; numbers and deadlines go on.
    EXPECT_EQ(house.send(house.reviewer_b, approval(fourth)).signatures_open, 1);
    EXPECT_EQ(house.send(house.reviewer_c, approval(fourth)).state, "agreed");
    const core::Id next = filed(house.clerk, {{"place", "泰州"}, {"leaves_on", "2026-05-03"}});
    EXPECT_EQ(house.entry("trip", next).number, "CC-2026-0006");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(ReplayTest, TablesThatAreGoneAreMadeAgain) {
    const Dump before = dump();
    house.store->write(House::kOrg, [](store::Transaction& tx) {
        tx.execute_ddl("drop table note");
        tx.execute_ddl("drop table trip_stops");
    });
    restore();
    EXPECT_EQ(dump(), before);
}

TEST_F(ReplayTest, WhatWasErasedLawfullyStaysAway) {
    house.store->write(House::kOrg, [&](store::Transaction& tx) {
        EXPECT_EQ(house.journal.erase(tx, House::kOrg, "trip", first, "place"), 1);
        journal::Draft draft;
        draft.org = House::kOrg;
        draft.register_name = "trip";
        draft.entry = first;
        draft.action = "erase";
        draft.kind = "erasure";
        draft.actor = house.system_admin;
        draft.erases = {"place"};
        draft.salt_seed = std::string(32, 'e');
        static_cast<void>(house.journal.append(tx, draft));
        tx.execute(
            {"test.erase", "update trip set place = null where id = $1"}, {store::value(first)}
        );
    });
    EXPECT_THAT(faults(), IsEmpty());
    const Dump before = dump();
    lose_everything();
    restore();
    EXPECT_EQ(dump(), before);
}

TEST_F(ReplayTest, AJournalThatIsNotSoundRestoresNothing) {
    const Dump before = dump();
    house.sql("delete from d_record where position = 40");
    EXPECT_EQ(house.refusal([&] { restore(); }), "restore.journal_faulty");
    EXPECT_EQ(dump(), before);
}

}  // namespace
}  // namespace duban::registers
