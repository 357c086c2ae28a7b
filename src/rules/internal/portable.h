// What both databases parse but answer differently, found on the tokens (stack §5, E04).
//
// The checks are lexical and stay on the safe side: a rule that could mean two things is refused
// with what to write instead.

#pragma once

#include <string_view>
#include <vector>

#include "rules/internal/script.h"

namespace duban::rules {

/// Every use of a word, call, text or operator that is refused or that the databases read apart.
[[nodiscard]] std::vector<ScriptFault> portable_faults(const Script& script);

/// Whether an aggregate stands outside every sub-select: it would fold the rows of the caller.
[[nodiscard]] bool has_bare_aggregate(const Script& script);

/// Whether an aggregate between the two places makes one row of all: not over a window.
[[nodiscard]] bool folds_rows(const Script& script, std::size_t begin, std::size_t end);

/// Whether the parenthesis at `open` holds a SELECT.
[[nodiscard]] bool opens_select(const Script& script, std::size_t open);

}  // namespace duban::rules
