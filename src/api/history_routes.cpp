#include "api/entry_json.h"
#include "api/routes.h"
#include "core/problem.h"
#include "registers/certificates.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

core::JsonArray changes_json(const std::vector<journal::Change>& changes) {
    core::JsonArray out;
    for (const journal::Change& change : changes) {
        core::Json value = change.value;
        if (change.is_list) {
            value = core::JsonArray(change.rows.begin(), change.rows.end());
        }
        out.push_back(core::JsonObject{{"field", change.field}, {"value", std::move(value)}});
    }
    return out;
}

/// While a blind round is open, what others wrote in it is not shown (E03).
bool is_hidden(
    const declarations::Register& declared,
    const journal::Draft& draft,
    const Asker& asker,
    bool open
) {
    const declarations::Action* action = declared.procedure.find_action(draft.action);
    return open && draft.kind == "signature" && action != nullptr && action->blind &&
           draft.actor != asker.actor.person;
}

core::JsonObject record_json(
    const journal::Record& record, const journal::Draft& draft, bool hidden, Labels& labels
) {
    labels.person(draft.actor);
    core::JsonArray signatures;
    for (journal::Signature signature : draft.signatures) {
        if (hidden) {
            signature.words.clear();
        }
        signatures.push_back(signature_json(signature, labels));
    }
    core::Json cause = nullptr;
    if (draft.caused_by) {
        cause = core::JsonObject{
            {"register", draft.caused_by->register_name},
            {"entry", draft.caused_by->entry.text()},
            {"revision", draft.caused_by->revision}
        };
    }
    return {
        {"position", record.position},
        {"revision", draft.revision},
        {"action", draft.action},
        {"kind", draft.kind},
        {"on", draft.on},
        {"recorded_at", instant_text(record.recorded_at_ms)},
        {"claimed_at",
         draft.claimed_at_ms ? core::Json(instant_text(*draft.claimed_at_ms)) : core::Json(nullptr)
        },
        {"decision", text_json(draft.decision)},
        {"actor", id_json(draft.actor)},
        {"post", id_json(draft.post)},
        {"state_before", text_json(draft.state_before)},
        {"state_after", draft.state_after},
        {"changes", changes_json(draft.changes)},
        {"inputs", hidden ? core::JsonArray{} : changes_json(draft.inputs)},
        {"signatures", std::move(signatures)},
        {"caused_by", std::move(cause)},
        {"leaf", record.leaf_hash().hex()}
    };
}

Response show_history(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const std::string& name = path.at("register");
    const core::Id id = entry_of_path(services, asker, path);
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        const auto adopted = services.registers.adopted();
        const auto& declared = *adopted->table(name).declared;
        const auto entry = services.registers.entry(reader, asker.actor, name, id);
        Labels labels{services, reader, asker};
        core::JsonArray records;
        const auto history = services.journal.history(reader, asker.actor.org, name, id);
        for (const journal::Record& record : history) {
            const journal::Draft draft = record.draft();
            const bool open = draft.state_after == entry.state;
            records.push_back(
                record_json(record, draft, is_hidden(declared, draft, asker, open), labels)
            );
        }
        out = {{"records", std::move(records)}, {"labels", labels.json()}};
    });
    Response response = http::json_response(200, out);
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

Response show_certificate(
    const Services& services, const Request& request, const PathParams& path
) {
    const Asker asker = ask(services, request);
    const std::string& name = path.at("register");
    const core::Id id = entry_of_path(services, asker, path);
    registers::Entry entry;
    services.store.read([&](store::Reader& reader) {
        entry = services.registers.entry(reader, asker.actor, name, id);
    });
    const core::Json certificate = registers::certificate_of(
        services.registers, services.checkpoints, asker.actor.org, name, id
    );
    Response response = http::json_response(200, certificate);
    const std::string called = entry.number.empty() ? id.text() : entry.number;
    response.headers.set(
        "Content-Disposition",
        "attachment; filename*=UTF-8''" + http::percent_encode(called) + ".certificate.json"
    );
    return response;
}

}  // namespace

void add_history_routes(http::Router& router, const Services& services) {
    const auto route = [&](std::string_view pattern, auto handler) {
        router.add(
            http::Method::Get,
            pattern,
            [&services, handler](const Request& request, const PathParams& path) {
                return handler(services, request, path);
            }
        );
    };
    route("/api/v1/registers/{register}/entries/{id}/history", show_history);
    route("/api/v1/registers/{register}/entries/{id}/certificate", show_certificate);
}

}  // namespace duban::api
