#include "crypto/note.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace duban::crypto {
namespace {

// The key and the note that the documentation of Go's sumdb/note package shows: another
// program's hand.
constexpr std::string_view kForeignSecret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kForeignVerifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kForeignText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kForeignNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, AgreesWithTheKeyAndTheNoteOfAnotherProgram) {
    const NoteSigner signer = NoteSigner::parse(kForeignSecret).value();
    EXPECT_EQ(signer.verifier().text(), kForeignVerifier);
    EXPECT_EQ(signer.secret_text(), kForeignSecret);
    EXPECT_EQ(signer.sign(kForeignText), kForeignNote);
    EXPECT_EQ(open_note(kForeignNote, NoteVerifier::parse(kForeignVerifier).value()), kForeignText);
}

TEST(Note, KeyHasOneTextOnly) {
    std::string upper{kForeignVerifier};
    upper.replace(upper.find("c74f"), 4, "C74F");
    EXPECT_FALSE(NoteVerifier::parse(upper));
    upper = kForeignSecret;
    upper.replace(upper.find("c74f"), 4, "C74F");
    EXPECT_FALSE(NoteSigner::parse(upper));
}

class NoteTest : public testing::Test {
protected:
    SeededRandom random_{1};
    NoteSigner signer_ = NoteSigner::make("duban/one", random_);
    NoteSigner other_ = NoteSigner::make("duban/other", random_);
    std::string note_ = signer_.sign("first\n\nlast\n");
};

TEST_F(NoteTest, TheTextMayHoldEmptyLines) {
    EXPECT_EQ(open_note(note_, signer_.verifier()), "first\n\nlast\n");
}

TEST_F(NoteTest, AnyChangedByteOfTheTextOrTheSignatureIsSeen) {
    for (std::size_t i = 0; i < note_.size(); ++i) {
        std::string changed = note_;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(open_note(changed, signer_.verifier()), std::nullopt) << "byte " << i;
    }
}

TEST_F(NoteTest, AKeyThatDidNotSignOpensNothing) {
    EXPECT_EQ(open_note(note_, other_.verifier()), std::nullopt);
}

TEST_F(NoteTest, ACosignedNoteOpensWithEitherKey) {
    const std::string both = other_.cosign(note_).value();
    EXPECT_EQ(parse_note(both)->signatures.size(), 2U);
    EXPECT_TRUE(open_note(both, signer_.verifier()).has_value());
    EXPECT_TRUE(open_note(both, other_.verifier()).has_value());
    EXPECT_EQ(other_.cosign("no note"), std::nullopt);
}

TEST_F(NoteTest, OneFalseSignatureOfTheKeyAmongTrueOnesIsEnough) {
    const std::string of_other_text = signer_.sign("other\n");
    const std::string line = of_other_text.substr(of_other_text.find("\n\n") + 2);
    EXPECT_EQ(open_note(note_ + line, signer_.verifier()), std::nullopt);
}

TEST_F(NoteTest, OtherFormsAreNoNotes) {
    EXPECT_EQ(parse_note(""), std::nullopt);
    EXPECT_EQ(parse_note("text\n"), std::nullopt);
    EXPECT_EQ(parse_note("text\n\n"), std::nullopt);
    EXPECT_EQ(parse_note(note_.substr(0, note_.size() - 1)), std::nullopt);
    EXPECT_EQ(parse_note(note_ + "- plain dash AAAAAAA=\n"), std::nullopt);
    EXPECT_EQ(parse_note("tab\there\n" + note_), std::nullopt);
    EXPECT_EQ(parse_note(std::string(kNoteBytesMax, 'a') + note_), std::nullopt);
}

TEST_F(NoteTest, KeysAreReadOnlyInTheirOwnForm) {
    const std::string text = signer_.verifier().text();
    EXPECT_EQ(NoteVerifier::parse(text)->text(), text);
    EXPECT_FALSE(NoteVerifier::parse("x" + text)) << "the id does not fit the name";
    EXPECT_FALSE(NoteVerifier::parse(text + "AAAA"));
    EXPECT_FALSE(NoteVerifier::parse("a+b"));
    EXPECT_FALSE(NoteSigner::parse(text));
    EXPECT_EQ(NoteSigner::parse(signer_.secret_text())->verifier().text(), text);
}

TEST(Checkpoint, ItsTextComesBack) {
    const Checkpoint plain{.origin = "duban/x/1", .head = {42, sha256("root")}, .extensions = {}};
    EXPECT_EQ(parse_checkpoint(plain.text()), plain);
    const Checkpoint extended{"duban/x/1", {0, sha256("")}, {"one", "two"}};
    EXPECT_EQ(parse_checkpoint(extended.text()), extended);
}

TEST(Checkpoint, OtherTextIsNone) {
    const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    EXPECT_TRUE(parse_checkpoint("o\n1\n" + root + "\n"));
    EXPECT_FALSE(parse_checkpoint("o\n1\n" + root));
    EXPECT_FALSE(parse_checkpoint("o\n01\n" + root + "\n"));
    EXPECT_FALSE(parse_checkpoint("o\n-1\n" + root + "\n"));
    EXPECT_FALSE(parse_checkpoint("o\n18446744073709551616\n" + root + "\n"));
    EXPECT_FALSE(parse_checkpoint("\n1\n" + root + "\n"));
    EXPECT_FALSE(parse_checkpoint("o\n1\nAAAA\n"));
    EXPECT_FALSE(parse_checkpoint("o\n1\n" + root + "\n\nx\n"));
    EXPECT_FALSE(parse_checkpoint("o\n1\n"));
}

}  // namespace
}  // namespace duban::crypto
