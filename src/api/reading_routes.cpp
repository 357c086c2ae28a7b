#include "api/asking.h"
#include "api/changes.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "core/problem.h"
#include "reading/reading.h"
#include "rectification/links.h"
#include "rectification/reading_in.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr std::uint64_t kDocumentBytesMax = 8'000'000;
constexpr std::uint64_t kProposalBytesMax = 8'000'000;

/// Nothing is kept of what is sent: the proposal goes back to be confirmed or corrected.
Response propose_reading(const Services& services, const Request& request, const PathParams&) {
    static_cast<void>(ask(services, request));
    return http::json_response(200, rectification::propose_document(reading::read(request.body)));
}

Response entered_response(
    const Services& services, const std::vector<rectification::EnteredEntry>& entered
) {
    core::JsonArray entries;
    for (const rectification::EnteredEntry& entry : entered) {
        entries.push_back(core::JsonObject{
            {"register", entry.register_name},
            {"id", entry.applied.entry.text()},
            {"number", text_json(entry.applied.number)},
            {"state", entry.applied.state}
        });
        publish_change(services, entry.register_name, entry.applied.position);
    }
    return http::json_response(201, core::JsonObject{{"entries", std::move(entries)}});
}

Response enter_reading(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"proposal", "unit", "decision"});
    const core::Json* proposal = core::find_member(body, "proposal");
    if (proposal == nullptr || !proposal->is_object()) {
        throw core::Problem{core::ProblemKind::Invalid, "notice.proposal_malformed"};
    }
    const auto entered = rectification::enter_document(
        services.registers,
        asker.actor,
        *proposal,
        {.decision = id_member(body, "decision"), .unit = id_member(body, "unit")}
    );
    return entered_response(services, entered);
}

/// What `keywords:` of the packs suggest for the statements of a notice; a person confirms each.
Response propose_links(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const core::Json body = http::json_body(request);
    refuse_unknown_members(body, {"notice"});
    return entered_response(
        services,
        rectification::propose_links(
            services.registers, services.listing, asker.actor, id_member(body, "notice")
        )
    );
}

}  // namespace

void add_reading_routes(http::Router& router, const Services& services) {
    router.add(
        http::Method::Post,
        "/api/v1/readings",
        [&services](const Request& request, const PathParams& path) {
            return propose_reading(services, request, path);
        },
        {.bytes_max = kDocumentBytesMax, .code = "file.too_large"}
    );
    router.add(
        http::Method::Post,
        "/api/v1/readings/entries",
        [&services](const Request& request, const PathParams& path) {
            return enter_reading(services, request, path);
        },
        {.bytes_max = kProposalBytesMax, .code = "file.too_large"}
    );
    router.add(
        http::Method::Post,
        "/api/v1/readings/links",
        [&services](const Request& request, const PathParams& path) {
            return propose_links(services, request, path);
        }
    );
}

}  // namespace duban::api
