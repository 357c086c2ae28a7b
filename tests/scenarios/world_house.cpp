// What scenarios change and ask beside the API: the directory, the calendar, controls,
// verification.

#include "api/verification.h"
#include "world.h"

namespace duban::scenarios {

core::Id World::add_outsider(
    const std::string& name, const core::Id& unit, const std::string& role
) {
    const core::Id id = add_person(name, {});
    house_->services().access.put(
        author(),
        std::vector<access::Post>{
            {.id = core::make_id(house_->clock().now(), house_->random()),
             .person = id,
             .unit = unit,
             .role = role,
             .outside = true,
             .span = since_2020()}
        }
    );
    return id;
}

std::string World::session(const core::Id& person) {
    if (!sessions_.contains(person)) {
        static_cast<void>(token(person, "en"));
    }
    return sessions_.at(person);
}

core::OrgId World::org_of(const core::Id& person) const {
    const auto found = others_.find(person);
    return found == others_.end() ? app::kFirstOrg : found->second;
}

core::Id World::add_other_org(core::OrgId org, const std::string& role) {
    const auto make_id = [&] { return core::make_id(house_->clock().now(), house_->random()); };
    registers::OrgProfile profile;
    profile.name = "Another Bureau";
    house_->services().store.write(org, [&](store::Transaction& tx) {
        registers::save_profile(tx, org, profile);
    });
    const core::Id unit = make_id();
    const core::Id person = make_id();
    const access::Access::Author founder{
        .org = org, .person = person, .approved_by = {}, .on = author().on
    };
    access::Access& access = house_->services().access;
    access.put(
        founder,
        std::vector<access::Unit>{
            {.id = unit,
             .parent = {},
             .name = "Another Office",
             .code = "A1",
             .kind = access::UnitKind::Office,
             .span = since_2020()}
        }
    );
    access.put(
        founder,
        std::vector<access::Person>{
            {.id = person, .name = "Foreigner", .mobile = {}, .span = since_2020()}
        }
    );
    access.put(
        founder,
        std::vector<access::Post>{
            {.id = make_id(),
             .person = person,
             .unit = unit,
             .role = role,
             .outside = false,
             .span = since_2020()}
        }
    );
    others_[person] = org;
    return person;
}

void World::wait_for_index() {
    std::int64_t position = 0;
    house_->services().store.read([&](store::Reader& reader) {
        position = house_->services().journal.head(reader, app::kFirstOrg).size;
    });
    const Reply found = send(
        unit_clerk,
        {.path = "/api/v1/search",
         .query = "q=x",
         .headers = {{"Duban-Wait", std::to_string(position)}}}
    );
    EXPECT_GE(std::stoll(found.header("Duban-Position")), position);
}

core::Id World::add_unit(const std::string& name, const core::Id& parent, access::UnitKind kind) {
    const core::Id id = core::make_id(house_->clock().now(), house_->random());
    house_->services().access.put(
        author(),
        std::vector<access::Unit>{
            {.id = id,
             .parent = parent.is_nil() ? office : parent,
             .name = name,
             .code = {},
             .kind = kind,
             .span = since_2020()}
        }
    );
    return id;
}

void World::abolish_unit(const core::Id& unit) {
    access::Access& access = house_->services().access;
    access::Unit row = *access.directory(app::kFirstOrg)->find_unit(unit);
    row.span.to = house_->services().registers.today(app::kFirstOrg).plus_days(-1);
    access.put(author(), std::vector<access::Unit>{row});
}

std::string World::day(int days) const {
    return house_->services().registers.today(app::kFirstOrg).plus_days(days).text();
}

namespace {

std::map<std::string, std::string> reasons(const std::vector<rules::Hit>& hits) {
    std::map<std::string, std::string> out;
    for (const rules::Hit& hit : hits) {
        out[hit.entry.text()] = hit.reason;
    }
    return out;
}

/// What the control finds when it looks at each entry alone: the same as over all of them (E04).
std::map<std::string, std::string> found_one_by_one(
    store::Reader& reader,
    const registers::Adopted& adopted,
    const declarations::Control& control,
    rules::Scope scope
) {
    std::map<std::string, std::string> out;
    const std::string sql = "select id from " + control.register_name + " where org = $1";
    for (const store::Row& row : reader.query({"test.entries", sql}, {store::value(scope.org)})) {
        scope.entry = row.id(0);
        out.merge(reasons(adopted.rules().run(reader, control, scope)));
    }
    return out;
}

}  // namespace

std::map<std::string, std::string> World::hits(const std::string& control) {
    std::map<std::string, std::string> out;
    const registers::Registers& registers = house_->services().registers;
    const auto adopted = registers.adopted();
    const rules::Scope scope{
        .org = app::kFirstOrg,
        .entry = {},
        .today = registers.today(app::kFirstOrg),
        .parameters = registers.profile(app::kFirstOrg)->parameters
    };
    house_->services().store.read([&](store::Reader& reader) {
        for (const declarations::Pack& pack : adopted->model().packs()) {
            for (const declarations::Control& one : pack.controls) {
                if (one.name != control) {
                    continue;
                }
                out = reasons(adopted->rules().run(reader, one, scope));
                if (one.scope == declarations::ControlScope::Entry) {
                    EXPECT_EQ(found_one_by_one(reader, *adopted, one, scope), out) << control;
                }
            }
        }
    });
    return out;
}

std::string World::agree(const core::JsonObject& proposal) {
    const Reply proposed = send(
        system_admin, {.method = http::Method::Post, .path = "/api/v1/proposals", .body = proposal}
    );
    EXPECT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    const Reply approved = send(
        security_admin,
        {.method = http::Method::Post,
         .path = "/api/v1/proposals/" + proposed.id() + "/approve",
         .body = core::JsonObject{}}
    );
    EXPECT_EQ(approved.status, 200) << core::json_text(approved.body);
    return proposed.id();
}

void World::load_calendar(const std::string& rest_day) {
    core::JsonObject calendar =
        get(system_admin, "/api/v1/profile").body.at("calendar").as_object();
    const std::int64_t year = calendar::Date::parse(rest_day)->year();
    core::JsonArray& years = calendar.at("known_years").as_array();
    if (std::find(years.begin(), years.end(), core::Json(year)) == years.end()) {
        years.emplace_back(year);
    }
    calendar.at("holidays").as_array().emplace_back(rest_day);
    agree({{"kind", "profile"}, {"changes", core::JsonObject{{"calendar", calendar}}}});
    house_->catch_up();
}

std::string World::backfill_decision(
    const std::vector<std::string>& registers, const core::Id& recorder, const core::Id& checker
) {
    core::JsonArray names;
    for (const std::string& name : registers) {
        names.emplace_back(name);
    }
    return agree(
        {{"kind", "backfill"},
         {"title", "The old ledger"},
         {"paper", "Scenario 2/2026"},
         {"registers", std::move(names)},
         {"from", "2022-01-01"},
         {"to", day()},
         {"recorder", recorder.text()},
         {"checker", checker.text()}}
    );
}

registers::Report World::verified() {
    return api::verify(house_->services(), app::kFirstOrg).report;
}

}  // namespace duban::scenarios
