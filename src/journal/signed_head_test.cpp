#include "journal/signed_head.h"

#include <gmock/gmock.h>

#include "core/problem.h"
#include "crypto/random.h"
#include "journal/internal/fixture.h"

namespace duban::journal {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SignedHeadTest : public JournalTest {
protected:
    /// The note of the tree as it stands.
    std::string sign() { return checkpoints_.sign(*store, kOrg, core::from_ms(1)); }

    void append_records(int count) {
        for (int i = 0; i < count; ++i) {
            append(test_draft(1, ++revision_));
        }
    }

    SignedHead opened(const std::string& note) const {
        return open_signed_head(note, signer_.verifier(), checkpoints_.origin(kOrg), "kept:1");
    }

    Standing standing(const SignedHead& head) {
        return read([&](store::Reader& reader) { return standing_of(reader, kOrg, head); });
    }

    std::string refusal(const std::string& note) const {
        try {
            static_cast<void>(opened(note));
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return {};
    }

    crypto::SeededRandom random_{4};
    crypto::NoteSigner signer_ = crypto::NoteSigner::make("duban/here", random_);
    Checkpoints checkpoints_{signer_, "duban/here"};
    int revision_ = 0;
};

TEST_F(SignedHeadTest, EveryHeadOfAJournalIsHeldByIt) {
    std::vector<std::string> notes{sign()};
    for (int i = 0; i < 20; ++i) {
        append_records(1);
        notes.push_back(sign());
    }
    std::int64_t size = 0;
    for (const std::string& note : notes) {
        EXPECT_EQ(opened(note).size, size++);
        EXPECT_EQ(standing(opened(note)), Standing::Held) << note;
    }
}

TEST_F(SignedHeadTest, ShorterJournalAndAnotherOneAreToldApart) {
    append_records(7);
    SignedHead head = opened(sign());
    head.size = 8;
    EXPECT_EQ(standing(head), Standing::Short);
    for (const std::int64_t size : {0, 1, 4, 5, 6, 7}) {
        head.size = size;
        EXPECT_EQ(standing(head), size == 7 ? Standing::Held : Standing::Forked) << size;
    }
    EXPECT_THROW(
        read([&](store::Reader& reader) { return root_at(reader, kOrg, 8); }), core::Problem
    );
}

TEST_F(SignedHeadTest, NotesThatWereAppendedToOneFileAreTakenApart) {
    const std::string first = sign();
    append_records(3);
    const std::string second = *signer_.cosign(sign());
    EXPECT_THAT(notes_in(first + second), ElementsAre(first, second));
    EXPECT_THAT(notes_in(first + "\n\n" + second + "\n"), ElementsAre(first, second));
    EXPECT_THAT(notes_in(""), IsEmpty());
    EXPECT_THAT(notes_in("404 page\n" + first), testing::SizeIs(1));
    EXPECT_THAT(notes_in(first + "404 page\n"), ElementsAre(first, "404 page\n"));
}

TEST_F(SignedHeadTest, WhatIsNoCheckpointOfThisLogSaysWhy) {
    append_records(3);
    const std::string note = sign();
    EXPECT_EQ(refusal(note), "");
    EXPECT_EQ(refusal("404 page\n"), "checkpoint.malformed");
    std::string altered = note;
    altered.replace(altered.find("\n3\n"), 3, "\n4\n");
    EXPECT_EQ(refusal(altered), "checkpoint.unsigned");
    const auto stranger = crypto::NoteSigner::make("duban/here", random_);
    EXPECT_EQ(refusal(Checkpoints{stranger, "duban/here"}.sign(*store, kOrg, core::from_ms(1))), "")
        << "the kept note is answered, which our key signed";
    EXPECT_EQ(refusal(stranger.sign(crypto::parse_note(note)->text)), "checkpoint.unsigned");
    const crypto::Checkpoint elsewhere{.origin = "duban/there/7", .head = {}, .extensions = {}};
    EXPECT_EQ(refusal(signer_.sign(elsewhere.text())), "checkpoint.foreign");
}

}  // namespace

}  // namespace duban::journal
