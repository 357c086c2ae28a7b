#include "api/administration.h"
#include "api/declaration_json.h"
#include "api/openapi.h"
#include "api/outlets.h"
#include "api/page.h"
#include "api/routes.h"
#include "api/routing.h"
#include "api/verification.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr store::Query kProbe{"api.probe", "select 1"};

Response health(const Services& services, const Request&, const PathParams&) {
    services.store.read([](store::Reader& reader) { static_cast<void>(reader.query(kProbe, {})); });
    core::JsonObject stopped;
    services.stopped.with([&](const auto& work) {
        for (const auto& [name, code] : work) {
            stopped[name] = code;
        }
    });
    if (stopped.empty()) {
        return http::json_response(200, core::JsonObject{{"status", "ok"}});
    }
    return http::json_response(
        200, core::JsonObject{{"status", "impaired"}, {"stopped", std::move(stopped)}}
    );
}

/// To the machine itself, or to a token of the system administrator.
Response metrics(const Services& services, const Request& request, const PathParams&) {
    const bool local = request.client_address == "127.0.0.1" || request.client_address == "::1";
    if (!local && !ask(services, request).actor.has_role("system_admin")) {
        throw core::Problem{core::ProblemKind::Forbidden, "metrics.not_yours"};
    }
    return http::text_response(200, services.metrics.text(), http::kMetricsContentType);
}

Response explain(const Services& services, const Request&, const PathParams& path) {
    core::JsonObject out;
    for (const std::string& language : services.sentences.languages()) {
        out[language] = services.sentences.sentence(path.at("code"), {}, language);
    }
    return http::json_response(
        200, core::JsonObject{{"code", path.at("code")}, {"detail", std::move(out)}}
    );
}

core::JsonObject verified_json(const Verified& verified) {
    const registers::Report& report = verified.report;
    core::JsonArray faults;
    for (const registers::Fault& fault : report.faults) {
        core::JsonObject params;
        for (const auto& [name, value] : fault.params) {
            params[name] = value;
        }
        core::JsonObject words;
        for (const auto& [name, texts] : fault.words) {
            words[name] = texts_json(texts);
        }
        faults.push_back(core::JsonObject{
            {"code", fault.code}, {"params", std::move(params)}, {"words", std::move(words)}
        });
    }
    return {
        {"records", report.records},
        {"entries", report.entries},
        {"files", verified.files},
        {"own", report.own},
        {"delegated", report.delegated},
        {"paper", report.paper},
        {"backfilled", report.backfilled},
        {"faults", std::move(faults)},
        {"faults_total", report.faults_total}
    };
}

/// What `duban verify` prints, asked of the running server by an administrator.
Response verification(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    if (!asker.actor.is_administrator()) {
        throw core::Problem{core::ProblemKind::Forbidden, "verification.not_yours"};
    }
    return http::json_response(200, verified_json(verify(services, asker.actor.org)));
}

std::vector<std::string> names_of(const std::vector<Parameter>& parameters) {
    std::vector<std::string> names;
    for (const Parameter& parameter : parameters) {
        names.emplace_back(parameter.name);
    }
    return names;
}

}  // namespace

void add_house_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    route(Method::Get, "/health", health);
    route(Method::Get, "/metrics", metrics);
    route(Method::Get, "/problems/{code}", explain);
    route(Method::Get, "/api/v1/verification", verification);
    router.add(
        Method::Get,
        "/api/v1/openapi.json",
        [&router, &services](const Request&, const PathParams&) {
            return http::json_response(200, openapi(router, services));
        }
    );
}

void add_routes(http::Router& router, const Services& services) {
    add_session_routes(router, services);
    add_register_routes(router, services);
    add_entry_routes(router, services);
    add_history_routes(router, services);
    add_search_routes(router, services);
    add_figure_routes(router, services);
    add_file_routes(router, services);
    add_event_routes(router, services);
    add_sheet_routes(router, services);
    add_reading_routes(router, services);
    add_desk_routes(router, services);
    add_directory_routes(router, services);
    add_administration_routes(router, services);
    add_directory_sheet_routes(router, services);
    add_pack_routes(router, services);
    add_proposal_routes(router, services);
    add_log_routes(router, services);
    add_house_routes(router, services);
    for (const Outlet& outlet : outlets()) {
        if (outlet.filters.empty()) {
            router.declare_query(outlet.method, outlet.pattern, names_of(outlet.query));
        }
    }
    if (services.web.empty()) {
        add_page_routes(router, services);
    } else {
        add_web_routes(router, services.web);
    }
}

}  // namespace duban::api
