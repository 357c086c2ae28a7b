// What speaks against putting one version of a pack in the place of another: values that no table
// could take over, losses that nobody permitted, entries that would stand nowhere.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "declarations/reading.h"
#include "store/store.h"

namespace duban::registers {

/// Of the declarations alone. `drops` permits losses: "register", "register.field",
/// "register.list.column".
[[nodiscard]] std::vector<declarations::Fault> change_faults(
    const declarations::Pack& before,
    const declarations::Pack& after,
    const std::vector<declarations::Difference>& differences,
    const std::set<std::string>& drops
);

/// Of what the store holds: a state in which entries stand may not go; a new register may not have
/// the name of one that was dropped, whose records would be taken for its own. `before` nullptr: a
/// new pack.
[[nodiscard]] std::vector<declarations::Fault> entry_faults(
    store::Reader& reader, const declarations::Pack* before, const declarations::Pack& after
);

}  // namespace duban::registers
