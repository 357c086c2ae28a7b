// From one version of a pack's tables to the next: what is dropped because it was asked for, then
// what is renamed, then what is added, so that no name is taken before it is free.

#pragma once

#include <string>
#include <vector>

#include "declarations/model.h"
#include "registers/adopted.h"
#include "store/store.h"

namespace duban::registers {

/// DDL that brings the tables of `before` to those of `after`; `before` nullptr: a new pack. What
/// `after` no longer has is dropped: whoever planned it asked whether that is meant.
[[nodiscard]] std::vector<std::string> change_statements(
    const declarations::Pack* before, const declarations::Pack& after
);

/// Whether some computed field is new or computed otherwise.
[[nodiscard]] bool computes_otherwise(
    const declarations::Register& before, const declarations::Register& after
);

/// The computed fields of every entry, in every org, as `adopted` has them computed.
void compute_again(
    store::Transaction& tx, const Adopted& adopted, const std::string& register_name
);

/// The registers of `before` that `after` does not continue.
[[nodiscard]] std::vector<const declarations::Register*> removed_registers(
    const declarations::Pack& before, const declarations::Pack& after
);

/// Takes what lies of a dropped register in the tables that registers share, in every org; what is
/// told of it by the law, and numbers once given, stay.
void remove_side_rows(store::Transaction& tx, const std::string& register_name);

/// Whether other words of entries that are there are to be found than before.
[[nodiscard]] bool searches_otherwise(
    const declarations::Pack& before, const declarations::Pack& after
);

/// A required field that was added with a default fills old rows (E17), in every org.
void fill_defaults(
    store::Transaction& tx,
    const declarations::Register& before,
    const declarations::Register& after
);

}  // namespace duban::registers
