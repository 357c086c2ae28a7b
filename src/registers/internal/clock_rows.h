// A deadline of one entry as it is kept (d_deadline), and as its records tell it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"
#include "declarations/model.h"
#include "journal/record.h"
#include "registers/internal/row.h"
#include "store/store.h"

namespace duban::registers {

/// What a last day was counted by, as the record of the start keeps it: when the calendar becomes
/// official it is counted again by the same (E18).
struct Counted {
    calendar::Term term;
    calendar::CountingRule rule;
};

struct Clock {
    const declarations::Deadline* declared = nullptr;
    bool stored = false;
    bool changed = false;
    calendar::Date first_on;
    calendar::Date due_on;
    bool provisional = false;
    calendar::Date started_on;
    std::optional<calendar::Date> paused_on;
    std::optional<calendar::Date> stopped_on;
    /// From when it runs without a break; unset while it stands.
    std::optional<calendar::Date> since_on;
    std::int64_t ran_days = 0;  ///< of all its starts, up to the last change
    std::int64_t paused_days = 0;
    std::int64_t times = 0;  ///< how often it started
    /// Only in the step that starts it: told by the record, not kept in the table.
    std::optional<Counted> counted;
    /// Only in a step that counts again: whether its first date still waits for a calendar.
    std::optional<bool> first_provisional;

    [[nodiscard]] bool runs() const { return stored && !paused_on && !stopped_on; }
};

/// The clocks that the register declares; those that never started are not `stored`.
[[nodiscard]] std::vector<Clock> load_clock_rows(
    store::Reader& reader,
    core::OrgId org,
    const declarations::Register& declared,
    const core::Id& entry
);
void save_clock(store::Transaction& tx, core::OrgId org, const EntryRow& row, const Clock& clock);

/// How a record names a clock among its changes: "deadline." and the clock's name.
inline constexpr std::string_view kDeadlinePrefix = "deadline.";

[[nodiscard]] journal::Change change_of(const Clock& clock);
/// What change_of() wrote; dates that cannot be read are 1970-01-01, or unset.
[[nodiscard]] Clock clock_of(const core::Json& recorded);

/// The nearest due date of those that run; empty: none runs.
[[nodiscard]] std::string nearest_due(const std::vector<Clock>& clocks);

}  // namespace duban::registers
