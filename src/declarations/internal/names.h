// Names: their form, the words they may not be, and the nearest one to what was probably meant.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duban::declarations {

inline constexpr std::size_t kNameMax = 41;
/// PostgreSQL cuts names at 63 bytes; room is left for the suffix of an index.
inline constexpr std::size_t kTableNameMax = 58;

/// `[a-z][a-z0-9_]{1,40}`.
[[nodiscard]] bool is_name(std::string_view text);
/// A keyword of PostgreSQL or SQLite.
[[nodiscard]] bool is_keyword(std::string_view text);
/// A column Duban adds to every table itself, or a system column of a database.
[[nodiscard]] bool is_reserved_column(std::string_view text);
/// A prefix that belongs to Duban or to a database.
[[nodiscard]] bool has_reserved_prefix(std::string_view text);
/// `thing.reason`.
[[nodiscard]] bool is_code(std::string_view text);
/// The shape of a BCP 47 language tag.
[[nodiscard]] bool is_language_tag(std::string_view text);

/// The candidate nearest to `text`, when it is near enough to have been meant.
[[nodiscard]] std::optional<std::string> nearest(
    std::string_view text, std::span<const std::string_view> candidates
);

}  // namespace duban::declarations
