// What is read off an SQL text, and off the text values bound to it, before a database sees them.

#pragma once

#include <string>
#include <string_view>

namespace duban::store {

/// `$1` → `?1` outside literals, quoted names and comments: SQLite numbers `$n` by first
/// appearance, not by digit.
[[nodiscard]] std::string number_placeholders(std::string_view sql);

/// Text that both databases can keep: well-formed UTF-8 without U+0000.
[[nodiscard]] bool is_storable_text(std::string_view text);

/// Throws Problem{Invalid, "store.bad_text"} for a text that PostgreSQL would refuse.
void require_storable_text(std::string_view text);

}  // namespace duban::store
