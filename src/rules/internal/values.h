// Values between JSON, the databases and rules.

#pragma once

#include <string_view>

#include "core/json.h"
#include "rules/internal/scoped.h"
#include "store/value.h"

namespace duban::rules {

/// The value that `binding` is bound to for `json`: ids as bytes, decimals scaled.
/// Throws Problem{Invalid, "rule.wrong_value"} when it is not of the binding's type.
[[nodiscard]] store::Value value_of(const core::Json& json, const Binding& binding);

/// An expression's value as its field wants it: SQLite keeps truths as 0 and 1.
[[nodiscard]] store::Value typed_value(store::Value value, std::string_view type);

/// A fact alike from both databases: a truth for a boolean column, else 0 or 1.
[[nodiscard]] store::Value fact_value(store::Value value, std::string_view column_type);

}  // namespace duban::rules
