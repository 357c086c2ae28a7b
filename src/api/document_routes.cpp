#include "api/entry_json.h"
#include "api/routes.h"
#include "core/problem.h"
#include "reading/reading.h"
#include "rectification/statements.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

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
    return http::json_response(200, json);
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
    return http::json_response(200, out);
}

}  // namespace

void add_document_routes(http::Router& router, const Services& services) {
    router.add(
        http::Method::Post,
        "/api/v1/readings/document",
        [&services](const Request& request, const PathParams& path) {
            return read_document(services, request, path);
        },
        {.bytes_max = kDocumentBytesMax, .code = "file.too_large"}
    );
    router.add(
        http::Method::Get,
        "/api/v1/readings/{id}/statements",
        [&services](const Request& request, const PathParams& path) {
            return show_statements(services, request, path);
        }
    );
}

}  // namespace duban::api
