#include <gmock/gmock.h>

#include "core/problem.h"
#include "journal/internal/fixture.h"
#include "journal/partial_certificate.h"

namespace duban::journal {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CertificateTest : public JournalTest {
protected:
    /// The certificate of entry 1, as of now.
    core::Json certificate() {
        const std::string note = checkpoints.sign(*store, kOrg, core::from_ms(0));
        core::JsonObject extra;
        extra["verifier_key"] = core::Json(checkpoints.verifier_key());
        core::JsonObject declarations;
        declarations[crypto::sha256("declaration").hex()] = "declaration";
        extra["declarations"] = std::move(declarations);
        return read([&](store::Reader& reader) {
            return make_certificate(
                reader, journal, kOrg, "leave", test_id(1), note, core::Json(std::move(extra))
            );
        });
    }

    CertificateReport check(const core::Json& certificate) {
        return check_certificate(certificate, checkpoints.verifier_key());
    }

    /// What is found once `from` in the certificate's text is `to`.
    std::vector<std::string> faults_of(
        const core::Json& certificate, std::string_view from, std::string_view to
    ) {
        std::string text = core::json_text(certificate);
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
        return check(core::parse_json(text)).faults;
    }

    crypto::SeededRandom random{1};
    Checkpoints checkpoints{crypto::NoteSigner::make("duban/test", random), "duban/test"};
};

TEST_F(CertificateTest, IsValidWithTheKeyAlone) {
    append_many(8);
    const CertificateReport report = check(certificate());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_TRUE(report.valid);
    EXPECT_TRUE(report.key_given);
    EXPECT_EQ(report.records, 3);
    EXPECT_EQ(report.tree_size, 8);
    EXPECT_EQ(report.root, head().root.hex());
    EXPECT_EQ(report.origin, "duban/test/7");
}

TEST_F(CertificateTest, SurvivesBeingWrittenAndRead) {
    append_many(8);
    const std::string text = core::json_text(certificate());
    EXPECT_TRUE(check(core::parse_json(text)).valid);
}

TEST_F(CertificateTest, OwnKeyIsUsedAndNamedAsUnproven) {
    append_many(3);
    const CertificateReport report = check_certificate(certificate(), "");
    EXPECT_TRUE(report.valid);
    EXPECT_FALSE(report.key_given);
}

TEST_F(CertificateTest, AnotherKeyDidNotSignIt) {
    append_many(3);
    const auto stranger = crypto::NoteSigner::make("duban/test", random);
    const CertificateReport report = check_certificate(certificate(), stranger.verifier().text());
    EXPECT_FALSE(report.valid);
    EXPECT_EQ(report.faults.front(), "certificate.checkpoint_unsigned");
}

TEST_F(CertificateTest, EveryAlterationIsNamed) {
    append_many(8);
    const core::Json good = certificate();
    EXPECT_THAT(faults_of(good, "value 2", "value 3"), ElementsAre("certificate.value_altered"));
    EXPECT_THAT(
        faults_of(good, R"(\"kind\":\"action\")", R"(\"kind\":\"adtion\")"),
        ElementsAre("certificate.proof_wrong")
    );
    EXPECT_THAT(
        faults_of(good, "\"register\":\"leave\"", "\"register\":\"leavf\""),
        ElementsAre("certificate.wrong_entry")
    );
    EXPECT_THAT(
        faults_of(good, "\"declaration\"}", "\"declaratjon\"}"),
        ElementsAre("certificate.declaration_altered")
    );
    EXPECT_THAT(
        faults_of(good, "\"position\":3", "\"position\":4"), ElementsAre("certificate.proof_wrong")
    );
    EXPECT_THAT(
        faults_of(good, "duban-certificate-1", "duban-certificate-2"),
        ElementsAre("certificate.malformed")
    );
}

TEST_F(CertificateTest, RecordLeftOutIsAGap) {
    append_many(8);
    core::Json without = certificate();
    core::JsonArray& records = without.get_object()["records"].get_array();
    records.erase(records.begin() + 1);
    EXPECT_THAT(check(without).faults, ElementsAre("certificate.revision_gap"));
    records.erase(records.begin());
    EXPECT_THAT(
        check(without).faults, ElementsAre("certificate.revision_gap", "certificate.state_gap")
    );
}

TEST_F(CertificateTest, RecordsOutOfOrderOrOfAnEarlierTimeAreFound) {
    append_many(8);
    core::Json swapped = certificate();
    core::JsonArray& records = swapped.at("records").as_array();
    std::swap(records.at(0), records.at(1));
    EXPECT_THAT(check(swapped).faults, testing::Contains("certificate.order_wrong"));
    EXPECT_THAT(check(swapped).faults, testing::Contains("certificate.time_falls"));
    core::Json damaged = certificate();
    damaged.at("records").as_array().at(0).as_object()["leaf"] = "{}";
    EXPECT_THAT(check(damaged).faults, testing::Contains("certificate.leaf_malformed"));
    core::Json bare = certificate();
    bare.at("declarations").as_object().clear();
    EXPECT_THAT(check(bare).faults, ElementsAre("certificate.declaration_missing"));
}

TEST_F(CertificateTest, LeavesOfAnotherOrgAreFound) {
    append_many(4);
    core::Json certificate_of_seven = certificate();
    store->write({8}, [&](store::Transaction& tx) {
        Draft draft = test_draft(1, 1);
        draft.org = {8};
        (void)journal.append(tx, draft);
    });
    certificate_of_seven.as_object()["checkpoint"] =
        checkpoints.sign(*store, {8}, core::from_ms(0));
    EXPECT_THAT(check(certificate_of_seven).faults, testing::Contains("certificate.wrong_org"));
}

TEST_F(CertificateTest, SkippedStateIsFound) {
    append(test_draft(1, 1));
    Draft skipped = test_draft(1, 2);
    skipped.state_before = "review";
    append(skipped);
    EXPECT_THAT(check(certificate()).faults, ElementsAre("certificate.state_gap"));
}

TEST_F(CertificateTest, CountsSignaturesByKindOnceAndBackfillsApart) {
    append(test_draft(1, 1));
    Draft part = test_draft(1, 1);
    part.kind = "signature";
    part.state_before = "draft";
    part.signatures = {test_signature(1, "own")};
    append(part);
    Draft whole = test_draft(1, 2);
    whole.kind = "backfill";
    Signature paper = test_signature(3, "paper");
    paper.recorded_by = test_id(4);
    paper.compared_by = test_id(5);
    whole.signatures = {test_signature(1, "own"), test_signature(2, "delegated"), paper};
    append(whole);
    const CertificateReport report = check(certificate());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.own, 1);
    EXPECT_EQ(report.delegated, 1);
    EXPECT_EQ(report.paper, 1);
    EXPECT_EQ(report.backfilled, 1);
}

