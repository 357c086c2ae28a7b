// What an action hands to the entries it opens, and to whom it hands its own.

#pragma once

#include <optional>
#include <vector>

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// One entry that is to be opened: whose it is, and its first values.
struct Opening {
    core::Id unit;
    Values fields;
};

/// The entries that `opens` of the step's action wants: one, or one for each row of the list that
/// it names. Problem{Rejected, "unit.not_found"} where no unit is given,
/// Problem{Invalid, "entry.invalid_fields"} where a value does not fit.
[[nodiscard]] std::vector<Opening> openings(
    store::Reader& reader,
    core::OrgId org,
    const Step& step,
    const declarations::Opens& opens,
    const Table& opened
);

/// The unit whose entry it becomes (`unit:` of an action); nullopt: it stays where it is.
[[nodiscard]] std::optional<core::Id> unit_moved_to(const Step& step);

/// Whether a person would type here what a mandated system keeps (P04).
[[nodiscard]] bool is_typed_elsewhere(
    const declarations::Register& declared, const declarations::Action& action
);

}  // namespace duban::registers
