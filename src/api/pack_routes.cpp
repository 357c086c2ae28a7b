#include "api/administration.h"
#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

core::JsonArray parameters_json(
    const declarations::Pack& pack, const registers::OrgProfile& profile
) {
    core::JsonArray out;
    for (const declarations::Parameter& parameter : pack.parameters) {
        const auto value = profile.parameters.find(pack.name + "." + parameter.name);
        out.push_back(core::JsonObject{
            {"name", parameter.name},
            {"title", texts_json(parameter.title)},
            {"type", parameter.type},
            {"value", value == profile.parameters.end() ? parameter.initial : value->second},
            {"initial", parameter.initial},
            {"source", text_json(parameter.source)}
        });
    }
    return out;
}

/// What is adopted: versions, digests, and the parameters as the org has them.
Response list_packs(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto profile = services.registers.profile(asker.actor.org);
    const auto adopted = services.registers.find_adopted();
    core::JsonArray out;
    if (adopted != nullptr) {
        for (const declarations::Pack& pack : adopted->model().packs()) {
            out.push_back(core::JsonObject{
                {"name", pack.name},
                {"title", texts_json(pack.title)},
                {"version", pack.version},
                {"digest", adopted->digest(pack.name)},
                {"registers", static_cast<std::int64_t>(pack.registers.size())},
                {"controls", static_cast<std::int64_t>(pack.controls.size())},
                {"parameters", parameters_json(pack, *profile)}
            });
        }
    }
    return http::json_response(200, core::JsonObject{{"packs", std::move(out)}});
}

core::JsonArray days_json(const std::set<calendar::Date>& days, int year) {
    const std::string prefix = std::to_string(year) + "-";
    core::JsonArray out;
    for (const calendar::Date& day : days) {
        if (day.text().starts_with(prefix)) {
            out.emplace_back(day.text());
        }
    }
    return out;
}

/// The days of one year that are not as their day of the week.
Response show_calendar(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto profile = services.registers.profile(asker.actor.org);
    const calendar::WorkCalendar& calendar = profile->calendar;
    const auto asked = request.query.find("year");
    const std::string text{asked ? std::string{*asked} : asker.on.substr(0, 4)};
    const auto first = calendar::Date::parse(text + "-01-01");
    if (!first) {
        throw core::Problem{
            core::ProblemKind::Invalid, "query.value_malformed", {{"field", "year"}}
        };
    }
    const int year = std::stoi(text);
    core::JsonArray years;
    for (const int known : calendar.known_years) {
        years.push_back(core::Json(static_cast<std::int64_t>(known)));
    }
    core::JsonArray rest;
    for (const unsigned weekday : calendar.rest_weekdays) {
        rest.push_back(core::Json(static_cast<std::int64_t>(weekday)));
    }
    return http::json_response(
        200,
        core::JsonObject{
            {"name", calendar.name},
            {"year", static_cast<std::int64_t>(year)},
            {"known", calendar.knows(year)},
            {"known_years", std::move(years)},
            {"rest_weekdays", std::move(rest)},
            {"holidays", days_json(calendar.holidays, year)},
            {"makeup_workdays", days_json(calendar.makeup_workdays, year)},
            {"count_from_next_day", profile->counting.count_from == calendar::CountFrom::NextDay},
            {"moves_to_next_workday",
             profile->counting.end_on_rest_day == calendar::EndOnRestDay::NextWorkday}
        }
    );
}

/// What the org works by, whole: what a proposed change begins from.
Response show_profile(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    return http::json_response(200, services.registers.profile(asker.actor.org)->members());
}

}  // namespace

void add_pack_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/packs", list_packs);
    route(http::Method::Get, "/api/v1/calendar", show_calendar);
    route(http::Method::Get, "/api/v1/profile", show_profile);
}

}  // namespace duban::api