TEST_F(CertificateTest, PaperCountsFromTheRecordOfItsComparison) {
    append(test_draft(1, 1));
    Draft part = test_draft(1, 2);
    part.kind = "signature";
    part.state_before = part.state_after;
    Signature paper = test_signature(3, "paper");
    paper.recorded_by = test_id(4);
    part.signatures = {paper};
    append(part);
    CertificateReport report = check(certificate());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.paper, 0);
    part.revision = 3;
    part.signatures.front().compared_by = test_id(5);
    append(part);
    report = check(certificate());
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.paper, 1);
    // A record that says it is done needs the comparison.
    part.revision = 4;
    part.kind = "action";
    part.signatures = {test_signature(6, "paper")};
    part.signatures.front().recorded_by = test_id(4);
    append(part);
    EXPECT_THAT(check(certificate()).faults, ElementsAre("certificate.signature_same_person"));
}

TEST_F(CertificateTest, PaperComparedByItsSignerIsFound) {
    Draft draft = test_draft(1, 1);
    Signature paper = test_signature(3, "paper");
    paper.recorded_by = test_id(4);
    paper.compared_by = test_id(3);
    draft.signatures = {paper};
    append(draft);
    EXPECT_THAT(check(certificate()).faults, ElementsAre("certificate.signature_same_person"));
}

TEST_F(CertificateTest, ErasedValueStillProvesTheRest) {
    append(test_draft(1, 1));
    store->write(kOrg, [&](store::Transaction& tx) {
        (void)journal.erase(tx, kOrg, "leave", test_id(1), "body");
    });
    EXPECT_THAT(check(certificate()).faults, ElementsAre("certificate.erased_without_record"));
    Draft erasure = test_draft(1, 2);
    erasure.kind = "erasure";
    erasure.erases = {"body"};
    append(erasure);
    EXPECT_TRUE(check(certificate()).valid);
}

TEST_F(CertificateTest, HiddenRecordsAreShownToWhoHoldsTheCertificate) {
    for (std::int64_t revision = 1; revision < 4; ++revision) {
        Draft draft = test_draft(1, revision);
        draft.hidden = true;
        append(draft);
    }
    EXPECT_TRUE(check(certificate()).valid);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(CertificateTest, OlderCheckpointDoesNotCoverTheEntry) {
    append_many(2);
    const std::string note = checkpoints.sign(*store, kOrg, core::from_ms(0));
    append_many(3);
    const auto make = [&](std::uint8_t entry) {
        store->read([&](store::Reader& reader) {
            (void)make_certificate(reader, journal, kOrg, "leave", test_id(entry), note, nullptr);
        });
    };
    try {
        make(1);
        ADD_FAILURE();
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "certificate.not_covered");
    }
    EXPECT_THROW(make(77), core::Problem);
}

