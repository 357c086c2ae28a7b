// Every table of a store as lines in one order, alike on both databases: names and types of its
// columns, then its rows, each value as its declared type says.

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/store.h"

namespace duban::history {

/// By table: its shape first, then its rows, sorted.
using Tables = std::map<std::string, std::vector<std::string>>;

/// What of a table is left out of a dump.
struct LeftOut {
    std::string table;
    std::string column;  ///< empty: the whole table
    std::string why;
};

/// Tables whose content each database keeps in a form of its own.
[[nodiscard]] const std::vector<LeftOut>& of_each_database();
/// What replay draws anew or no record tells (registers/replay.h).
[[nodiscard]] const std::vector<LeftOut>& not_in_the_journal();

[[nodiscard]] Tables dump_tables(store::Store& store, const std::vector<LeftOut>& left_out);

/// The first difference between two dumps, with table, row and columns; empty when equal.
[[nodiscard]] std::string first_difference(const Tables& one, const Tables& other);
[[nodiscard]] std::string first_difference(
    const std::vector<std::string>& one, const std::vector<std::string>& other
);
[[nodiscard]] std::size_t rows_of(const Tables& tables);

/// SHA-256 over all lines.
[[nodiscard]] std::string digest_of(const Tables& tables);
[[nodiscard]] std::string digest_of(const std::vector<std::string>& lines);

/// A value as it is compared; `type` is that of its column: a truth is one whatever it is kept as.
[[nodiscard]] std::string shown(const store::Value& value, std::string_view type);

}  // namespace duban::history
