#include "api/administration.h"
#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/openapi.h"
#include "api/outlets.h"
#include "api/page.h"
#include "api/routes.h"
#include "api/routing.h"
#include "api/verification.h"
#include "core/problem.h"
#include "http/access_log.h"

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
    const std::string& code = path.at("code");
    core::JsonObject out;
    for (const std::string& language : services.sentences.languages()) {
        // What has no sentence is said by its code; other texts of the locales have no dot.
        std::string sentence = services.sentences.sentence(code, {}, language);
        if (sentence != code && code.find('.') != std::string::npos) {
            out[language] = std::move(sentence);
        }
    }
    const auto adopted = services.registers.find_adopted();
    if (out.empty() && adopted != nullptr) {
        if (const core::Texts* words = adopted->model().find_message(code)) {
            out = texts_json(*words);
        }
    }
    if (out.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
    }
    return http::json_response(200, core::JsonObject{{"code", code}, {"detail", std::move(out)}});
}

core::JsonArray faults_json(const registers::Report& report) {
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
    return faults;
}

core::Json finished_json(const std::optional<Verifications::Finished>& finished) {
    if (!finished) {
        return nullptr;
    }
    const registers::Report& report = finished->verified.report;
    return core::JsonObject{
        {"began_at", http::instant_text(finished->began_at)},
        {"ended_at", http::instant_text(finished->ended_at)},
        {"records", report.records},
        {"entries", report.entries},
        {"files", finished->verified.files},
        {"own", report.own},
        {"delegated", report.delegated},
        {"paper", report.paper},
        {"backfilled", report.backfilled},
        {"faults", faults_json(report)},
        {"faults_total", report.faults_total}
    };
}

Response verification_response(int status, const Verifications::State& state) {
    return http::json_response(
        status,
        core::JsonObject{
            {"running_since",
             state.running_since ? core::Json(http::instant_text(*state.running_since))
                                 : core::Json(nullptr)},
            {"failed", text_json(state.failed)},
            {"last", finished_json(state.last)}
        }
    );
}

Response show_verification(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_administrator(services, request, "verification.not_yours");
    return verification_response(200, services.verifications.state(asker.actor.org));
}

/// What `duban verify` does, beside the requests of everybody else.
Response begin_verification(const Services& services, const Request& request, const PathParams&) {
    const core::OrgId org =
        ask_administrator(services, request, "verification.not_yours").actor.org;
    return verification_response(
        202,
        services.verifications.begin(
            org,
            [&services, org](std::stop_token stop) {
                return verify(services, org, std::move(stop));
            }
        )
    );
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
    route(Method::Get, "/api/v1/verification", show_verification);
    route(Method::Post, "/api/v1/verification", begin_verification);
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
