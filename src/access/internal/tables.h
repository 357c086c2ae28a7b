// The five tables of the directory as rows of cells: read, written, journalled and compared alike.

#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "access/directory.h"
#include "core/json.h"
#include "store/store.h"

namespace duban::access::internal {

enum class ColumnType { Id, OptionalId, Text, Date, OptionalDate, Truth };

struct Column {
    std::string_view name;
    ColumnType type;
};

/// A table of the directory and the register its records name (E11).
struct Table {
    std::string_view register_name;
    std::string_view name;
    std::span<const Column> columns;
    store::Query load;  ///< $1 org: id, revision, columns, by id
    store::Query find;  ///< $1 org, $2 id: the same columns
    store::Query save;  ///< $1 org, $2 id, $3 revision, then the columns: inserts or replaces
};

/// In the order in which rows may refer to one another.
enum class TableName { Unit, Person, Post, Delegation, Division };
inline constexpr std::size_t kTables = 5;

[[nodiscard]] const std::array<Table, kTables>& tables();
[[nodiscard]] const Table& table(TableName name);
/// nullptr for a register that is none of the five.
[[nodiscard]] const Table* find_table(std::string_view register_name);

/// The DDL of the five tables.
[[nodiscard]] std::vector<std::string> directory_ddl();

using Cells = std::vector<store::Value>;

struct StoredRow {
    core::Id id;
    std::int64_t revision = 0;
    Cells cells;
};

/// A row of `load` or `find`, each cell in the type of its column.
[[nodiscard]] StoredRow read_row(const Table& table, const store::Row& row);
void save_row(store::Transaction& tx, const Table& table, core::OrgId org, const StoredRow& row);

/// A cell as a record keeps it, and back. An erased text comes back as the empty one.
/// Throws Problem{Corrupt, "directory.malformed"}.
[[nodiscard]] core::Json to_json(const store::Value& cell);
[[nodiscard]] store::Value from_json(const Column& column, const core::Json& value);

[[nodiscard]] Cells cells_of(const Unit& unit);
[[nodiscard]] Cells cells_of(const Person& person);
[[nodiscard]] Cells cells_of(const Post& post);
[[nodiscard]] Cells cells_of(const Delegation& delegation);
[[nodiscard]] Cells cells_of(const Division& division);

[[nodiscard]] Unit to_unit(const StoredRow& row);
[[nodiscard]] Person to_person(const StoredRow& row);
[[nodiscard]] Post to_post(const StoredRow& row);
[[nodiscard]] Delegation to_delegation(const StoredRow& row);
[[nodiscard]] Division to_division(const StoredRow& row);

}  // namespace duban::access::internal
