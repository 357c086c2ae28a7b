// The entries of a sample as rows of the registers' tables.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/id.h"
#include "declarations/sample.h"
#include "registers/adopted.h"
#include "store/store.h"

namespace duban::registers {

/// The tables of every register, and those that rules read beside them with the columns rules see.
void create_sample_tables(store::Transaction& tx, const Adopted& adopted);

/// The id that a word stands for in a sample: a person, a unit, an entry.
[[nodiscard]] core::Id sample_id(const std::string& word);

/// Writes the rows of `sample` into `org`. What a value is refused for goes to `faults`, and its
/// entry stays out.
void write_sample(
    store::Transaction& tx,
    const Adopted& adopted,
    core::OrgId org,
    const declarations::Sample& sample,
    std::vector<declarations::Fault>& faults
);

}  // namespace duban::registers
