// What is in force: the adopted packs, their compiled rules, and the SQL of every register's
// table. Immutable; a new adoption makes a new one while the server runs (E10).

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "declarations/model.h"
#include "rules/columns.h"
#include "rules/rules.h"
#include "store/store.h"

namespace duban::registers {

struct Table;

/// The SQL of one child table.
struct ChildTable {
    const declarations::Field* field = nullptr;
    std::vector<rules::Column> columns;  ///< org, entry, position, then the row's own
    std::string name;
    std::string insert;
    std::string remove;
    std::string select;

    /// "select … from" the entries of the register whose list holds what is bound at `place`, such
    /// as "$2", and the org at $1; without where. Both databases begin at the list.
    [[nodiscard]] std::string select_naming(const Table& table, const std::string& place) const;
};

/// Where a field's first column stands in its register's table.
struct FieldPlace {
    const declarations::Field* field = nullptr;
    std::size_t place = 0;
};

/// The SQL of one register, made once.
struct Table {
    const declarations::Register* declared = nullptr;
    std::vector<rules::Column> columns;
    std::string insert;       ///< all columns, in order
    std::string update;       ///< all columns; $1 org, $2 id
    std::string select_one;   ///< $1 org, $2 id
    std::string select_list;  ///< "select … from <table>", without where
    std::vector<ChildTable> children;
    std::vector<FieldPlace> field_places;  ///< of each field that has columns here, in order

    /// The place of a column; a Bug when there is none.
    [[nodiscard]] std::size_t place(std::string_view column) const;
    /// The place of a field's first column; a Bug when it has none.
    [[nodiscard]] std::size_t place(const declarations::Field& field) const;
    [[nodiscard]] const ChildTable* find_child(std::string_view field) const;
};

class Adopted {
public:
    /// `digests`: of the bundle of each pack, hex; `version` grows with each adoption.
    Adopted(
        declarations::Model model, std::map<std::string, std::string> digests, std::int64_t version
    );

    [[nodiscard]] const declarations::Model& model() const { return model_; }
    [[nodiscard]] const rules::Rules& rules() const { return *rules_; }
    [[nodiscard]] const Table* find_table(std::string_view register_name) const;
    /// Problem{NotFound, "register.not_found"}.
    [[nodiscard]] const Table& table(std::string_view register_name) const;
    [[nodiscard]] const std::string& digest(std::string_view pack) const;
    [[nodiscard]] std::int64_t version() const { return version_; }

private:
    declarations::Model model_;
    std::map<std::string, std::string> digests_;
    std::int64_t version_;
    std::unique_ptr<rules::Rules> rules_;
    std::map<std::string, Table, std::less<>> tables_;
};

/// What rules may read beside the registers: the directory, and the clocks of entries.
[[nodiscard]] std::vector<rules::ReadTable> readable_tables();

/// CREATE TABLE and CREATE INDEX of a register and its child tables, in the common subset: the
/// key is (org, id), every index starts with org, one for each declared view and searchable sort.
[[nodiscard]] std::vector<std::string> create_statements(const declarations::Register& declared);

}  // namespace duban::registers
