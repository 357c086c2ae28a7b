// What an org sets for itself: time zone, calendar, currency, counting rule (P33). Journalled.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "calendar/calendar.h"
#include "core/id.h"
#include "core/json.h"
#include "store/store.h"

namespace duban::registers {

struct OrgProfile {
    std::string name;
    std::string zone = "Asia/Shanghai";  ///< IANA
    std::string currency = "CNY";        ///< ISO 4217
    calendar::CountingRule counting;
    calendar::WorkCalendar calendar;
    std::map<std::string, core::Json> parameters;  ///< "pack.name" → value in force
    std::string parameters_digest;                 ///< SHA-256 of their canonical JSON, hex
    std::int64_t version = 0;                      ///< of what is kept; grows with each change

    [[nodiscard]] core::Json json() const;
};

/// The profile kept in d_org and d_parameter; Problem{NotFound, "org.not_found"}.
[[nodiscard]] OrgProfile load_profile(store::Reader& reader, core::OrgId org);
/// The version that load_profile() would answer: whether a profile at hand is still that in force.
[[nodiscard]] std::int64_t profile_version(store::Reader& reader, core::OrgId org);
/// A parameter of the org changed in this transaction.
void note_profile_changed(store::Transaction& tx, core::OrgId org);
/// Writes d_org, and the days by which rules count workdays; parameters are written by Adoption.
void save_profile(store::Transaction& tx, core::OrgId org, const OrgProfile& profile);

}  // namespace duban::registers
