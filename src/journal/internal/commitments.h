// Commitments to values and lists, and the salts they are made with (docs/formats/record.md).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "crypto/digest.h"

namespace duban::journal {

inline constexpr std::size_t kSaltBytes = 16;

/// What a salt is for: no two places of one record share a salt.
struct SaltPlace {
    std::string_view kind;  ///< change, input, words, hidden
    std::string_view name;
    std::optional<std::uint64_t> row = std::nullopt;
};

/// The 16 bytes that `seed` gives for `place`.
[[nodiscard]] std::string derive_salt(std::string_view seed, const SaltPlace& place);

/// H(0x02 ‖ salt ‖ canonical value).
[[nodiscard]] crypto::Hash commit_value(std::string_view salt, const core::Json& value);

/// A row of a list and its salt.
struct SaltedRow {
    std::string salt;
    const core::Json* value;
};

/// The RFC 6962 root over H(0x00 ‖ salt ‖ canonical row).
[[nodiscard]] crypto::Hash commit_rows(const std::vector<SaltedRow>& rows);

/// Whether `value` holds no numbers but integers from −2⁵³ to 2⁵³.
[[nodiscard]] bool is_recordable(const core::Json& value);

}  // namespace duban::journal
