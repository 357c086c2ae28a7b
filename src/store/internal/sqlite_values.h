// Values to and from SQLite, and its result codes as Problems.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "store/value.h"

namespace duban::store {

/// Binds by number; texts and bytes are not copied and must live until the statement is reset.
void bind_values(sqlite3_stmt* statement, const std::vector<Value>& parameters);
[[nodiscard]] Row row_of(sqlite3_stmt* statement);
[[nodiscard]] Value value_of(sqlite3_value* argument);
void set_result(sqlite3_context* context, const Value& value);

/// Throws what an extended result code means: a Problem, or a Bug that names the query.
[[noreturn]] void throw_sqlite_error(int code, std::string_view name, std::string_view message);

}  // namespace duban::store
