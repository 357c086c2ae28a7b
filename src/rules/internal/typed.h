// The types of a rule, read from its tokens: a small parser of the rule language. PostgreSQL
// fails, or answers otherwise, where SQLite lets any type pass; what this cannot follow is
// refused (E03, E21).

#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/internal/script.h"
#include "rules/internal/twin.h"

namespace duban::rules {

/// Literal and DayLiteral (it reads as a day) are texts in quotes, which take the type of what they
/// stand beside.
enum class Type { Null, Literal, DayLiteral, Text, Bigint, Boolean, Date, Uuid };

[[nodiscard]] std::string_view text_of(Type type);
[[nodiscard]] Type type_of(std::string_view sql_type);

/// What the names of a rule mean.
struct TypeNames {
    std::vector<const RuleTable*> tables = {};  ///< that it may name
    const RuleTable* own = nullptr;             ///< `this`, of an expression
    std::map<std::string, Type> values = {};    ///< "param x", "input x"
};

/// Faults of an expression whose value goes into a column of SQL type `expected` (empty: any).
[[nodiscard]] std::vector<ScriptFault> expression_faults(
    const Script& script, const TypeNames& names, std::string_view expected
);
/// Faults of a control: a query of an id, a reason and facts.
[[nodiscard]] std::vector<ScriptFault> control_faults(const Script& script, const TypeNames& names);

}  // namespace duban::rules
