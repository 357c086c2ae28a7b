#include <algorithm>
#include <iterator>

#include "api/administration.h"
#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/profile.h"
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

core::JsonObject proposal_json(const access::Proposal& proposal) {
    return {
        {"id", proposal.id.text()},
        {"kind", proposal.kind},
        {"state", std::string{access::text_of(proposal.state)}},
        {"proposed_by", proposal.proposed_by.text()},
        {"proposed_at", instant_text(proposal.proposed_at_ms)},
        {"decided_by", id_json(proposal.decided_by)},
        {"decided_at",
         proposal.decided_at_ms == 0 ? core::Json(nullptr)
                                     : core::Json(instant_text(proposal.decided_at_ms))},
        {"reason", text_json(proposal.reason)},
        {"differences", proposal.difference}
    };
}

core::JsonObject params_json(const core::Params& params) {
    core::JsonObject out;
    for (const auto& [name, value] : params) {
        out[name] = value;
    }
    return out;
}

std::vector<declarations::SourceFile> files_of(const core::Json& body) {
    std::vector<declarations::SourceFile> files;
    const core::Json* given = core::find_member(body, "files");
    if (given == nullptr || !given->is_array()) {
        throw Problem{ProblemKind::Invalid, "request.wrong_member", {{"member", "files"}}};
    }
    for (const core::Json& file : given->get_array()) {
        files.push_back({text_member(file, "path"), text_member(file, "text")});
    }
    return files;
}

[[noreturn]] void refuse_plan(const registers::Plan& plan) {
    Problem problem{ProblemKind::Rejected, "pack.faulty", {{"pack", plan.pack.name}}};
    for (const declarations::Fault& fault : plan.faults) {
        if (!fault.warning) {
            core::Params params = fault.params;
            params["file"] = fault.place.file;
            params["line"] = std::to_string(fault.place.line);
            params["column"] = std::to_string(fault.place.column);
            problem.errors.push_back({"/files/" + fault.place.file, fault.code, params, {}});
        }
    }
    throw problem;
}

access::Proposals::Draft pack_draft(
    const Services& services, const Asker& asker, const core::Json& body
) {
    std::set<std::string> drops;
    if (const core::Json* named = core::find_member(body, "drops");
        named != nullptr && named->is_array()) {
        for (const core::Json& drop : named->get_array()) {
            if (drop.is_string()) {
                drops.insert(std::string{drop.get_string()});
            }
        }
    }
    const registers::Plan plan = services.adoption.plan(files_of(body), std::move(drops));
    if (plan.refused()) {
        refuse_plan(plan);
    }
    core::JsonArray differences;
    for (const declarations::Difference& difference : plan.differences) {
        differences.push_back(core::JsonObject{
            {"path", difference.register_name + "." + difference.path},
            {"difference", texts_json(difference.text)},
            {"code", difference.code},
            {"params", params_json(difference.params)},
            {"loosens", difference.loosens},
            {"loses_data", difference.loses_data}
        });
    }
    if (differences.empty()) {
        differences.push_back(core::JsonObject{
            {"code", "difference.pack_adopted"},
            {"params", core::JsonObject{{"pack", plan.pack.name}, {"version", plan.pack.version}}}
        });
    }
    const auto profile = services.registers.profile(asker.actor.org);
    std::ranges::move(
        shortage_differences(services, asker, plan.pack, *profile), std::back_inserter(differences)
    );
    return {
        .kind = "adopt",
        .payload = registers::Adoption::payload(plan),
        .difference = std::move(differences),
        .on = asker.on
    };
}

/// "… changes: 2 → 3", of the parameter as the pack calls it.
core::JsonObject parameter_words(
    const Services& services, const declarations::Parameter& declared, core::Params params
) {
    core::JsonObject words;
    for (const std::string& language : services.sentences.languages()) {
        if (!declared.title.empty()) {
            params["parameter"] = std::string{declared.title.in(language)};
        }
        words[language] = services.sentences.sentence("difference.parameter", params, language);
    }
    return words;
}

access::Proposals::Draft parameter_draft(
    const Services& services, const Asker& asker, const core::Json& body
) {
    const std::string pack = text_member(body, "pack");
    const std::string name = text_member(body, "name");
    const core::Json* given = core::find_member(body, "value");
    const core::Json value = given == nullptr ? core::Json(nullptr) : *given;
    const auto adopted = services.registers.adopted();
    const declarations::Parameter& declared =
        registers::parameter_for(adopted->model(), pack, name, value);
    registers::OrgProfile profile = *services.registers.profile(asker.actor.org);
    core::Json& current = profile.parameters[pack + "." + name];
    if (current == value) {
        throw Problem{ProblemKind::Rejected, "proposal.no_difference"};
    }
    const core::Params params{
        {"parameter", pack + "." + name},
        {"before", core::json_text(current)},
        {"after", core::json_text(value)}
    };
    current = value;
    core::JsonArray differences;
    differences.push_back(core::JsonObject{
        {"difference", parameter_words(services, declared, params)},
        {"code", "difference.parameter"},
        {"params", params_json(params)}
    });
    std::ranges::move(
        shortage_differences(services, asker, *adopted->model().find_pack(pack), profile),
        std::back_inserter(differences)
    );
    return {
        .kind = "parameter",
        .payload =
            core::canonical_json(core::JsonObject{{"pack", pack}, {"name", name}, {"value", value}}
            ),
        .difference = std::move(differences),
        .on = asker.on
    };
}