TEST_F(CertificateTest, RandomJsonIsMalformedAndNothingWorse) {
    for (const char* text : {
             "null",
             "[]",
             "{}",
             R"({"format":"duban-certificate-1","records":[]})",
             R"({"format":"duban-certificate-1","records":[1,{}]})",
             R"({"format":"duban-certificate-1","records":[{"position":1e300,"leaf":"","blob":1e99}]})",
         }) {
        EXPECT_FALSE(check_certificate(core::parse_json(text), "").valid) << text;
    }
}

TEST_F(CertificateTest, CheckpointIsSignedOncePerHead) {
    append_many(2);
    const std::string first = checkpoints.sign(*store, kOrg, core::from_ms(0));
    EXPECT_EQ(checkpoints.sign(*store, kOrg, core::from_ms(5)), first);
    append(test_draft(3, 1));
    const std::string second = checkpoints.sign(*store, kOrg, core::from_ms(9));
    EXPECT_NE(second, first);
    EXPECT_EQ(
        read([&](store::Reader& reader) { return checkpoints.find_newest(reader, kOrg); }), second
    );
    const auto verifier = crypto::NoteVerifier::parse(checkpoints.verifier_key());
    const auto text = crypto::open_note(second, verifier.value());
    const auto checkpoint = crypto::parse_checkpoint(text.value());
    EXPECT_EQ(checkpoint.value().origin, "duban/test/7");
    EXPECT_EQ(checkpoint.value().head.size, 3U);
}

TEST_F(CertificateTest, PartShowsWhatItMayAndIsAsValid) {
    append_many(8);
    const core::Json whole = certificate();
    const core::Json part =
        part_of(whole, [](std::string_view, const core::Json&) { return false; });
    EXPECT_EQ(core::json_text(part).find("value "), std::string::npos) << "nothing is shown";
    const CertificateReport report = check(part);
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.records, 3);
    EXPECT_GT(held_back(part), 0);
    EXPECT_EQ(held_back(whole), 0);
}

TEST_F(CertificateTest, PartShowsNoValueThatWasReplaced) {
    append_many(8);
    const core::Json part =
        part_of(certificate(), [](std::string_view, const core::Json&) { return true; });
    const auto& records = part.at("records").as_array();
    ASSERT_EQ(records.size(), 3U);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const bool shows =
            core::json_text(records[i].at("blob")).find("value ") != std::string::npos;
        EXPECT_EQ(shows, i + 1 == records.size()) << i;
    }
    EXPECT_TRUE(check(part).valid);
}

TEST_F(CertificateTest, PartThatDoesNotSaySoLacksValues) {
    append_many(8);
    core::Json part =
        part_of(certificate(), [](std::string_view, const core::Json&) { return false; });
    part.as_object().erase("partial");
    EXPECT_THAT(check(part).faults, ElementsAre("certificate.erased_without_record"));
}

TEST_F(CertificateTest, ValueShownInPartCannotBeAltered) {
    append_many(8);
    const core::Json part =
        part_of(certificate(), [](std::string_view, const core::Json&) { return true; });
    EXPECT_THAT(faults_of(part, "value ", "walue "), ElementsAre("certificate.value_altered"));
}

TEST_F(CertificateTest, StopsAtAPositionUnderTheFirstCheckpointThatCoversIt) {
    append_many(8);
    const std::string first = checkpoints.sign(*store, kOrg, core::from_ms(0));
    const auto until = [&](std::int64_t last) {
        return read([&](store::Reader& reader) {
            const auto note = find_first_covering(reader, kOrg, last);
            EXPECT_EQ(note, first);
            return core::json_text(make_certificate_until(
                reader,
                journal,
                kOrg,
                "leave",
                test_id(1),
                *note,
                core::JsonObject{{"verifier_key", checkpoints.verifier_key()}},
                last
            ));
        });
    };
    const std::string before = until(3);
    const CertificateReport report = check(core::parse_json(before));
    EXPECT_TRUE(report.valid);
    EXPECT_LT(report.records, 3);
    for (std::int64_t revision = 1; revision <= 5; ++revision) {
        append(test_draft(9, revision));
    }
    static_cast<void>(checkpoints.sign(*store, kOrg, core::from_ms(0)));
    EXPECT_EQ(until(3), before) << "the same bytes, however long the journal grows";
}

}  // namespace

}  // namespace duban::journal
