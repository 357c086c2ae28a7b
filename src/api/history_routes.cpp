#include <algorithm>
#include <charconv>

#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"
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

/// What one may not read caused it as well, but is not named.
core::Json cause_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const std::optional<journal::Cause>& cause,
    Labels& labels
) {
    if (!cause) {
        return nullptr;
    }
    const auto& [register_name, entry, revision] = *cause;
    const bool known = services.registers.adopted()->find_table(register_name) != nullptr;
    if (!known || !services.registers.find_entry(reader, asker.actor, register_name, entry)) {
        return core::JsonObject{{"restricted", true}};
    }
    labels.entry(register_name, entry);
    return core::JsonObject{
        {"register", register_name}, {"entry", entry.text()}, {"revision", revision}
    };
}

/// A record of a signature that is not to be seen yet: that there was a step, and nothing of it.
core::JsonObject hidden_json(const journal::Record& record, const journal::Draft& draft) {
    return {
        {"position", record.position},
        {"revision", draft.revision},
        {"action", draft.action},
        {"kind", draft.kind},
        {"hidden", true}
    };
}

core::JsonObject record_json(
    const journal::Record& record, const journal::Draft& draft, core::Json cause, Labels& labels
) {
    labels.person(draft.actor);
    core::JsonArray signatures;
    for (const journal::Signature& signature : draft.signatures) {
        signatures.push_back(signature_json(signature, labels));
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
        {"inputs", changes_json(draft.inputs)},
        {"signatures", std::move(signatures)},
        {"caused_by", std::move(cause)},
        {"leaf", record.leaf_hash().hex()},
        {"hidden", false}
    };
}

/// The people, units, entries and files that the changes name; rows name theirs in the entry only.
void label_changes(
    const std::vector<declarations::Field>& fields,
    const std::vector<journal::Change>& changes,
    const registers::Entry& entry,
    const std::string& register_name,
    Labels& labels
) {
    for (const journal::Change& change : changes) {
        const auto field = std::ranges::find(fields, change.field, &declarations::Field::name);
        if (field == fields.end() || field->type == declarations::FieldType::Rows) {
            continue;
        }
        labels.value(*field, register_name, entry.id, change.value);
        for (const core::Json& row : change.rows) {
            labels.value(*field, register_name, entry.id, row);
        }
    }
}

Response show_history(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const std::string& name = path.at("register");
    const core::Id id = entry_of_path(services, asker, path);
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        const auto entry = services.registers.entry(reader, asker.actor, name, id);
        const auto unseen = services.registers.unseen(reader, asker.actor, name, entry);
        const auto adopted = services.registers.adopted();
        const declarations::Register& declared = *adopted->table(name).declared;
        Labels labels{services, reader, asker};
        core::JsonArray records;
        for (const journal::Record& record :
             services.journal.history(reader, asker.actor.org, name, id)) {
            const journal::Draft draft = record.draft();
            if (tells_of(draft, unseen)) {
                records.push_back(hidden_json(record, draft));
                continue;
            }
            label_changes(declared.fields, draft.changes, entry, name, labels);
            if (const auto* action = declared.procedure.find_action(draft.action)) {
                label_changes(action->inputs, draft.inputs, entry, name, labels);
            }
            core::Json cause = cause_json(services, reader, asker, draft.caused_by, labels);
            records.push_back(record_json(record, draft, std::move(cause), labels));
        }
        out = {{"records", std::move(records)}, {"labels", labels.json()}};
    });
    Response response = http::json_response(200, std::move(out));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

/// `last`: a position of the journal, as the records of a history name it.
std::int64_t last_of(const Request& request) {
    const auto text = request.query.find("last");
    if (!text) {
        return journal::kNoLast;
    }
    std::int64_t last = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), last);
    if (error != std::errc{} || end != text->data() + text->size() || last < 0) {
        throw core::Problem{
            core::ProblemKind::Invalid, "query.value_malformed", {{"field", "last"}}
        };
    }
    return last;
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
        if (!services.registers.unseen(reader, asker.actor, name, entry).empty()) {
            throw core::Problem{core::ProblemKind::Conflict, "certificate.round_blind"};
        }
    });
    const core::Json certificate = registers::certificate_of(
        services.registers, services.checkpoints, asker.actor.org, name, id, last_of(request)
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
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/registers/{register}/entries/{id}/history", show_history);
    route(
        http::Method::Get, "/api/v1/registers/{register}/entries/{id}/certificate", show_certificate
    );
}

}  // namespace duban::api
