#include "crypto/totp.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace duban::crypto {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";

core::Instant at_second(std::int64_t second) {
    return core::from_ms(second * 1000);
}

// RFC 6238, appendix B gives eight digits; six are their last six.
TEST(Totp, AgreesWithRfc6238AppendixB) {
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(59))), "287082");
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(1111111109))), "081804");
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(1111111111))), "050471");
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(1234567890))), "005924");
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(2000000000))), "279037");
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(20000000000))), "353130");
}

TEST(Totp, AStepBeforeAndAfterCountsAndSaysWhichItWas) {
    const core::Instant now = at_second(1234567890);
    const std::int64_t step = totp_step(now);
    for (const std::int64_t near : {step - 1, step, step + 1}) {
        EXPECT_EQ(match_totp(kSecret, totp_code(kSecret, near), now), near);
    }
    EXPECT_EQ(match_totp(kSecret, totp_code(kSecret, step - 2), now), std::nullopt);
    EXPECT_EQ(match_totp(kSecret, totp_code(kSecret, step + 2), now), std::nullopt);
}

TEST(Totp, OtherTextIsNoCode) {
    EXPECT_EQ(match_totp(kSecret, "", at_second(59)), std::nullopt);
    EXPECT_EQ(match_totp(kSecret, "94287082", at_second(59)), std::nullopt);
    EXPECT_EQ(match_totp(kSecret, "28708x", at_second(59)), std::nullopt);
}

TEST(Totp, TheUriHoldsTheSecretAndEscapesTheNames) {
    EXPECT_EQ(
        totp_uri("Duban 1", "li@x", "foobar"),
        "otpauth://totp/Duban%201:li%40x?secret=MZXW6YTBOI&issuer=Duban%201"
        "&algorithm=SHA1&digits=6&period=30"
    );
    SeededRandom random{1};
    EXPECT_EQ(make_totp_secret(random).size(), kTotpSecretBytes);
}

}  // namespace
}  // namespace duban::crypto
