// The columns of a register's tables: said once, for the tables that `registers` creates and for
// the twin that rules are compiled against, so that both cannot differ (law 3, E21).
//
//     for (const Column& column : columns_of(declared)) { … column.name, column.type … }

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "declarations/model.h"

namespace duban::rules {

struct Column {
    std::string name;
    std::string type;  ///< bigint, text, boolean, date, uuid, bytea
    bool sealed = false;
};

/// The columns of a register's table, in order: the fixed ones, then one or two per field.
[[nodiscard]] std::vector<Column> columns_of(const declarations::Register& declared);
/// The columns of one field: none for a field with a table of its own, two for money.
[[nodiscard]] std::vector<Column> columns_of(const declarations::Field& field);
/// The columns of the child table of a Rows, Links or many-Choice field: org, entry, position and
/// `target`, `code` or the columns of its rows.
[[nodiscard]] std::vector<Column> child_columns_of(const declarations::Field& field);

/// Whether the field is a list kept in a table of its own.
[[nodiscard]] bool has_child_table(const declarations::Field& field);
/// `<register>_<field>`.
[[nodiscard]] std::string child_table(std::string_view register_name, std::string_view field_name);

}  // namespace duban::rules
