// The words of the rule language: which keywords and functions a rule may use.

#pragma once

#include <string_view>

namespace duban::rules {

/// A keyword that rules may use: `select`, `between`, `nulls` …
[[nodiscard]] bool is_rule_keyword(std::string_view word);
/// A word that one of the databases reads as more than a name, and that rules may not use.
[[nodiscard]] bool is_refused_word(std::string_view word);
/// A function that rules may call: of SQL, or of Duban's library.
[[nodiscard]] bool is_rule_function(std::string_view word);
[[nodiscard]] bool is_aggregate(std::string_view word);
/// A function over a window only: row_number, lag …
[[nodiscard]] bool is_window_function(std::string_view word);

}  // namespace duban::rules
