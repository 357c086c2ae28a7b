// SHA-256 digests, the one hash of this program, and HMAC over it.
//
//     const crypto::Hash leaf = crypto::sha256(text);
//     crypto::Sha256 stream; stream.add(chunk); const crypto::Hash file = stream.finish();

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"

namespace duban::crypto {

/// 32 bytes of SHA-256. All zero until it is assigned.
struct Hash {
    std::array<std::uint8_t, 32> octets{};

    auto operator<=>(const Hash&) const = default;

    /// The 32 bytes in place; valid as long as the Hash is.
    [[nodiscard]] std::string_view view() const;
    /// The 32 bytes as they are bound to a query.
    [[nodiscard]] core::Bytes bytes() const;
    /// 64 characters, lower case.
    [[nodiscard]] std::string hex() const;

    /// Reads 64 hex digits in either case; nullopt for anything else.
    [[nodiscard]] static std::optional<Hash> parse_hex(std::string_view text);
    /// Reads 32 bytes; nullopt for any other number.
    [[nodiscard]] static std::optional<Hash> from_bytes(std::string_view thirty_two);
};

[[nodiscard]] Hash sha256(std::string_view data);

/// RFC 2104 over SHA-256.
[[nodiscard]] Hash hmac_sha256(std::string_view key, std::string_view data);

/// Compares in a time that depends on the lengths alone.
[[nodiscard]] bool equal(std::string_view a, std::string_view b);

/// SHA-256 of what comes in pieces. For one thread.
class Sha256 {
public:
    Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void add(std::string_view data);
    /// The digest of all that was added; afterwards the stream is empty again.
    [[nodiscard]] Hash finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban::crypto

template <>
struct std::hash<duban::crypto::Hash> {
    std::size_t operator()(const duban::crypto::Hash& value) const noexcept {
        return std::hash<std::string_view>{}(value.view());
    }
};
