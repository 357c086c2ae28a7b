#include "crypto/digest.h"

#include <gtest/gtest.h>

namespace duban::crypto {
namespace {

TEST(Sha256, AgreesWithTheExamplesOfFips180) {
    EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(
        sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(
        sha256(std::string(1'000'000, 'a')).hex(),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

TEST(Sha256, PiecesGiveTheDigestOfTheWhole) {
    Sha256 stream;
    stream.add("a");
    stream.add("");
    stream.add("bc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
    EXPECT_EQ(stream.finish(), sha256(""));
}

TEST(Sha256, AMovedStreamGoesOn) {
    Sha256 stream;
    stream.add("ab");
    Sha256 moved{std::move(stream)};
    moved.add("c");
    EXPECT_EQ(moved.finish(), sha256("abc"));
}

TEST(HmacSha256, AgreesWithRfc4231Case1And2) {
    EXPECT_EQ(
        hmac_sha256(std::string(20, '\x0b'), "Hi There").hex(),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    EXPECT_EQ(
        hmac_sha256("Jefe", "what do ya want for nothing?").hex(),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

TEST(Hash, ItsTextAndItsBytesComeBack) {
    const Hash hash = sha256("x");
    EXPECT_EQ(Hash::parse_hex(hash.hex()), hash);
    EXPECT_EQ(Hash::from_bytes(hash.bytes().data), hash);
    EXPECT_EQ(Hash::parse_hex("00"), std::nullopt);
    EXPECT_EQ(Hash::parse_hex(std::string(64, 'g')), std::nullopt);
    EXPECT_EQ(Hash::from_bytes("short"), std::nullopt);
}

TEST(Equal, ComparesBytesAndLengths) {
    EXPECT_TRUE(equal("", ""));
    EXPECT_TRUE(equal("ab", "ab"));
    EXPECT_FALSE(equal("ab", "ac"));
    EXPECT_FALSE(equal("ab", "abc"));
}

}  // namespace
}  // namespace duban::crypto
