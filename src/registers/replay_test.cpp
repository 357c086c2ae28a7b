#include "registers/replay.h"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/internal/fold_comparison.h"
#include "registers/internal/folding_testing.h"

namespace duban::registers {
namespace {

using ::testing::IsEmpty;

class ReplayTest : public HistoryTest {
protected:
    using Dump = std::map<std::string, std::vector<std::string>>;

    static const std::vector<std::string>& plain_tables() {
        static const std::vector<std::string> kTables = {
            "trip",
            "trip_tags",
            "trip_stops",
            "note",
            "d_delegation",
            "d_division",
            "d_post",
            "d_person",
            "d_unit"
        };
        return kTables;
    }

    static std::string line_of(const std::vector<store::Value>& cells) {
        std::string line;
        for (const store::Value& cell : cells) {
            line += cell_text(cell) + "|";
        }
        return line;
    }

    /// Every row of every table that replay writes, but for ids that are drawn anew.
    Dump dump() {
        Dump out;
        house.store->read([&](store::Reader& reader) {
            out.clear();
            for (const std::string& table : plain_tables()) {
                const std::string sql = "select * from " + table;
                for (const store::Row& row : reader.query({"test.dump", sql}, {})) {
                    out[table].push_back(line_of(row.columns));
                }
            }
            for (const SideTable* table : side::all()) {
                const char* where = table == &side::kCounter ? " and entries <> 0" : "";
                for (SideRow& row : kept_rows(reader, *table, House::kOrg, where)) {
                    for (std::size_t i = 0; i < row.size(); ++i) {
                        if (std::ranges::find(table->free, table->columns[i]) !=
                            table->free.end()) {
                            row[i] = store::Value{};
                        }
                    }
                    out[std::string{table->name}].push_back(line_of(row));
                }
            }
        });
        for (auto& [table, rows] : out) {
            std::ranges::sort(rows);
        }
        return out;
    }

    void lose_everything() {
        for (const std::string& table : plain_tables()) {
            house.sql("delete from " + table);
        }
        for (const SideTable* table : side::all()) {
            house.sql("delete from " + std::string{table->name});
        }
        house.access->forget(House::kOrg);
        house.registers->forget_profile(House::kOrg);
    }

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
