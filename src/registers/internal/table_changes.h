// From one version of a register's tables to the next: what is added, renamed and, only when it
// was asked for, dropped.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "declarations/model.h"
#include "store/store.h"

namespace duban::registers {

/// DDL that brings the tables of `before` to those of `after`; `before` nullptr: a new register.
[[nodiscard]] std::vector<std::string> change_statements(
    const declarations::Register* before,
    const declarations::Register& after,
    const std::set<std::string>& drops
);

/// A required field that was added with a default fills old rows (E17), in every org.
void fill_defaults(
    store::Transaction& tx,
    const declarations::Register& before,
    const declarations::Register& after
);

/// The field of `before` that `after` continues: of its name or the name it `was`; or nullptr.
[[nodiscard]] const declarations::Field* find_field_before(
    const declarations::Register& before, const declarations::Field& after
);
/// The register of `pack` that `after` continues: of its name or the name it `was`.
[[nodiscard]] const declarations::Register* find_before(
    const declarations::Pack* pack, const declarations::Register& after
);

}  // namespace duban::registers
