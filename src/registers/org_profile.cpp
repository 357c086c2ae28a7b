#include "registers/org_profile.h"

#include <algorithm>

#include "core/problem.h"
#include "crypto/digest.h"
#include "registers/internal/drawn.h"
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

/// An empty range when no year is known.
std::pair<int, int> counted_years(const calendar::WorkCalendar& calendar) {
    if (calendar.known_years.empty()) {
        return {1, 0};
    }
    const int to = *calendar.known_years.rbegin();
    int from = to;
    while (calendar.knows(from - 1)) {
        --from;
    }
    return {from, to};
}

constexpr std::string_view kRegister = "profile";
constexpr std::size_t kNameBytesMax = 200;

[[noreturn]] void refuse(std::string_view member) {
    throw core::Problem{
        core::ProblemKind::Invalid, "request.wrong_member", {{"member", std::string{member}}}
    };
}

std::string text_in(const core::Json& value, std::string_view member) {
    if (!value.is_string() || value.get_string().empty() ||
        value.get_string().size() > kNameBytesMax) {
        refuse(member);
    }
    return std::string{value.get_string()};
}

/// ISO 4217.
std::string currency_in(const core::Json& value) {
    const std::string text = text_in(value, "currency");
    const bool fits =
        text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!fits) {
        refuse("currency");
    }
    return text;
}

std::string zone_in(const core::Json& value) {
    const std::string zone = text_in(value, "zone");
    static_cast<void>(calendar::civil_date(core::Instant{}, zone));
    return zone;
}

template <typename Found>
auto word_in(Found found, std::string_view member) {
    if (!found) {
        refuse(member);
    }
    return *found;
}

void change_member(OrgProfile& profile, std::string_view name, const core::Json& value) {
    if (name == "name") {
        profile.name = text_in(value, name);
    } else if (name == "zone") {
        profile.zone = zone_in(value);
    } else if (name == "currency") {
        profile.currency = currency_in(value);
    } else if (name == "count_from") {
        profile.counting.count_from =
            word_in(calendar::find_count_from(text_in(value, name)), name);
    } else if (name == "end_on_rest_day") {
        profile.counting.end_on_rest_day =
            word_in(calendar::find_end_on_rest_day(text_in(value, name)), name);
    } else if (name == "calendar") {
        profile.calendar = calendar::parse_calendar(core::json_text(value));
    } else {
        refuse(name);
    }
}

void write_days(store::Transaction& tx, core::OrgId org, const calendar::WorkCalendar& calendar) {
    const auto [from, to] = counted_years(calendar);
    rules::write_calendar(tx, org, calendar, from, to);
}

}  // namespace

core::Json OrgProfile::json() const {
    core::JsonObject out;
    out["zone"] = zone;
    out["currency"] = currency;
    out["count_from"] = std::string{calendar::text_of(counting.count_from)};
    out["end_on_rest_day"] = std::string{calendar::text_of(counting.end_on_rest_day)};
    out["calendar"] = core::parse_json(calendar::calendar_text(calendar));
    return out;
}

core::JsonObject OrgProfile::members() const {
    core::JsonObject out = json().get_object();
    out["name"] = name;
    return out;
}

OrgProfile changed(OrgProfile profile, const core::JsonObject& changes) {
    for (const auto& change : changes) {
        change_member(profile, change.key(), change.value());
    }
    return profile;
}

core::JsonObject changes_between(const OrgProfile& before, const OrgProfile& after) {
    const core::JsonObject old = before.members();
    core::JsonObject changes = after.members();
    for (const auto& member : old) {
        if (changes.at(member.key()) == member.value()) {
            changes.erase(member.key());
        }
    }
    return changes;
}

core::JsonObject proposed_change(const OrgProfile& before, const OrgProfile& after) {
    const core::JsonObject old = before.members();
    core::JsonObject changes = changes_between(before, after);
    core::JsonObject was;
    for (const auto& member : changes) {
        was[member.key()] = old.at(member.key());
    }
    return {{"before", std::move(was)}, {"after", std::move(changes)}};
}

OrgProfile agreed_change(const OrgProfile& now, const core::Json& proposed) {
    const core::JsonObject members = now.members();
    for (const auto& before : proposed.at("before").as_object()) {
        if (members.at(before.key()) != before.value()) {
            throw core::Problem{core::ProblemKind::Conflict, "profile.changed_meanwhile"};
        }
    }
    return changed(now, proposed.at("after").as_object());
}

std::vector<rules::CountedDay> counted_days(const calendar::WorkCalendar& calendar) {
    const auto [from, to] = counted_years(calendar);
    return rules::counted_days(calendar, from, to);
}

OrgProfile load_profile(store::Reader& reader, core::OrgId org) {
    const store::Rows rows = reader.query(kFindProfile, {store::value(org)});
    if (rows.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "org.not_found"};
    }
    const core::Json kept = core::parse_json(rows.front().text(1));
    if (!kept.is_object()) {
        throw core::Problem{core::ProblemKind::Corrupt, "store.corrupt"};
    }
    OrgProfile profile = changed({}, kept.get_object());
    profile.name = rows.front().text(0);
    profile.version = rows.front().integer(2);
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

void change_profile(
    store::Transaction& tx, const journal::Journal& journal, const ProfileChange& change
) {
    core::JsonObject changes = change.after.members();
    if (find_profile_record(tx, change.org)) {
        changes = changes_between(load_profile(tx, change.org), change.after);
    }
    save_profile(tx, change.org, change.after);
    Drawn drawn{change.seed + std::string{kRegister}};
    journal::Draft draft;
    draft.org = change.org;
    draft.register_name = kRegister;
    draft.entry = core::make_id(core::from_ms(change.now_ms), drawn);
    draft.action = "set";
    draft.kind = "adoption";
    draft.actor = change.actor;
    draft.state_after = "in_force";
    draft.on = change.on.text();
    draft.recorded_at_ms = change.now_ms;
    draft.salt_seed = drawn.bytes(32);
    for (const auto& member : changes) {
        draft.changes.push_back(
            {.field = std::string{std::string_view{member.key()}},
             .value = member.value(),
             .is_list = false,
             .rows = {}}
        );
    }
    if (!change.approved_by.is_nil()) {
        draft.changes.push_back(
            {.field = "approved_by",
             .value = core::Json(change.approved_by.text()),
             .is_list = false,
             .rows = {}}
        );
    }
    static_cast<void>(journal.append(tx, draft));
}

std::optional<ProfileRecord> find_profile_record(store::Reader& reader, core::OrgId org) {
    const auto records = journal::Journal{}.records_of(reader, org, kRegister);
    if (records.empty()) {
        return std::nullopt;
    }
    const journal::Draft last = records.back().draft();
    return ProfileRecord{.entry = last.entry, .actor = last.actor};
}

}  // namespace duban::registers
