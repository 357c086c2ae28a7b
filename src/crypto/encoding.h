// Bytes as text: hex, base64, base64url, base32 (RFC 4648).
//
// The decoders are strict: they accept exactly the text that the encoder writes (hex and base32
// also in the other case), so that a signature or a hash has one form and no other.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duban::crypto {

/// Lower case.
[[nodiscard]] std::string hex_encode(std::string_view data);
[[nodiscard]] std::optional<std::string> hex_decode(std::string_view text);

/// RFC 4648, 4: with padding.
[[nodiscard]] std::string base64_encode(std::string_view data);
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

/// RFC 4648, 5: without padding.
[[nodiscard]] std::string base64url_encode(std::string_view data);
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

/// RFC 4648, 6: upper case, without padding, as authenticator programs write secrets.
[[nodiscard]] std::string base32_encode(std::string_view data);
[[nodiscard]] std::optional<std::string> base32_decode(std::string_view text);

}  // namespace duban::crypto
