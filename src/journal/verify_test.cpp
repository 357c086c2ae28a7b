#include <gmock/gmock.h>

#include "core/problem.h"
#include "journal/internal/fixture.h"

namespace duban::journal {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class VerifyTest : public JournalTest {
protected:
    VerifyTest() { append_many(11); }

    /// Replaces text in a column of the record at `position`.
    void alter(
        const std::string& column, std::int64_t position, std::string_view from, std::string_view to
    ) {
        const auto record =
            read([&](store::Reader& reader) { return journal.find(reader, kOrg, position); });
        std::string text = column == "leaf" ? record.value().leaf : record.value().blob;
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, from.size(), to);
        sql("update d_record set " + column + " = $1 where org = 7 and position = $2",
            {core::Bytes{text}, position});
    }

    Checkpoints checkpoints() {
        return {crypto::NoteSigner::make("duban/test", random), "duban/test"};
    }

    crypto::SeededRandom random{1};
};

TEST_F(VerifyTest, UntouchedJournalIsClean) {
    EXPECT_THAT(faults(), IsEmpty());
    (void)checkpoints().sign(*store, kOrg, core::from_ms(0));
    append(test_draft(9, 1));
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(VerifyTest, EmptyJournalIsClean) {
    store = store::open_test_store();
    Journal::migrate(*store);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(VerifyTest, CountsTheRecordsItRead) {
    store->read([&](store::Reader& reader) {
        EXPECT_EQ(journal.verify(reader, kOrg, [](const Fault&) {}), 11);
    });
}

TEST_F(VerifyTest, AlteredLeafIsNamed) {
    for (const std::int64_t position : {0, 5, 10}) {
        alter("leaf", position, "\"state_after\":\"draft\"", "\"state_after\":\"drafd\"");
        EXPECT_THAT(faults(), ElementsAre("journal.leaf_altered " + std::to_string(position)));
        alter("leaf", position, "\"state_after\":\"drafd\"", "\"state_after\":\"draft\"");
    }
    EXPECT_EQ(details.front(), "d_record 7/0 leaf");
}

TEST_F(VerifyTest, AlteredValueIsNamedByItsField) {
    alter("blob", 4, "value 2", "value 3");
    EXPECT_THAT(faults(), ElementsAre("journal.blob_altered 4"));
    EXPECT_THAT(details, ElementsAre("d_record 7/4 body"));
}

TEST_F(VerifyTest, AlteredInputSaltAndRowAreNamed) {
    alter("blob", 3, "\"reason\":{\"s\":\"", "\"reason\":{\"s\":\"-");
    alter("blob", 4, "\"because\"", "\"because of\"");
    alter("blob", 5, "\"second\"", "\"third\"");
    EXPECT_EQ(faults().size(), 3U);
    EXPECT_THAT(
        details, ElementsAre("d_record 7/3 reason", "d_record 7/4 reason", "d_record 7/5 parts")
    );
}

TEST_F(VerifyTest, AlteredColumnIsNamed) {
    sql("update d_record set revision = 9 where org = 7 and position = 3");
    EXPECT_THAT(faults(), ElementsAre("journal.column_altered 3"));
    EXPECT_THAT(details, ElementsAre("d_record 7/3 revision"));
}

TEST_F(VerifyTest, AlteredHashOfALeafIsTheTreesFault) {
    sql("update d_record set hash = $1 where org = 7 and position = 6",
        {crypto::sha256("x").bytes()});
    EXPECT_THAT(faults(), ElementsAre("journal.tree_altered 6"));
    EXPECT_THAT(details, ElementsAre("d_record 7/6 hash"));
}

TEST_F(VerifyTest, AlteredTreeRowIsNamedAndNoOther) {
    sql("update d_tree set hash = $1 where org = 7 and level = 1 and idx = 2",
        {crypto::sha256("x").bytes()});
    EXPECT_THAT(faults(), ElementsAre("journal.tree_altered -1"));
    EXPECT_THAT(details, ElementsAre("d_tree 7/1/2 hash"));
}

TEST_F(VerifyTest, MissingAndSurplusTreeRowsAreNamed) {
    sql("delete from d_tree where org = 7 and level = 2 and idx = 1");
    sql("insert into d_tree (org, level, idx, hash) values (7, 3, 1, $1)",
        {crypto::sha256("x").bytes()});
    EXPECT_THAT(faults(), ElementsAre("journal.tree_missing -1", "journal.tree_surplus -1"));
    EXPECT_THAT(details, ElementsAre("d_tree 7/2/1 hash", "d_tree 7/3/1 hash"));
}

TEST_F(VerifyTest, DroppedRecordIsNamedAndTheRestStillChecked) {
    sql("delete from d_record where org = 7 and position = 4");
    alter("leaf", 9, "amend", "amenb");
    EXPECT_THAT(faults(), ElementsAre("journal.record_missing 4", "journal.leaf_altered 9"));
}

TEST_F(VerifyTest, DroppedTailIsMissing) {
    sql("delete from d_record where org = 7 and position >= 9");
    EXPECT_THAT(faults(), ElementsAre("journal.record_missing 9"));
    EXPECT_THAT(details, ElementsAre("d_record 7/9-10"));
}

TEST_F(VerifyTest, AddedRecordIsSurplus) {
    sql("insert into d_record select org, 11, register, entry, revision, action, kind, recorded_at,"
        " hash, leaf, blob from d_record where position = 10");
    sql("insert into d_record select org, -1, register, entry, revision, action, kind, recorded_at,"
        " hash, leaf, blob from d_record where position = 10");
    EXPECT_THAT(
        faults(), testing::IsSupersetOf({"journal.record_surplus -1", "journal.record_surplus 11"})
    );
}

// A row moved out of the walk's reach is reported; the walk itself stays bounded.
TEST_F(VerifyTest, RecordFarBeyondTheOthersEndsTheWalk) {
    sql("update d_record set position = 4000000000000000000 where position = 10");
    EXPECT_THAT(faults(), testing::Contains("journal.record_missing 10"));
}

TEST_F(VerifyTest, HeadThatDoesNotMatchIsNamed) {
    sql("update d_head set size = 13 where org = 7");
    EXPECT_THAT(faults(), ElementsAre("journal.head_altered -1"));
    EXPECT_THAT(details, ElementsAre("d_head 7 size"));
}

TEST_F(VerifyTest, PeaksAndTimeOfTheHeadAreCompared) {
    std::string peaks;
    for (const char* text : {"a", "b", "c"}) {
        peaks += crypto::sha256(text).view();
    }
    sql("update d_head set peaks = $1, last_recorded_at = 1 where org = 7", {core::Bytes{peaks}});
    EXPECT_THAT(faults(), ElementsAre("journal.head_altered -1", "journal.head_altered -1"));
    EXPECT_THAT(details, ElementsAre("d_head 7 peaks", "d_head 7 last_recorded_at"));
}

// Whoever rewrites everything in the database still contradicts what was signed.
TEST_F(VerifyTest, RewrittenJournalContradictsItsCheckpoint) {
    (void)checkpoints().sign(*store, kOrg, core::from_ms(0));
    for (const char* table : {"d_record", "d_tree", "d_head"}) {
        sql(std::string{"delete from "} + table);
    }
    append_many(5);
    EXPECT_THAT(faults(), ElementsAre("journal.checkpoint_ahead -1"));
    EXPECT_THROW((void)checkpoints().sign(*store, kOrg, core::from_ms(0)), core::Problem);
    Draft other = test_draft(4, 1);
    other.action = "something_else";
    for (int i = 0; i < 6; ++i) {
        append(other);
    }
    EXPECT_THAT(faults(), ElementsAre("journal.checkpoint_mismatch -1"));
    EXPECT_THROW((void)checkpoints().sign(*store, kOrg, core::from_ms(0)), core::Problem);
}

TEST_F(VerifyTest, ErasureIsCleanOnlyWithItsRecord) {
    store->write(kOrg, [&](store::Transaction& tx) {
        (void)journal.erase(tx, kOrg, "leave", test_id(1), "body");
    });
    EXPECT_THAT(
        faults(),
        ElementsAre(
            "journal.erased_without_record 0",
            "journal.erased_without_record 3",
            "journal.erased_without_record 6",
            "journal.erased_without_record 9"
        )
    );
    Draft erasure = test_draft(1, 5);
    erasure.kind = "erasure";
    erasure.changes.clear();
    erasure.erases = {"body"};
    append(erasure);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(VerifyTest, LongJournalIsWalkedInBatches) {
    store->write(kOrg, [&](store::Transaction& tx) {
        for (std::int64_t i = 0; i < 600; ++i) {
            (void)journal.append(tx, test_draft(5, 1 + i));
        }
    });
    EXPECT_THAT(faults(), IsEmpty());
    sql("update d_tree set hash = $1 where org = 7 and level = 9 and idx = 0",
        {crypto::sha256("x").bytes()});
    alter("leaf", 300, "amend", "amenb");
    EXPECT_THAT(faults(), ElementsAre("journal.leaf_altered 300", "journal.tree_altered -1"));
}

TEST_F(VerifyTest, LeafThatIsNoneAndTimeThatFallsAreNamed) {
    // Whoever rewrites the tree as well is found by what the leaf says.
    const auto record = read([&](store::Reader& reader) { return journal.find(reader, kOrg, 10); });
    const auto rewrite = [&](std::int64_t position, const std::string& leaf) {
        Record altered = record.value();
        altered.leaf = leaf;
        sql("update d_record set leaf = $1, hash = $2 where org = 7 and position = $3",
            {core::Bytes{leaf}, altered.leaf_hash().bytes(), position});
    };
    rewrite(10, "{}");
    EXPECT_THAT(faults(), testing::Contains("journal.leaf_malformed 10"));
    std::string earlier = record.value().leaf;
    const std::string key = "\"recorded_at\":1764";
    ASSERT_NE(earlier.find(key), std::string::npos);
    earlier.replace(earlier.find(key), key.size(), "\"recorded_at\":1763");
    rewrite(10, earlier);
    EXPECT_THAT(faults(), testing::Contains("journal.time_falls 10"));
}

TEST_F(VerifyTest, CheckpointThatIsNoneIsNamedAndNothingIsSignedAfterIt) {
    (void)checkpoints().sign(*store, kOrg, core::from_ms(0));
    append(test_draft(9, 1));
    sql("update d_checkpoint set note = 'nonsense' where org = 7");
    EXPECT_THAT(faults(), ElementsAre("journal.checkpoint_malformed -1"));
    try {
        (void)checkpoints().sign(*store, kOrg, core::from_ms(1));
        ADD_FAILURE() << "signed what does not continue";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "journal.forked");
    }
}

TEST_F(VerifyTest, ProofsBeyondTheJournalAreRefused) {
    const auto code = [&](auto work) {
        std::string found;
        store->read([&](store::Reader& reader) {
            try {
                (void)work(reader);
            } catch (const core::Problem& problem) {
                found = problem.code;
            }
        });
        return found;
    };
    EXPECT_EQ(
        code([&](store::Reader& reader) { return journal.inclusion_proof(reader, kOrg, 3, 12); }),
        "journal.size_unknown"
    );
    EXPECT_EQ(
        code([&](store::Reader& reader) { return journal.inclusion_proof(reader, kOrg, 11, 11); }),
        "record.not_found"
    );
    EXPECT_EQ(
        code([&](store::Reader& reader) { return journal.consistency_proof(reader, kOrg, 5, 3); }),
        "journal.sizes_reversed"
    );
    sql("update d_head set peaks = $1 where org = 7", {core::Bytes{"short"}});
    EXPECT_EQ(
        code([&](store::Reader& reader) { return journal.head(reader, kOrg).size; }),
        "journal.head_malformed"
    );
}

}  // namespace

}  // namespace duban::journal
