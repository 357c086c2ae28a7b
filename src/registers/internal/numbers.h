// Numbers given to entries, and the counters by unit and state (E23, design "Small decisions").

#pragma once

#include <string>
#include <string_view>

#include "calendar/date.h"
#include "core/id.h"
#include "declarations/model.h"
#include "store/store.h"

namespace duban::registers {

/// The texts of a number around its sequence on that day for that unit.
struct NumberParts {
    std::string before;
    std::string after;
    std::string width;  ///< the least number of digits between them
    /// The sequence begins anew for each of these.
    [[nodiscard]] std::string period() const { return before + "|" + after; }
};
[[nodiscard]] NumberParts number_parts(
    const declarations::NumberRule& rule, calendar::Date on, std::string_view unit_code
);

/// The next number of `rule` in the lane: gapless, for nothing but the commit of its action takes
/// it. The sequence begins anew for each different text of the other placeholders.
[[nodiscard]] std::string next_number(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const declarations::NumberRule& rule,
    calendar::Date on,
    std::string_view unit_code
);

/// Moves one entry from (unit, state) to another; an empty state means it was or is not counted.
void count_move(
    store::Transaction& tx,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& unit_before,
    std::string_view state_before,
    const core::Id& unit_after,
    std::string_view state_after
);

}  // namespace duban::registers
