// Entries as their records tell them against the tables, portion by portion: rows, lists, and what
// lies beside them in the tables that registers share.

#pragma once

#include <string_view>

#include "registers/internal/folded_tables.h"
#include "registers/verification.h"

namespace duban::registers {

/// Names every difference of one register: table.row_unrecorded, table.row_missing,
/// table.field_altered, table.list_altered, table.deadline_altered, with params table, row (number
/// or id) and field. Adds each entry to `counted` and to the report's.
void compare_register(
    const Registers& registers,
    store::Reader& reader,
    core::OrgId org,
    const FoldedEntries& entries,
    const FoldedLineage& lineage,
    Counters& counted,
    Report& report
);

/// A table of the house as a whole against its folded rows; a differing or surplus row is named by
/// the columns of its key. Counters that are zero count as absent.
void compare_house_table(
    store::Reader& reader,
    const SideTable& table,
    core::OrgId org,
    const std::vector<SideRow>& told,
    Report& report
);

/// A value as it is compared and shown: numbers and ids as text, null as nothing.
[[nodiscard]] std::string cell_text(const store::Value& value);

}  // namespace duban::registers
