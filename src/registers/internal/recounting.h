// A clock counted again from what its records tell: the same for whoever writes the record and for
// whoever judges it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/internal/clock_rows.h"
#include "registers/org_profile.h"

namespace duban::registers {

/// The action of the record; no pack may declare one of this name.
inline constexpr std::string_view kRecount = "recount";

/// A clock as one record told it.
struct ToldClock {
    Clock clock;
    bool recounted = false;  ///< by a record of kRecount
};
using ToldClocks = std::vector<ToldClock>;

/// What the records of the entry before `position` tell of the clock, in order.
[[nodiscard]] ToldClocks told_clocks(
    store::Reader& reader,
    core::OrgId org,
    const declarations::Register& declared,
    const core::Id& entry,
    const declarations::Deadline& deadline,
    std::int64_t position
);

/// The clock as it stands after `told`, its last day counted again by the calendar of `profile`,
/// pauses and all. The first date moves only while it is the provisional day of the first start.
/// What a record tells of its term goes before the profile's rule and parameters. nullopt: nothing
/// moves.
[[nodiscard]] std::optional<Clock> counted_again(
    const declarations::Deadline& deadline,
    const std::string& pack,
    const ToldClocks& told,
    const OrgProfile& profile
);

}  // namespace duban::registers
