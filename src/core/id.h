// Identifiers: UUIDv7 (RFC 9562), 16 bytes in the database, text at the API (E21).

#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/random.h"

namespace duban::core {

/// The body that owns a set of ledgers: the first column of every key (law 6).
struct OrgId {
    std::int64_t value = 0;
    auto operator<=>(const OrgId&) const = default;
};

/// A UUID: of an entry, a unit, a person, a post. All zero means none.
struct Id {
    std::array<std::uint8_t, 16> octets{};

    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool is_nil() const { return *this == Id{}; }

    /// 36 characters, lower case: "018f…-…".
    [[nodiscard]] std::string text() const;
    /// The 16 bytes, as they are bound to a query.
    [[nodiscard]] Bytes bytes() const;

    /// Reads the 36-character form in either case; nullopt for anything else.
    [[nodiscard]] static std::optional<Id> parse(std::string_view text);
    /// Reads 16 bytes; a Bug when there are not 16.
    [[nodiscard]] static Id from_bytes(std::string_view sixteen);
};

/// A new UUIDv7: 48 bits of `now`, 74 bits of `random`.
[[nodiscard]] Id make_id(Instant now, Random& random);

}  // namespace duban::core

template <>
struct std::hash<duban::core::Id> {
    std::size_t operator()(const duban::core::Id& id) const noexcept {
        return std::hash<std::string_view>{
        }({reinterpret_cast<const char*>(id.octets.data()), id.octets.size()});
    }
};
