// What an org sets for itself: time zone, calendar, currency, counting rule (P33). Journalled.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "core/id.h"
#include "core/json.h"
#include "journal/journal.h"
#include "rules/rules.h"
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
    /// json() and the name: the members that a change may name.
    [[nodiscard]] core::JsonObject members() const;
};

/// `profile` with the members that `changes` names: name, zone, currency, count_from (next_day,
/// same_day), end_on_rest_day (next_workday, keep), calendar (as data/calendars/README.md).
/// Problem{Invalid, "request.wrong_member"}, "calendar.unknown_zone" or "calendar.malformed".
[[nodiscard]] OrgProfile changed(OrgProfile profile, const core::JsonObject& changes);
/// The members of `after` that are otherwise in `before`.
[[nodiscard]] core::JsonObject changes_between(const OrgProfile& before, const OrgProfile& after);
/// What a proposal carries: each member that changes, as it was (`before`) and is to be (`after`).
[[nodiscard]] core::JsonObject proposed_change(const OrgProfile& before, const OrgProfile& after);
/// `now` after a proposed_change(); members that it does not name stay as they are now.
/// Problem{Conflict, "profile.changed_meanwhile"} when one that it names is no longer as it was: a
/// calendar carries all its years.
[[nodiscard]] OrgProfile agreed_change(const OrgProfile& now, const core::Json& proposed);
/// The days that rules count workdays by: those of the newest known years without a gap. Before
/// and after them a workday is unknown, never guessed.
[[nodiscard]] std::vector<rules::CountedDay> counted_days(const calendar::WorkCalendar& calendar);

/// The profile kept in d_org and d_parameter; Problem{NotFound, "org.not_found"}.
[[nodiscard]] OrgProfile load_profile(store::Reader& reader, core::OrgId org);
/// The version that load_profile() would answer: whether a profile at hand is still that in force.
[[nodiscard]] std::int64_t profile_version(store::Reader& reader, core::OrgId org);
/// A parameter of the org changed in this transaction.
void note_profile_changed(store::Transaction& tx, core::OrgId org);
/// Writes d_org, and the days by which rules count workdays; parameters are written by Adoption.
/// Only for what is no change of an org: a new one's first day, and a restore.
void save_profile(store::Transaction& tx, core::OrgId org, const OrgProfile& profile);

/// A change of the profile by two administrators, or what a new org begins with.
struct ProfileChange {
    core::OrgId org;
    OrgProfile after;
    core::Id actor;
    core::Id approved_by;
    calendar::Date on;
    std::int64_t now_ms = 0;
    std::string seed;  ///< 32 random bytes drawn before the lane
};

/// Saves the profile and records what changes (register "profile"); an org's first record of it
/// has every member. Terms that a calendar made official are counted again by recount().
void change_profile(
    store::Transaction& tx, const journal::Journal& journal, const ProfileChange& change
);

/// The last record of the profile, which recounted deadlines name as their cause.
struct ProfileRecord {
    core::Id entry;
    core::Id actor;
};
[[nodiscard]] std::optional<ProfileRecord> find_profile_record(
    store::Reader& reader, core::OrgId org
);

}  // namespace duban::registers