access::Proposals::Draft decision_draft(const core::Json& body, const std::string& on) {
    core::JsonObject payload = body.get_object();
    payload.erase("kind");
    return {
        .kind = "backfill_decision",
        .payload = core::canonical_json(payload),
        .difference = core::JsonArray{core::JsonObject{
            {"code", "difference.backfill_decision"},
            {"params",
             core::JsonObject{
                 {"paper", text_member(body, "paper")},
                 {"from", text_member(body, "from")},
                 {"to", text_member(body, "to")}
             }}
        }},
        .on = on
    };
}

Response propose(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    const std::string kind = text_member(body, "kind");
    access::Proposals::Draft draft;
    if (kind == "pack") {
        refuse_unknown_members(body, {"kind", "files", "drops"});
        draft = pack_draft(services, asker, body);
    } else if (kind == "parameter") {
        refuse_unknown_members(body, {"kind", "pack", "name", "value"});
        draft = parameter_draft(services, asker, body);
    } else if (kind == "profile") {
        refuse_unknown_members(body, {"kind", "changes"});
        draft = profile_draft(services, asker.actor.org, body, asker.on);
    } else if (kind == "backfill") {
        refuse_unknown_members(
            body, {"kind", "title", "paper", "registers", "from", "to", "recorder", "checker"}
        );
        draft = decision_draft(body, asker.on);
    } else if (kind == "post") {
        refuse_unknown_members(body, {"kind", "rows"});
        draft = posts_draft(services, asker, body);
    } else if (kind == "delegation") {
        refuse_unknown_members(body, {"kind", "rows"});
        draft = delegations_draft(services, asker, body);
    } else if (kind == "division") {
        refuse_unknown_members(body, {"kind", "rows"});
        draft = divisions_draft(services, asker, body);
    } else {
        throw Problem{ProblemKind::Invalid, "proposal.unknown_kind", {{"kind", kind}}};
    }
    const core::Id id = services.proposals.propose(asker.actor, draft);
    Response response =
        http::json_response(201, proposal_json(services.proposals.load(asker.actor.org, id)));
    response.headers.set("Location", "/api/v1/proposals/" + id.text());
    return response;
}

Response list(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask_administrator(services, request, "proposal.not_yours");
    core::JsonArray out;
    for (const access::Proposal& proposal : services.proposals.list(asker.actor.org)) {
        out.push_back(proposal_json(proposal));
    }
    return http::json_response(200, core::JsonObject{{"proposals", std::move(out)}});
}

Response show_proposal(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask_administrator(services, request, "proposal.not_yours");
    const auto proposal = services.proposals.load(asker.actor.org, id_of(path.at("id"), "id"));
    return http::json_response(200, proposal_json(proposal));
}

Response approve(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Id id = id_of(path.at("id"), "id");
    services.proposals.approve(asker.actor, {.proposal = id, .on = asker.on});
    return http::json_response(200, proposal_json(services.proposals.load(asker.actor.org, id)));
}

Response refuse(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Id id = id_of(path.at("id"), "id");
    const core::Json body = http::json_body(request);
    services.proposals.refuse(
        asker.actor, {.proposal = id, .on = asker.on, .reason = text_member(body, "reason")}
    );
    return http::json_response(200, proposal_json(services.proposals.load(asker.actor.org, id)));
}

Response withdraw(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Id id = id_of(path.at("id"), "id");
    services.proposals.withdraw(asker.actor, {.proposal = id, .on = asker.on});
    return http::json_response(200, proposal_json(services.proposals.load(asker.actor.org, id)));
}

}  // namespace

void add_proposal_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    route(Method::Post, "/api/v1/proposals", propose);
    route(Method::Get, "/api/v1/proposals", list);
    route(Method::Get, "/api/v1/proposals/{id}", show_proposal);
    route(Method::Post, "/api/v1/proposals/{id}/approve", approve);
    route(Method::Post, "/api/v1/proposals/{id}/refuse", refuse);
    route(Method::Post, "/api/v1/proposals/{id}/withdraw", withdraw);
}

}  // namespace duban::api
