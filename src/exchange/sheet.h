// A register as a sheet: what the columns of a CSV file mean to it, cells into values as the
// field's type writes them, values into cells.
//
//     const Columns columns{declared, csv.head, words};
//     const SheetRow row = columns.read(csv.rows[0].cells, names);   // row.errors: what is wrong

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "core/json.h"
#include "core/problem.h"
#include "declarations/model.h"
#include "registers/registers.h"

namespace duban::exchange {

/// What a person of one language writes and reads in a sheet.
struct SheetWords {
    std::string language;
    // Words of every language are read; the first is written.
    std::vector<std::string> yes;
    std::vector<std::string> no;
    /// Names of the columns that every register has, by their key: number, unit, state, due_on,
    /// claimed_on, paper.
    std::map<std::string, std::vector<std::string>> columns;
};

/// Whom and what a sheet may name.
struct SheetNames {
    const access::Directory* directory = nullptr;
    std::string currency;  ///< of an amount that names none
    /// The entry of a register with this number, if the reader may read it.
    std::function<std::optional<core::Id>(const std::string& register_name, const std::string&)>
        find_number;
    /// The number of an entry, or its id when it has none; empty when it may not be read.
    std::function<std::string(const std::string& register_name, const core::Id&)> number_of;
};

/// A row as read. `unit`, `state`, `claimed_on` and `paper` are of the columns of that name.
struct SheetRow {
    core::JsonObject fields;
    core::Id unit;
    std::string state;
    std::string claimed_on;
    std::string paper;
    std::vector<core::FieldError> errors;  ///< pointers "/fields/name"; codes field.*
};

class Columns {
public:
    /// A column is named as the field, or by its title in any language. Computed fields, number
    /// and deadline are passed over: Duban gives them. Problem{Invalid}: csv.unknown_column
    /// (column), csv.column_twice (column).
    Columns(
        const declarations::Register& declared,
        const std::vector<std::string>& head,
        const SheetWords& words
    );

    [[nodiscard]] SheetRow read(const std::vector<std::string>& cells, const SheetNames& names)
        const;

    /// Columns that are passed over, as the head names them.
    [[nodiscard]] const std::vector<std::string>& passed_over() const { return passed_over_; }

private:
    struct Column {
        const declarations::Field* field = nullptr;  ///< nullptr: `key`
        std::string key;
    };

    void read_fixed(
        const std::string& key, const std::string& cell, const SheetNames& names, SheetRow& row
    ) const;

    const declarations::Register& declared_;
    const SheetWords& words_;
    std::vector<Column> columns_;
    std::vector<std::string> passed_over_;
};

/// The head of an export: fixed columns, then every field by its title; where two titles are
/// equal, by its name.
[[nodiscard]] std::vector<std::string> sheet_head(
    const declarations::Register& declared, const SheetWords& words
);
/// The cells of an entry under sheet_head(). Sealed fields are empty.
[[nodiscard]] std::vector<std::string> sheet_cells(
    const declarations::Register& declared,
    const registers::Entry& entry,
    const SheetWords& words,
    const SheetNames& names
);

}  // namespace duban::exchange
