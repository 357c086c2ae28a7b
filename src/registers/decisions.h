// The dated decisions under which backfill is open (P08): scope, period and two named people.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.h"
#include "core/id.h"
#include "journal/journal.h"
#include "store/store.h"

namespace duban::registers {

struct Decision {
    core::Id id;
    std::string title;
    std::string paper;                   ///< 文号 of the decision
    std::vector<std::string> registers;  ///< which it opens
    calendar::Date from;                 ///< first day that may be claimed
    calendar::Date to;                   ///< last day that may be claimed
    core::Id recorder;
    core::Id checker;
    calendar::Date decided_on;

    [[nodiscard]] bool covers(std::string_view register_name) const;
};

[[nodiscard]] std::optional<Decision> find_decision(
    store::Reader& reader, core::OrgId org, const core::Id& id
);
[[nodiscard]] std::vector<Decision> decisions(store::Reader& reader, core::OrgId org);

/// Keeps a decision and records it (register "backfill_decision"). Refuses with
/// decision.same_person when recorder and checker are one, decision.period_reversed.
void put_decision(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    const Decision& decision,
    const core::Id& author,
    const core::Id& approved_by,
    std::int64_t now_ms,
    std::string_view salt_seed
);

}  // namespace duban::registers
