// One-time codes of RFC 6238: SHA-1, 30 seconds, six digits; the only second factor.
//
//     const auto step = crypto::match_totp(secret, code, clock.now());
//     if (!step || *step <= account.last_step) refuse; else account.last_step = *step;
//
// Whoever calls keeps the last matched step: a code counts once.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/random.h"

namespace duban::crypto {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226, 4, R6: 160 bits

/// 20 new bytes; base32_encode() them for the user.
[[nodiscard]] std::string make_totp_secret(core::Random& random);

/// The number of the 30 seconds that `now` is in.
[[nodiscard]] std::int64_t totp_step(core::Instant now);

/// The six digits of a step.
[[nodiscard]] std::string totp_code(std::string_view secret, std::int64_t step);

/// The step whose code it is: this one, the one before or the one after; nullopt for none.
[[nodiscard]] std::optional<std::int64_t> match_totp(
    std::string_view secret, std::string_view code, core::Instant now
);

/// "otpauth://totp/…": what an authenticator program reads from a QR code.
[[nodiscard]] std::string totp_uri(
    std::string_view issuer, std::string_view account, std::string_view secret
);

}  // namespace duban::crypto
