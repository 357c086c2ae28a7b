// The three forms of a field's value: JSON as it is asked and shown, its normal form that is
// hashed, and the columns it lies in. One place for all of them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.h"
#include "core/json.h"
#include "core/problem.h"
#include "declarations/model.h"
#include "registers/adopted.h"
#include "store/value.h"

namespace duban::registers::codec {

/// The normal form of `value` for `field`, or null after adding to `errors` (pointer, code).
/// Null stays null. Text is trimmed of nothing; it must be valid UTF-8 without controls.
[[nodiscard]] core::Json normalised(
    const declarations::Field& field,
    const core::Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
);

/// Writes a scalar's normal form into the columns that begin at `first`; one or two of them.
void store_scalar(
    const declarations::Field& field,
    const core::Json& value,
    std::vector<store::Value>& row,
    std::size_t first
);
/// Reads it back out of the columns that begin at `first`.
[[nodiscard]] core::Json load_scalar(
    const declarations::Field& field, const store::Row& row, std::size_t first
);
/// A computed field as a scalar of the type it computes: so its value is stored and read.
[[nodiscard]] declarations::Field computed_scalar(const declarations::Field& field);
/// The normal form of what a `set:` expression gave; Problem{Rejected, "rule.wrong_type"}.
[[nodiscard]] core::Json from_rule(const declarations::Field& field, const store::Value& value);

/// A date as the tables keep it (ISO 8601); what is none there is a fault of the program.
[[nodiscard]] calendar::Date stored_date(const std::string& text);

/// How many columns a scalar takes: 2 for money, else 1.
[[nodiscard]] std::size_t width(const declarations::Field& field);
/// The first column of a scalar field in its table.
[[nodiscard]] std::string first_column(const declarations::Field& field);

[[nodiscard]] bool is_empty(const core::Json& value);

}  // namespace duban::registers::codec
