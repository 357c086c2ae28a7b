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

/// The names that roles of posts have for people, as the adopted packs declare them.
core::JsonArray roles_json(const Services& services) {
    core::JsonArray out;
    const auto adopted = services.registers.adopted();
    for (const declarations::Pack& pack : adopted->model().packs()) {
        for (const declarations::RoleTitle& role : pack.roles) {
            out.push_back(core::JsonObject{{"name", role.name}, {"title", texts_json(role.title)}});
        }
    }
    return out;
}

/// The division of work as of a day.
core::JsonArray divisions_json(const access::Directory& directory, calendar::Date day) {
    core::JsonArray out;
    for (const access::Division& division : directory.divisions()) {
        if (division.span.covers(day)) {
            out.push_back(with_span(
                {{"id", division.id.text()},
                 {"leader", division.leader.text()},
                 {"unit", division.unit.text()},
                 {"area", division.area}},
                division.span
            ));
        }
    }
    return out;
}

/// Units, people, posts, roles and the division of work as of a day; telephone numbers are not in
/// it.
Response show_directory(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const access::Directory& directory = *asker.actor.directory;
    const auto asked = request.query.find("on");
    const auto day = calendar::Date::parse(asked ? *asked : std::string_view{asker.on});
    if (!day) {
        throw core::Problem{core::ProblemKind::Invalid, "query.value_malformed", {{"field", "on"}}};
    }
    core::JsonArray units;
    core::JsonArray people;
    core::JsonArray posts;
    for (const access::Unit& unit : directory.units()) {
        if (unit.span.covers(*day)) {
            units.push_back(with_span(
                {{"id", unit.id.text()},
                 {"parent", id_json(unit.parent)},
                 {"name", unit.name},
                 {"code", unit.code},
                 {"kind", std::string{access::text_of(unit.kind)}}},
                unit.span
            ));
        }
    }
    for (const access::Person& person : directory.people()) {
        if (person.span.covers(*day)) {
            people.push_back(core::JsonObject{{"id", person.id.text()}, {"name", person.name}});
        }
    }
    for (const access::Post& post : directory.posts()) {
        if (post.span.covers(*day)) {
            posts.push_back(with_span(
                {{"id", post.id.text()},
                 {"person", post.person.text()},
                 {"unit", post.unit.text()},
                 {"role", post.role},
                 {"outside", post.outside}},
                post.span
            ));
        }
    }
    return http::json_response(
        200,
        core::JsonObject{
            {"units", std::move(units)},
            {"people", std::move(people)},
            {"posts", std::move(posts)},
            {"divisions", divisions_json(directory, *day)},
            {"roles", roles_json(services)}
        }
    );
}

}  // namespace

void add_directory_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/directory", show_directory);
}

}  // namespace duban::api
