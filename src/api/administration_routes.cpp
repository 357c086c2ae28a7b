#include "api/administration.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"
#include "api/staffing.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;
using http::PathParams;
using http::Request;
using http::Response;

core::JsonObject unit_json(const access::Unit& unit) {
    return with_span(
        {{"id", unit.id.text()},
         {"parent", id_json(unit.parent)},
         {"name", unit.name},
         {"code", unit.code},
         {"kind", std::string{access::text_of(unit.kind)}}},
        unit.span
    );
}

core::JsonObject delegation_json(const access::Delegation& delegation) {
    return with_span(
        {{"id", delegation.id.text()},
         {"post", delegation.post.text()},
         {"delegate", delegation.delegate.text()},
         {"paper", delegation.paper}},
        delegation.span
    );
}

/// 201 for a row that the body gave no id of, 200 for one that it amends.
Response written(const core::Json& body, core::JsonObject row) {
    return http::json_response(id_member(body, "id").is_nil() ? 201 : 200, row);
}

/// A new unit, or the members that are sent of one there is.
Response write_unit(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"id", "parent", "name", "code", "kind", "from", "to"});
    const core::Id id = id_member(body, "id");
    access::Unit unit;
    if (!id.is_nil()) {
        const access::Unit* known = asker.actor.directory->find_unit(id);
        if (known == nullptr) {
            throw Problem{ProblemKind::NotFound, "unit.not_found"};
        }
        unit = *known;
    } else {
        unit.id = services.access.make_id();
        unit.span = span_from_today(asker);
    }
    set_id(body, "parent", unit.parent);
    set_text(body, "name", unit.name);
    set_text(body, "code", unit.code);
    if (core::find_member(body, "kind") != nullptr) {
        const auto kind = access::find_unit_kind(text_member(body, "kind"));
        if (!kind) {
            throw Problem{ProblemKind::Invalid, "request.wrong_member", {{"member", "kind"}}};
        }
        unit.kind = *kind;
    }
    set_span(body, unit.span);
    services.access.put(author_of(asker), std::vector{unit});
    return written(body, unit_json(unit));
}

/// A new person, or the members that are sent of one there is. The telephone number is not shown.
Response write_person(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"id", "name", "mobile", "from", "to"});
    const core::Id id = id_member(body, "id");
    access::Person person;
    if (!id.is_nil()) {
        const access::Person* known = asker.actor.directory->find_person(id);
        if (known == nullptr) {
            throw Problem{ProblemKind::NotFound, "person.not_found"};
        }
        person = *known;
    } else {
        person.id = services.access.make_id();
        person.span = span_from_today(asker);
    }
    set_text(body, "name", person.name);
    set_text(body, "mobile", person.mobile);
    set_span(body, person.span);
    services.access.put(author_of(asker), std::vector{person});
    return written(body, with_span({{"id", person.id.text()}, {"name", person.name}}, person.span));
}

/// All of them to an administrator; to others what they gave and what was given to them.
Response list_delegations(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const access::Directory& directory = *asker.actor.directory;
    const bool all = asker.actor.is_administrator();
    core::JsonArray out;
    for (const access::Delegation& delegation : directory.delegations()) {
        const access::Post* post = directory.find_post(delegation.post);
        const bool own = delegation.delegate == asker.actor.person ||
                         (post != nullptr && post->person == asker.actor.person);
        if (all || own) {
            out.push_back(delegation_json(delegation));
        }
    }
    return http::json_response(200, core::JsonObject{{"delegations", std::move(out)}});
}

Response list_accounts(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_administrator(services, request, "account.not_yours");
    core::JsonArray out;
    for (const access::AccountView& account : services.accounts.accounts(asker.actor.org)) {
        out.push_back(core::JsonObject{
            {"id", account.id.text()},
            {"person", account.person.text()},
            {"name", account.name},
            {"language", account.language},
            {"must_change_password", account.must_change},
            {"locked", account.locked},
            {"second_factor", account.has_totp}
        });
    }
    return http::json_response(200, core::JsonObject{{"accounts", std::move(out)}});
}

/// What waits for the administrators: locked accounts (E30), proposals of another that the asker
/// may decide, and where too few people hold what a pack in force asks (P35).
Response show_duties(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_administrator(services, request, "account.not_yours");
    core::JsonArray locked;
    for (const access::AccountView& account : services.accounts.accounts(asker.actor.org)) {
        if (account.locked) {
            locked.push_back(core::JsonObject{
                {"id", account.id.text()}, {"person", account.person.text()}, {"name", account.name}
            });
        }
    }
    std::int64_t open = 0;
    for (const access::Proposal& proposal : services.proposals.list(asker.actor.org)) {
        const bool waits = proposal.state == access::ProposalState::Open;
        open += waits && proposal.proposed_by != asker.actor.person ? 1 : 0;
    }
    return http::json_response(
        200,
        core::JsonObject{
            {"locked", std::move(locked)},
            {"proposals", open},
            {"shortages", shortages_json(services, asker)}
        }
    );
}

Response shown_once(int status, const access::OneTimePassword& created) {
    return http::json_response(
        status, core::JsonObject{{"id", created.account.text()}, {"password", created.password}}
    );
}

Response create_account(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"person", "name", "language"});
    access::NewAccount wanted{
        .person = id_member(body, "person"), .name = text_member(body, "name"), .language = "zh"
    };
    set_text(body, "language", wanted.language);
    return shown_once(201, services.accounts.create(author_of(asker), wanted));
}

/// A new one-time password, or the second factor taken off, before a witness.
Response reset_account(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"what", "witness"});
    const access::Accounts::Reset reset{
        .account = id_of(path.at("id"), "id"), .witness = id_member(body, "witness"), .on = asker.on
    };
    const std::string what = text_member(body, "what");
    if (what == "password") {
        return shown_once(200, services.accounts.reset_password(asker.actor, reset));
    }
    if (what != "second_factor") {
        throw Problem{ProblemKind::Invalid, "request.wrong_member", {{"member", "what"}}};
    }
    services.accounts.reset_totp(asker.actor, reset);
    return http::empty_response();
}

}  // namespace

void add_administration_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    route(Method::Post, "/api/v1/directory/units", write_unit);
    route(Method::Post, "/api/v1/directory/people", write_person);
    route(Method::Get, "/api/v1/delegations", list_delegations);
    route(Method::Get, "/api/v1/accounts", list_accounts);
    route(Method::Get, "/api/v1/duties", show_duties);
    route(Method::Post, "/api/v1/accounts", create_account);
    route(Method::Post, "/api/v1/accounts/{id}/reset", reset_account);
}

}  // namespace duban::api
