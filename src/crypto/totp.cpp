#include "crypto/totp.h"

#include <array>
#include <chrono>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/check.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"

namespace duban::crypto {

namespace {

constexpr std::size_t kDigits = 6;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::size_t kSha1Bytes = 20;

/// Everything but unreserved characters (RFC 3986, 2.3) escaped.
std::string percent_encode(std::string_view text) {
    constexpr std::string_view kUnreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out.append("%").append(hex_encode({&c, 1}));
        }
    }
    return out;
}

}  // namespace

std::string make_totp_secret(core::Random& random) {
    return random.bytes(kTotpSecretBytes);
}

std::int64_t totp_step(core::Instant now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return seconds / kTotpStepSeconds;
}

// RFC 4226, 5.3: HOTP of the step; dynamic truncation by the last nibble.
std::string totp_code(std::string_view secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter.at(i) =
            static_cast<unsigned char>((static_cast<std::uint64_t>(step) >> (8 * (7 - i))) & 0xFFU);
    }
    std::array<unsigned char, kSha1Bytes> mac{};
    unsigned length = 0;
    const unsigned char* const done = HMAC(
        EVP_sha1(),
        secret.data(),
        static_cast<int>(secret.size()),
        counter.data(),
        counter.size(),
        mac.data(),
        &length
    );
    core::check(done != nullptr && length == mac.size(), "HMAC-SHA-1 gives 20 bytes");
    const std::size_t offset = mac.back() & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = (number << 8U) | mac.at(offset + i);
    }
    const std::string digits = std::to_string((number & 0x7FFFFFFFU) % kCodes);
    return std::string(kDigits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> match_totp(
    std::string_view secret, std::string_view code, core::Instant now
) {
    std::optional<std::int64_t> matched;
    for (const std::int64_t offset : {0, -1, 1}) {
        const std::int64_t step = totp_step(now) + offset;
        if (equal(totp_code(secret, step), code) && !matched) {
            matched = step;
        }
    }
    return matched;
}

std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
    const std::string by = percent_encode(issuer);
    return "otpauth://totp/" + by + ':' + percent_encode(account) +
           "?secret=" + base32_encode(secret) + "&issuer=" + by +
           "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace duban::crypto
