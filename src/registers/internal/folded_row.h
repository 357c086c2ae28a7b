// The row that an entry's records tell: what verification expects and replay writes.

#pragma once

#include <string>
#include <vector>

#include "registers/internal/folding.h"
#include "registers/internal/row.h"

namespace duban::registers {

/// The row without its computed fields, which stay null. Fields whose recorded value cannot be of
/// their type stay null too and are added to `misfits`.
[[nodiscard]] EntryRow folded_row(
    const Table& table, core::OrgId org, const FoldedEntry& entry, std::vector<std::string>& misfits
);

/// Whether `value` is a normal value of the field, a list's row by row.
[[nodiscard]] bool fits_field(const declarations::Field& field, const core::Json& value);

/// A computed field of the entry as it is kept, evaluated again (E17).
[[nodiscard]] core::Json computed_value(
    store::Reader& reader,
    const Registers& registers,
    core::OrgId org,
    const EntryRow& row,
    const declarations::Field& field
);

}  // namespace duban::registers
