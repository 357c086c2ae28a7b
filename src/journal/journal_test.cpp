#include "journal/journal.h"

#include <random>

#include <gmock/gmock.h>

#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/fixture.h"

namespace duban::journal {

namespace {

using testing::ElementsAre;

TEST_F(JournalTest, EmptyJournalHasTheEmptyRoot) {
    EXPECT_EQ(head().size, 0);
    EXPECT_EQ(head().root, crypto::sha256(""));
}

TEST_F(JournalTest, AppendedRecordIsFoundAsItWasHashed) {
    const Appended appended = append(test_draft(1, 1));
    EXPECT_EQ(appended.position, 0);
    const auto record = read([&](store::Reader& reader) { return journal.find(reader, kOrg, 0); });
    ASSERT_TRUE(record.has_value());
    EXPECT_EQ(record->leaf_hash(), appended.leaf);
    EXPECT_EQ(record->draft().register_name, "leave");
    EXPECT_EQ(head().root, appended.leaf);
}

TEST_F(JournalTest, RecordOfAFailedJobIsNotAppended) {
    append(test_draft(1, 1));
    const auto failing = [&](store::Transaction& tx) {
        (void)journal.append(tx, test_draft(1, 2));
        throw core::Problem{core::ProblemKind::Rejected, "test.refused"};
    };
    EXPECT_THROW(store->write(kOrg, failing), core::Problem);
    EXPECT_EQ(head().size, 1);
    EXPECT_EQ(append(test_draft(1, 2)).position, 1);
}

TEST_F(JournalTest, OrgsHaveTreesOfTheirOwn) {
    append(test_draft(1, 1));
    Draft other = test_draft(1, 1);
    other.org = {8};
    EXPECT_EQ(append(other).position, 0);
    EXPECT_EQ(head(core::OrgId{8}).size, 1);
    EXPECT_NE(head(core::OrgId{8}).root, head().root);
}

TEST_F(JournalTest, ClockPutBackDoesNotPutTheJournalBack) {
    Draft draft = test_draft(1, 1);
    draft.recorded_at_ms = 5000;
    append(draft);
    draft = test_draft(1, 2);
    draft.recorded_at_ms = 4000;
    EXPECT_EQ(append(draft).recorded_at_ms, 5000);
    EXPECT_EQ(head().last_recorded_at_ms, 5000);
    const auto record = read([&](store::Reader& reader) { return journal.find(reader, kOrg, 1); });
    EXPECT_EQ(record.value().draft().recorded_at_ms, 5000);
}

TEST_F(JournalTest, LeafPastTheLimitIsRefusedAndNothingIsWritten) {
    Draft draft = test_draft(1, 1);
    for (int i = 0; i < 1000; ++i) {
        draft.changes.push_back({.field = "field_" + std::to_string(i), .value = core::Json(i)});
    }
    try {
        append(draft);
        ADD_FAILURE();
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "entry.too_many_changes");
    }
    EXPECT_EQ(head().size, 0);
}

// A class list of 2,000 rows is one commitment (E16).
TEST_F(JournalTest, LongListFitsOneLeaf) {
    Draft draft = test_draft(1, 1);
    draft.changes[1].rows.assign(2000, core::Json("a pupil of some class"));
    append(draft);
    const auto record = read([&](store::Reader& reader) { return journal.find(reader, kOrg, 0); });
    EXPECT_LT(record.value().leaf.size(), 2000U);
    EXPECT_EQ(record.value().draft().changes.at(1).rows.size(), 2000U);
    EXPECT_EQ(record.value().find_mismatch(), std::nullopt);
}

TEST_F(JournalTest, HistoryIsOfOneEntryByRevision) {
    append_many(7);
    const auto history = read([&](store::Reader& reader) {
        return journal.history(reader, kOrg, "leave", test_id(1));
    });
    std::vector<std::int64_t> positions;
    for (const Record& record : history) {
        positions.push_back(record.position);
    }
    EXPECT_THAT(positions, ElementsAre(0, 3, 6));
}

TEST_F(JournalTest, ForEachStopsWhenToldAndMayAskAgain) {
    append_many(5);
    std::vector<std::int64_t> seen;
    store->read([&](store::Reader& reader) {
        journal.for_each(reader, kOrg, 1, [&](const Record& record) {
            EXPECT_EQ(journal.head(reader, kOrg).size, 5);
            seen.push_back(record.position);
            return record.position < 3;
        });
    });
    EXPECT_THAT(seen, ElementsAre(1, 2, 3));
}

TEST_F(JournalTest, ErasingNullsTheValueEverywhereAndKeepsEveryHash) {
    append_many(6);
    const Head before = head();
    store->write(kOrg, [&](store::Transaction& tx) {
        EXPECT_EQ(journal.erase(tx, kOrg, "leave", test_id(1), "body"), 2);
        EXPECT_EQ(journal.erase(tx, kOrg, "leave", test_id(1), "body"), 0);
    });
    EXPECT_EQ(head().root, before.root);
    const auto history = read([&](store::Reader& reader) {
        return journal.history(reader, kOrg, "leave", test_id(1));
    });
    for (const Record& record : history) {
        EXPECT_EQ(record.blob.find("value "), std::string::npos);
        EXPECT_EQ(record.find_mismatch(), std::nullopt);
        EXPECT_THAT(record.erased(), ElementsAre("body"));
    }
}

// Random sizes; a failure prints its seed.
TEST_F(JournalTest, EveryInclusionAndConsistencyProofVerifies) {
    const unsigned seed = 20261124;
    SCOPED_TRACE(seed);
    std::minstd_rand random{seed};
    std::vector<crypto::Hash> leaves;
    std::vector<crypto::TreeHead> heads;
    for (std::int64_t i = 0; i < 70; ++i) {
        Draft draft = test_draft(1, 1 + i);
        draft.salt_seed = std::string(28, 'r') + std::to_string(1000 + random() % 9000);
        leaves.push_back(append(draft).leaf);
        heads.push_back({.size = static_cast<std::uint64_t>(i) + 1, .root = head().root});
    }
    EXPECT_EQ(crypto::merkle_root(leaves), heads.back().root);
    store->read([&](store::Reader& reader) {
        for (std::size_t n = 0; n < heads.size(); n += 1 + random() % 5) {
            const auto size = static_cast<std::int64_t>(heads[n].size);
            for (std::int64_t i = 0; i < size; i += 1 + static_cast<std::int64_t>(random() % 3U)) {
                const crypto::InclusionClaim claim{
                    .leaf = leaves[static_cast<std::size_t>(i)],
                    .index = static_cast<std::uint64_t>(i),
                    .size = heads[n].size,
                    .root = heads[n].root
                };
                ASSERT_TRUE(
                    crypto::verify_inclusion(claim, journal.inclusion_proof(reader, kOrg, i, size))
                );
                const crypto::TreeHead& old_head = heads[static_cast<std::size_t>(i)];
                ASSERT_TRUE(crypto::verify_consistency(
                    old_head, heads[n], journal.consistency_proof(reader, kOrg, i + 1, size)
                ));
            }
        }
    });
}

TEST_F(JournalTest, ProofBeyondTheTreeIsRefused) {
    append_many(2);
    store->read([&](store::Reader& reader) {
        EXPECT_THROW((void)journal.inclusion_proof(reader, kOrg, 2, 2), core::Problem);
        EXPECT_THROW((void)journal.inclusion_proof(reader, kOrg, 0, 3), core::Problem);
        EXPECT_THROW((void)journal.consistency_proof(reader, kOrg, 2, 1), core::Problem);
    });
}

TEST_F(JournalTest, TilesHoldTheHashesOfTheirLevel) {
    store->write(kOrg, [&](store::Transaction& tx) {
        for (std::int64_t i = 0; i < 300; ++i) {
            (void)journal.append(tx, test_draft(1, 1 + i));
        }
    });
    store->read([&](store::Reader& reader) {
        const auto tile = [&](unsigned level, std::int64_t index) {
            return journal.tile(reader, kOrg, {.level = level, .index = index}, 300);
        };
        EXPECT_EQ(tile(0, 0).size(), 256U);
        EXPECT_EQ(tile(0, 1).size(), 44U);
        EXPECT_THAT(tile(1, 0), ElementsAre(crypto::merkle_root(tile(0, 0))));
        EXPECT_TRUE(tile(0, 2).empty());
        EXPECT_TRUE(tile(9, 0).empty());
    });
}

}  // namespace

}  // namespace duban::journal
