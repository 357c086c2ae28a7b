#include "crypto/encoding.h"

#include <random>

#include <gtest/gtest.h>

namespace duban::crypto {
namespace {

TEST(Base64, AgreesWithRfc4648Section10) {
    EXPECT_EQ(base64_encode(""), "");
    EXPECT_EQ(base64_encode("f"), "Zg==");
    EXPECT_EQ(base64_encode("fo"), "Zm8=");
    EXPECT_EQ(base64_encode("foo"), "Zm9v");
    EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
}

TEST(Base64, RefusesEveryTextItWouldNotWrite) {
    EXPECT_EQ(base64_decode("Zg"), std::nullopt);
    EXPECT_EQ(base64_decode("Zg="), std::nullopt);
    EXPECT_EQ(base64_decode("Zh=="), std::nullopt) << "bits left over";
    EXPECT_EQ(base64_decode("Z==="), std::nullopt);
    EXPECT_EQ(base64_decode("===="), std::nullopt);
    EXPECT_EQ(base64_decode("Zm9v\n"), std::nullopt);
    EXPECT_EQ(base64_decode("Zm-v"), std::nullopt);
}

TEST(Base64Url, HasNoPaddingAndItsOwnTwoCharacters) {
    EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
    EXPECT_EQ(base64url_decode("-_8"), "\xfb\xff");
    EXPECT_EQ(base64url_decode("-_8="), std::nullopt);
    EXPECT_EQ(base64url_decode("+/8"), std::nullopt);
    EXPECT_EQ(base64url_decode("A"), std::nullopt);
}

TEST(Base32, AgreesWithRfc4648Section10WithoutPadding) {
    EXPECT_EQ(base32_encode("foobar"), "MZXW6YTBOI");
    EXPECT_EQ(base32_decode("mzxw6ytboi"), "foobar");
    EXPECT_EQ(base32_decode("MZXW6YTBO1"), std::nullopt);
    EXPECT_EQ(base32_decode("M"), std::nullopt);
}

TEST(Hex, ReadsBothCasesAndWritesLower) {
    EXPECT_EQ(hex_encode(std::string_view{"\x00\xab", 2}), "00ab");
    EXPECT_EQ(hex_decode("00AB"), std::string("\x00\xab", 2));
    EXPECT_EQ(hex_decode("0"), std::nullopt);
    EXPECT_EQ(hex_decode("zz"), std::nullopt);
}

TEST(Encoding, RandomBytesComeBack) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    for (int round = 0; round < 500; ++round) {
        std::string bytes(random() % 70, '\0');
        for (char& c : bytes) {
            c = static_cast<char>(random());
        }
        EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
        EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
        EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
        EXPECT_EQ(base32_decode(base32_encode(bytes)), bytes);
    }
}

}  // namespace
}  // namespace duban::crypto
