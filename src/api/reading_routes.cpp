#include "api/asking.h"
#include "api/changes.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "reading/reading.h"
#include "rectification/links.h"
#include "rectification/reading_in.h"
#include "rectification/statements.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

/// Of a document, and of the proposal that was read in it.
constexpr std::uint64_t kDocumentBytesMax = 8'000'000;

/// What a document says, with its text, for who wants to see both side by side. Nothing of it is
/// kept.
Response read_document(const Services& services, const Request& request, const PathParams&) {
    static_cast<void>(ask(services, request));
    const reading::Document document = reading::read(request.body);
    if (document.is_marked_secret()) {
        throw core::Problem{core::ProblemKind::Rejected, "file.marked_secret"};
    }
    core::JsonObject json = reading::to_json(document).as_object();
    json["text"] = document.text;
    return http::json_response(200, std::move(json));
}

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

/// What became of a document, statement by statement, with every field: the span is among them.
Response show_statements(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const auto id = core::Id::parse(path.at("id"));
    if (!id) {
        throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
    }
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        Labels labels{services, reader, asker};
        core::JsonArray list;
        const auto adopted = services.registers.adopted();
        for (const rectification::Statement& one : rectification::statements(
                 services.registers, services.listing, reader, asker.actor, *id
             )) {
            const auto& declared = *adopted->table(one.register_name).declared;
            core::JsonObject json = row_json(services, asker, declared, nullptr, one.entry, labels);
            json["register"] = one.register_name;
            list.emplace_back(std::move(json));
        }
        out = {{"statements", std::move(list)}, {"labels", labels.json()}};
    });
    return http::json_response(200, std::move(out));
}

}  // namespace

void add_reading_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    const http::BodyLimit whole_document{.bytes_max = kDocumentBytesMax, .code = "file.too_large"};
    route(Method::Post, "/api/v1/readings/document", read_document, whole_document);
    route(Method::Post, "/api/v1/readings", propose_reading, whole_document);
    route(Method::Post, "/api/v1/readings/entries", enter_reading, whole_document);
    route(Method::Post, "/api/v1/readings/links", propose_links);
    route(Method::Get, "/api/v1/readings/{id}/statements", show_statements);
}

}  // namespace duban::api
