#include "api/asking.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

std::string session_cookie(const std::string& secret, bool ends) {
    return http::set_cookie_value(
        {.name = std::string{kSessionCookie},
         .value = ends ? std::string{} : secret,
         .is_secure = true,
         .max_age_seconds = ends ? std::optional<std::int64_t>{0} : std::nullopt}
    );
}

core::JsonArray standings_json(const access::Actor& actor) {
    core::JsonArray out;
    for (const access::Standing& standing : actor.standings) {
        const access::Unit* unit = actor.directory->find_unit(standing.unit);
        out.push_back(core::JsonObject{
            {"post", standing.post.text()},
            {"unit", standing.unit.text()},
            {"unit_name", unit == nullptr ? std::string{} : unit->name},
            {"role", standing.role},
            {"outside", standing.outside},
            {"signed_for",
             standing.signed_for.is_nil() ? core::Json(nullptr)
                                          : core::Json(standing.signed_for.text())}
        });
    }
    return out;
}

core::JsonArray administrator_json(const access::Actor& actor) {
    core::JsonArray out;
    for (const char* role : {"system", "security", "audit"}) {
        if (actor.has_role(std::string{role} + "_admin")) {
            out.emplace_back(role);
        }
    }
    return out;
}

core::JsonObject session_json(const Services& services, const Asker& asker) {
    const auto profile = services.registers.profile(asker.actor.org);
    const access::Session& session = asker.session;
    return {
        {"person", asker.actor.person.text()},
        {"name", asker.actor.name},
        {"account", session.name},
        {"language", session.language},
        {"org",
         core::JsonObject{
             {"id", asker.actor.org.value},
             {"name", profile->name},
             {"time_zone", profile->zone},
             {"currency", profile->currency},
             {"today", asker.on}
         }},
        {"demo", services.demo},
        {"standings", standings_json(asker.actor)},
        {"administrator", administrator_json(asker.actor)},
        {"must_change_password", session.must_change},
        {"second_factor",
         core::JsonObject{
             {"enrolled", session.has_totp},
             {"given_at",
              session.second_factor_at_ms == 0
                  ? core::Json(nullptr)
                  : core::Json(instant_text(session.second_factor_at_ms))}
         }}
    };
}

Response signed_in(const Services& services, const access::SignedIn& in, int status) {
    const calendar::Date today = services.registers.today(in.session.org);
    Asker asker{
        .actor = services.accounts.actor(in.session, today),
        .session = in.session,
        .secret = in.secret,
        .language = in.session.language,
        .on = today.text()
    };
    Response response = http::json_response(status, session_json(services, asker));
    response.headers.add("Set-Cookie", session_cookie(in.secret, false));
    return response;
}

Response sign_in(const Services& services, const Request& request, const PathParams&) {
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"name", "password", "org", "code"});
    const core::OrgId org{core::find_integer(body, "org").value_or(1)};
    const access::SignedIn in = services.accounts.sign_in(
        {.org = org,
         .name = text_member(body, "name"),
         .password = text_member(body, "password"),
         .totp = text_member(body, "code"),
         .address = request.client_address,
         .on = services.registers.today(org).text()}
    );
    return signed_in(services, in, 201);
}

Response show_session(const Services& services, const Request& request, const PathParams&) {
    return http::json_response(200, session_json(services, ask_before_change(services, request)));
}

Response sign_out(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_before_change(services, request);
    services.accounts.sign_out(asker.secret, asker.on);
    Response response = http::empty_response();
    response.headers.add("Set-Cookie", session_cookie({}, true));
    return response;
}

Response change_password(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_before_change(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"old", "new"});
    return signed_in(
        services,
        services.accounts.change_password(
            asker.secret,
            {.old_password = text_member(body, "old"),
             .new_password = text_member(body, "new"),
             .on = asker.on}
        ),
        200
    );
}

Response set_language(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"language"});
    services.accounts.set_language(asker.secret, text_member(body, "language"));
    return http::empty_response();
}

Response offer_totp(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto offer = services.accounts.enrol_totp(
        asker.secret, services.registers.profile(asker.actor.org)->name
    );
    return http::json_response(201, core::JsonObject{{"secret", offer.secret}, {"uri", offer.uri}});
}

Response confirm_totp(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    services.accounts.confirm_totp(asker.secret, text_member(body, "code"), asker.on);
    const access::SignedIn in = services.accounts.renew(asker.secret);
    Response response = http::empty_response();
    response.headers.add("Set-Cookie", session_cookie(in.secret, false));
    return response;
}

Response give_second_factor(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    services.accounts.confirm_second_factor(asker.secret, text_member(body, "code"), asker.on);
    return signed_in(services, services.accounts.renew(asker.secret), 200);
}

core::JsonObject token_json(const access::TokenView& token) {
    return {
        {"id", token.id.text()},
        {"title", token.name},
        {"scope", std::string{access::text_of(token.scope)}},
        {"created_at", instant_text(token.created_at_ms)},
        {"expires_at", instant_text(token.expires_at_ms)},
        {"revoked_at",
         token.revoked_at_ms ? core::Json(instant_text(*token.revoked_at_ms)) : core::Json(nullptr)}
    };
}

Response list_tokens(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    core::JsonArray tokens;
    for (const auto& token : services.accounts.tokens(asker.actor.org, asker.session.account)) {
        tokens.push_back(token_json(token));
    }
    return http::json_response(200, core::JsonObject{{"tokens", std::move(tokens)}});
}

Response create_token(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"title", "expires_on", "scope"});
    const auto expires = calendar::Date::parse(text_member(body, "expires_on"));
    if (!expires) {
        throw core::Problem{
            core::ProblemKind::Invalid, "request.wrong_member", {{"member", "expires_on"}}
        };
    }
    const auto token = services.accounts.create_token(
        asker.secret,
        {.name = text_member(body, "title"),
         .scope = text_member(body, "scope") == "act" ? access::Scope::Act : access::Scope::Read,
         .expires_at_ms = core::to_ms(expires->plus_days(1).days),
         .on = asker.on}
    );
    return http::json_response(
        201, core::JsonObject{{"id", token.id.text()}, {"token", token.secret}}
    );
}

Response revoke_token(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    services.accounts.revoke_token(asker.secret, id_of(path.at("id"), "id"), asker.on);
    return http::empty_response();
}

}  // namespace

void add_session_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    route(Method::Post, "/api/v1/sessions", sign_in);
    route(Method::Get, "/api/v1/session", show_session);
    route(Method::Delete, "/api/v1/session", sign_out);
    route(Method::Post, "/api/v1/session/second-factor", give_second_factor);
    route(Method::Put, "/api/v1/account/password", change_password);
    route(Method::Put, "/api/v1/account/language", set_language);
    route(Method::Post, "/api/v1/account/second-factor", offer_totp);
    route(Method::Put, "/api/v1/account/second-factor", confirm_totp);
    route(Method::Get, "/api/v1/tokens", list_tokens);
    route(Method::Post, "/api/v1/tokens", create_token);
    route(Method::Delete, "/api/v1/tokens/{id}", revoke_token);
}

}  // namespace duban::api
