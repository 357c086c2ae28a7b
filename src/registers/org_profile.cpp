#include "registers/org_profile.h"

#include "core/check.h"
#include "core/problem.h"
#include "crypto/digest.h"
#include "rules/rules.h"

namespace duban::registers {

namespace {

constexpr store::Query kFindProfile{
    "registers.find_org", "select name, profile, version from d_org where org = $1"
};
constexpr store::Query kInsertProfile{
    "registers.insert_org", "insert into d_org (org, name, profile, version) values ($1, $2, $3, 1)"
};
constexpr store::Query kUpdateProfile{
    "registers.update_org",
    "update d_org set name = $2, profile = $3, version = version + 1 where org = $1"
};
constexpr store::Query kFindVersion{
    "registers.find_org_version", "select version from d_org where org = $1"
};
constexpr store::Query kNoteChange{
    "registers.note_org_changed", "update d_org set version = version + 1 where org = $1"
};
constexpr store::Query kParameters{
    "registers.load_parameters",
    "select pack, name, value from d_parameter where org = $1 order by pack, name"
};

std::string member(const core::Json& json, std::string_view name, std::string_view otherwise) {
    return core::find_string(json, name).value_or(std::string{otherwise});
}

/// The newest known years without a gap: what rules count workdays by. Before and after them a
/// workday is unknown, never guessed.
void write_days(store::Transaction& tx, core::OrgId org, const calendar::WorkCalendar& calendar) {
    if (calendar.known_years.empty()) {
        rules::write_calendar(tx, org, calendar, 1, 0);
        return;
    }
    const int to = *calendar.known_years.rbegin();
    int from = to;
    while (calendar.knows(from - 1)) {
        --from;
    }
    rules::write_calendar(tx, org, calendar, from, to);
}

}  // namespace

core::Json OrgProfile::json() const {
    core::JsonObject out;
    out["zone"] = zone;
    out["currency"] = currency;
    out["count_from"] =
        counting.count_from == calendar::CountFrom::NextDay ? "next_day" : "same_day";
    out["end_on_rest_day"] =
        counting.end_on_rest_day == calendar::EndOnRestDay::NextWorkday ? "next_workday" : "keep";
    out["calendar"] = core::parse_json(calendar::calendar_text(calendar));
    return out;
}

OrgProfile load_profile(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kFindProfile, {store::value(org)});
    if (rows.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "org.not_found"};
    }
    const core::Json json = core::parse_json(rows.front().text(1));
    OrgProfile profile;
    profile.name = rows.front().text(0);
    profile.version = rows.front().integer(2);
    profile.zone = member(json, "zone", profile.zone);
    profile.currency = member(json, "currency", profile.currency);
    profile.counting.count_from = member(json, "count_from", "next_day") == "same_day"
                                      ? calendar::CountFrom::SameDay
                                      : calendar::CountFrom::NextDay;
    profile.counting.end_on_rest_day = member(json, "end_on_rest_day", "next_workday") == "keep"
                                           ? calendar::EndOnRestDay::Keep
                                           : calendar::EndOnRestDay::NextWorkday;
    if (const core::Json* days = core::find_member(json, "calendar")) {
        profile.calendar = calendar::parse_calendar(core::json_text(*days));
    }
    core::JsonObject values;
    for (const store::Row& row : reader.query(kParameters, {store::value(org)})) {
        const std::string key = row.text(0) + "." + row.text(1);
        profile.parameters[key] = core::parse_json(row.text(2));
        values[key] = profile.parameters[key];
    }
    profile.parameters_digest = crypto::sha256(core::canonical_json(values)).hex();
    return profile;
}

std::int64_t profile_version(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kFindVersion, {store::value(org)});
    return rows.empty() ? 0 : rows.front().integer(0);
}

void note_profile_changed(store::Transaction& tx, core::OrgId org) {
    tx.execute(kNoteChange, {store::value(org)});
}

void save_profile(store::Transaction& tx, core::OrgId org, const OrgProfile& profile) {
    const bool known = !tx.query(kFindProfile, {store::value(org)}).empty();
    tx.execute(
        known ? kUpdateProfile : kInsertProfile,
        {store::value(org), profile.name, core::canonical_json(profile.json())}
    );
    write_days(tx, org, profile.calendar);
}

}  // namespace duban::registers
