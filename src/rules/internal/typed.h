// What the types of columns forbid, found on the tokens: SQLite would answer quietly where
// PostgreSQL fails or answers something else (E03, E21).

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "rules/internal/script.h"

namespace duban::rules {

/// The SQL types of names: columns of the tables a rule reads, and `param(…)`, `input(…)` by
/// "param x" and "input x".
using NamedTypes = std::map<std::string, std::set<std::string>>;

/// Arithmetic on dates, order among ids, comparisons of different types.
[[nodiscard]] std::vector<ScriptFault> type_faults(const Script& script, const NamedTypes& types);

}  // namespace duban::rules
