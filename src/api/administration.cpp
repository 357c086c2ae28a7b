#include "api/administration.h"

#include <algorithm>

#include "core/problem.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;

[[noreturn]] void refuse_member(std::string_view name) {
    throw Problem{ProblemKind::Invalid, "request.wrong_member", {{"member", std::string{name}}}};
}

calendar::Date day_member(const core::Json& body, std::string_view name) {
    const auto day = calendar::Date::parse(text_member(body, name));
    if (!day) {
        refuse_member(name);
    }
    return *day;
}

const core::JsonArray& rows_of(const core::Json& body) {
    const core::Json* rows = core::find_member(body, "rows");
    if (rows == nullptr || !rows->is_array()) {
        refuse_member("rows");
    }
    return rows->get_array();
}

/// As the directory has it, or one that begins today. `known`: the rows of its kind.
template <typename Row>
Row row_of(
    const Services& services,
    const Asker& asker,
    const core::Json& json,
    const std::vector<Row>& known,
    std::string_view missing
) {
    const core::Id id = id_member(json, "id");
    Row row;
    if (id.is_nil()) {
        row.id = services.access.make_id();
        row.span = span_from_today(asker);
        return row;
    }
    const auto found = std::ranges::find(known, id, &Row::id);
    if (found == known.end()) {
        throw Problem{ProblemKind::NotFound, std::string{missing}};
    }
    return *found;
}

}  // namespace

Asker ask_administrator(const Services& services, const http::Request& request, const char* code) {
    Asker asker = ask(services, request);
    if (!asker.actor.is_administrator()) {
        throw Problem{ProblemKind::Forbidden, code};
    }
    return asker;
}

access::Access::Author author_of(const Asker& asker) {
    return {
        .org = asker.actor.org, .person = asker.actor.person, .approved_by = {}, .on = asker.on
    };
}

core::JsonObject with_span(core::JsonObject json, const access::Span& span) {
    json["from"] = span.from.text();
    json["to"] = span.to ? core::Json(span.to->text()) : core::Json(nullptr);
    return json;
}

void set_id(const core::Json& body, std::string_view name, core::Id& value) {
    if (core::find_member(body, name) != nullptr) {
        value = id_member(body, name);
    }
}

void set_text(const core::Json& body, std::string_view name, std::string& value) {
    if (core::find_member(body, name) != nullptr) {
        value = text_member(body, name);
    }
}

void set_span(const core::Json& body, access::Span& span) {
    if (core::find_member(body, "from") != nullptr) {
        span.from = day_member(body, "from");
    }
    if (const core::Json* to = core::find_member(body, "to")) {
        span.to = to->is_null() ? std::nullopt : std::optional{day_member(body, "to")};
    }
}

access::Span span_from_today(const Asker& asker) {
    const auto today = calendar::Date::parse(asker.on);
    return {.from = today.value_or(calendar::Date{}), .to = {}};
}

access::Proposals::Draft posts_draft(
    const Services& services, const Asker& asker, const core::Json& body
) {
    std::vector<access::Post> posts;
    for (const core::Json& json : rows_of(body)) {
        refuse_unknown_members(json, {"id", "person", "unit", "role", "outside", "from", "to"});
        access::Post post =
            row_of(services, asker, json, asker.actor.directory->posts(), "post.not_found");
        set_id(json, "person", post.person);
        set_id(json, "unit", post.unit);
        set_text(json, "role", post.role);
        if (const core::Json* outside = core::find_member(json, "outside")) {
            if (!outside->is_bool()) {
                refuse_member("outside");
            }
            post.outside = outside->get_bool();
        }
        set_span(json, post.span);
        posts.push_back(std::move(post));
    }
    return rows_draft(asker, "post", posts);
}

access::Proposals::Draft delegations_draft(
    const Services& services, const Asker& asker, const core::Json& body
) {
    std::vector<access::Delegation> delegations;
    for (const core::Json& json : rows_of(body)) {
        refuse_unknown_members(json, {"id", "post", "delegate", "paper", "from", "to"});
        access::Delegation delegation = row_of(
            services, asker, json, asker.actor.directory->delegations(), "delegation.not_found"
        );
        set_id(json, "post", delegation.post);
        set_id(json, "delegate", delegation.delegate);
        set_text(json, "paper", delegation.paper);
        set_span(json, delegation.span);
        delegations.push_back(std::move(delegation));
    }
    return rows_draft(asker, "delegation", delegations);
}

access::Proposals::Draft divisions_draft(
    const Services& services, const Asker& asker, const core::Json& body
) {
    std::vector<access::Division> divisions;
    for (const core::Json& json : rows_of(body)) {
        refuse_unknown_members(json, {"id", "leader", "unit", "area", "from", "to"});
        access::Division division =
            row_of(services, asker, json, asker.actor.directory->divisions(), "division.not_found");
        set_id(json, "leader", division.leader);
        set_id(json, "unit", division.unit);
        set_text(json, "area", division.area);
        set_span(json, division.span);
        divisions.push_back(std::move(division));
    }
    return rows_draft(asker, "division", divisions);
}

}  // namespace duban::api
