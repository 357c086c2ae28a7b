// What happened to an entry before: one row a record (d_step).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// Whether the entry was ever in `state`, before the one it is in now.
[[nodiscard]] bool was_in_state(
    store::Reader& reader, core::OrgId org, const core::Id& entry, std::string_view state
);
/// The other states that the entry was ever in.
[[nodiscard]] std::vector<std::string> earlier_states(
    store::Reader& reader, core::OrgId org, const EntryRow& row
);
/// Notes the step that `step.row` now carries the revision of.
void note_step(
    store::Transaction& tx, const Context& context, const Step& step, std::string_view state_before
);

}  // namespace duban::registers
