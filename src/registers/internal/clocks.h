// Deadlines of an entry: started, stopped, paused and resumed by actions (P11); the first date
// never changes (P22).

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"
#include "journal/record.h"
#include "registers/internal/row.h"
#include "registers/org_profile.h"
#include "registers/registers.h"
#include "store/store.h"

namespace duban::registers {

/// Moves the clocks of `row` for `action` on the day `on`, and sets the row's nearest due date.
/// Does nothing for a register without deadlines. `row` must be written afterwards. Returns what
/// changed, as the record keeps it (E17: replay runs no clock): field "deadline.<name>".
[[nodiscard]] std::vector<journal::Change> move_clocks(
    store::Transaction& tx,
    core::OrgId org,
    const OrgProfile& profile,
    EntryRow& row,
    std::string_view action,
    calendar::Date on
);

/// The term in force: the declared amount, or the parameter that overrides it; nullopt: none is
/// declared, or the parameter has no value.
[[nodiscard]] std::optional<calendar::Term> find_term(
    const declarations::Deadline& deadline, const OrgProfile& profile, std::string_view pack
);

[[nodiscard]] std::vector<RunningDeadline> load_clocks(
    store::Reader& reader,
    core::OrgId org,
    const OrgProfile& profile,
    const declarations::Register& declared,
    const core::Id& entry,
    calendar::Date today
);

/// The steps of this org: its parameters in the place of declared numbers.
[[nodiscard]] declarations::Lights lights_of(
    const declarations::Lights& lights, const OrgProfile& profile, std::string_view pack
);

/// green, blue, yellow or red on `today`.
[[nodiscard]] std::string light_of(
    const declarations::Lights& lights, calendar::Date due, calendar::Date today
);

}  // namespace duban::registers
