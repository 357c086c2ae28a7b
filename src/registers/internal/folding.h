// An entry as its records tell it, compared with its row, lists and deadlines.

#pragma once

#include <compare>
#include <map>
#include <string>

#include "registers/adopted.h"
#include "registers/verification.h"

namespace duban::registers {

struct CounterKey {
    std::string register_name;
    core::Id unit;
    std::string state;
    auto operator<=>(const CounterKey&) const = default;
};

/// Folds every entry of the register and names each difference: table.row_unrecorded,
/// table.row_missing, table.field_altered, table.list_altered, table.deadline_altered, with
/// params table, row and field. Adds what it sees to `counted`.
void compare_register(
    const Registers& registers,
    store::Reader& reader,
    core::OrgId org,
    const Table& table,
    std::map<CounterKey, std::int64_t>& counted,
    Report& report
);

}  // namespace duban::registers
