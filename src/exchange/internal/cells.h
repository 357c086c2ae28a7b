// One cell of a sheet: into a value as the field's type writes it, and back.

#pragma once

#include <string>
#include <vector>

#include "exchange/named.h"
#include "exchange/sheet.h"

namespace duban::exchange {

/// Whether one of the texts, in whatever language, is what a cell says.
[[nodiscard]] bool is_called(const core::Texts& texts, const std::string& cell);

/// The unit called so: by id, code or name; nullptr with an error added when none or several are.
[[nodiscard]] const access::Unit* find_unit(
    const std::string& cell,
    const SheetNames& names,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
);
/// "2026-1-2", "2026/1/2", "2026.1.2", "20260102"; nullopt otherwise.
[[nodiscard]] std::optional<calendar::Date> find_date(const std::string& cell);

/// The value of a cell; null for an empty one. What is wrong is added to `errors`:
/// field.wrong_type, field.not_a_choice, field.name_unknown, field.name_ambiguous,
/// field.no_such_entry.
[[nodiscard]] core::Json value_of_cell(
    const declarations::Field& field,
    const std::string& cell,
    const SheetWords& words,
    const SheetNames& names,
    std::vector<core::FieldError>& errors
);

[[nodiscard]] std::string cell_of_value(
    const declarations::Field& field,
    const core::Json& value,
    const SheetWords& words,
    const SheetNames& names
);

}  // namespace duban::exchange
