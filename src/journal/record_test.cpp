#include "journal/record.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "crypto/encoding.h"
#include "journal/internal/commitments.h"
#include "journal/internal/leaf.h"

namespace duban::journal {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Draft full_draft() {
    Draft draft{.org = {3}, .register_name = "leave"};
    draft.entry.octets[0] = 1;
    draft.actor.octets[0] = 2;
    draft.post.octets[0] = 3;
    draft.unit.octets[0] = 4;
    draft.revision = 4;
    draft.action = "approve";
    draft.number = "JZ-2026-0001";
    draft.state_before = "review";
    draft.state_after = "active";
    draft.declaration = crypto::sha256("d").hex();
    draft.parameters = crypto::sha256("p").hex();
    draft.claimed_at_ms = 5;
    draft.decision = "decision 7";
    draft.on = "2026-11-24";
    draft.recorded_at_ms = 9;
    draft.salt_seed = std::string(32, 'x');
    draft.caused_by = Cause{.register_name = "handover", .entry = draft.actor, .revision = 2};
    Signature signature{.person = draft.actor, .post = draft.post, .role = "office.reviewer"};
    signature.kind = "paper";
    signature.recorded_by = draft.unit;
    signature.signed_on = "2026-11-20";
    signature.words = "agreed";
    signature.at_ms = 8;
    draft.signatures = {signature};
    draft.changes = {
        {.field = "body", .value = core::Json("a text")},
        {.field = "empty", .value = nullptr},
        {.field = "none", .is_list = true},
        {.field = "parts", .is_list = true, .rows = {core::Json("one"), core::Json(2)}}
    };
    draft.inputs = {{.field = "reason", .value = core::Json("because")}};
    return draft;
}

Record record_of(const Draft& draft) {
    Texts texts = write_texts(draft, draft.recorded_at_ms);
    return {.position = 0, .recorded_at_ms = 9, .leaf = texts.leaf, .blob = texts.blob};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// The text that a draft and what was read back of it agree in, whatever is compared.
std::string shown(const Draft& draft) {
    Draft copy = draft;
    copy.salt_seed = std::string(32, '-');
    const Texts texts = write_texts(copy, copy.recorded_at_ms);
    return texts.leaf + texts.blob;
}

TEST(Record, IsReadBackAsItWasDrafted) {
    const Draft draft = full_draft();
    EXPECT_EQ(shown(record_of(draft).draft()), shown(draft));
    EXPECT_EQ(record_of(draft).draft().signatures, draft.signatures);
    EXPECT_EQ(record_of(draft).draft().caused_by, draft.caused_by);
}

TEST(Record, LeafHoldsNoValueAndNoSalt) {
    const Record record = record_of(full_draft());
    EXPECT_THAT(record.leaf, Not(HasSubstr("a text")));
    EXPECT_THAT(record.leaf, Not(HasSubstr("agreed")));
    EXPECT_THAT(record.leaf, Not(HasSubstr("because")));
    EXPECT_THAT(record.blob, HasSubstr("a text"));
}

TEST(Record, SameSeedGivesTheSameBytes) {
    EXPECT_EQ(record_of(full_draft()).leaf, record_of(full_draft()).leaf);
    Draft other = full_draft();
    other.salt_seed = std::string(32, 'y');
    EXPECT_NE(record_of(other).leaf, record_of(full_draft()).leaf);
}

// docs/formats/record.md, "Commitments", computed here by hand.
TEST(Record, CommitmentIsWhatTheFormatSays) {
    const Record record = record_of(full_draft());
    const std::string seed(32, 'x');
    const std::string message{"change\0body", 11};
    const std::string salt{crypto::hmac_sha256(seed, message).view().substr(0, 16)};
    const std::string hash = crypto::sha256("\x02" + salt + "\"a text\"").hex();
    EXPECT_THAT(record.leaf, HasSubstr("\"body\":\"" + hash + "\""));
    EXPECT_THAT(record.blob, HasSubstr("\"body\":{\"s\":\"" + crypto::base64url_encode(salt)));

    const auto row = [&](char index, const std::string& value) {
        std::string place{"change\0parts\0\0\0\0\0\0\0\0", 20};
        place += index;
        const crypto::Hash whole = crypto::hmac_sha256(seed, place);
        return crypto::sha256(
            std::string(1, '\0') + std::string{whole.view().substr(0, 16)} + value
        );
    };
    std::string node(1, '\x01');
    node += row('\0', "\"one\"").view();
    node += row('\x01', "2").view();
    EXPECT_THAT(
        record.leaf,
        HasSubstr("\"parts\":{\"count\":2,\"root\":\"" + crypto::sha256(node).hex() + "\"}")
    );
}

TEST(Record, UntouchedHasNoMismatch) {
    EXPECT_EQ(record_of(full_draft()).find_mismatch(), std::nullopt);
}

TEST(Record, AlteredValueSaltRowAndWordsAreNamed) {
    const Record record = record_of(full_draft());
    const auto mismatch = [&](std::string_view from, std::string_view to) {
        Record altered = record;
        altered.blob = replaced(record.blob, from, to);
        return altered.find_mismatch();
    };
    EXPECT_EQ(mismatch("a text", "A text"), "body");
    EXPECT_EQ(mismatch("\"one\"", "\"two\""), "parts");
    EXPECT_EQ(mismatch("\"because\"", "\"why not\""), "reason");
    EXPECT_EQ(mismatch("agreed", "denied"), kSignatureWords);
    const std::size_t salt = record.blob.find("\"body\":{\"s\":\"") + 13;
    EXPECT_EQ(mismatch(record.blob.substr(salt, 4), "AAAA"), "body");
    EXPECT_EQ(mismatch("\"v\":null", "\"v\":false"), "empty");
}

TEST(Record, MissingAndSurplusNamesAreFound) {
    const Record record = record_of(full_draft());
    Record altered = record;
    altered.blob = "{}";
    EXPECT_EQ(altered.find_mismatch(), "body");
    altered.blob = replaced(record.blob, "\"none\":[]", "\"none\":[],\"other\":null");
    EXPECT_EQ(altered.find_mismatch(), "other");
    altered.blob = replaced(record.blob, "{", "{ ");
    EXPECT_EQ(altered.find_mismatch(), "blob");
}

TEST(Record, ErasedNamesMatchAndComeBackAsNull) {
    Record record = record_of(full_draft());
    const std::size_t from = record.blob.find("\"body\":{") + 7;
    record.blob.replace(from, record.blob.find('}', from) + 1 - from, "null");
    EXPECT_EQ(record.find_mismatch(), std::nullopt);
    EXPECT_THAT(record.erased(), ElementsAre("body"));
    EXPECT_TRUE(record.draft().changes.at(0).value.is_null());
}

TEST(Record, HiddenOneTellsNeitherRegisterNorActionNorState) {
    Draft draft = full_draft();
    draft.hidden = true;
    const Record record = record_of(draft);
    for (const std::string_view word :
         {"leave", "approve", "review\"", "active", "handover", "JZ-"}) {
        EXPECT_THAT(record.leaf, Not(HasSubstr(std::string{word})));
    }
    EXPECT_EQ(record.find_mismatch(), std::nullopt);
    EXPECT_EQ(shown(record.draft()), shown(draft));
    Record altered = record;
    altered.blob = replaced(record.blob, "\"approve\"", "\"refuse\"");
    EXPECT_EQ(altered.find_mismatch(), "action");
}

TEST(Record, MalformedBytesAreRefusedWithTheirPosition) {
    for (const std::string_view leaf : {"", "{}", "[]", "{\"v\":1}", "{\"v\":1.5}", "\xff"}) {
        const Record record{.position = 12, .leaf = std::string{leaf}, .blob = "{}"};
        try {
            (void)record.draft();
            ADD_FAILURE() << leaf;
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "record.malformed");
            EXPECT_EQ(problem.params.at("position"), "12");
        }
    }
}

TEST(Commitments, OnlySafeIntegersAreRecordable) {
    EXPECT_TRUE(is_recordable(core::parse_json(R"({"a":[1,-2,"1.5",true,null]})")));
    EXPECT_TRUE(is_recordable(core::parse_json("9007199254740992")));
    EXPECT_FALSE(is_recordable(core::parse_json("9007199254740993")));
    EXPECT_FALSE(is_recordable(core::parse_json("[0.5]")));
    EXPECT_FALSE(is_recordable(core::parse_json(R"({"a":1e300})")));
}

}  // namespace

}  // namespace duban::journal
