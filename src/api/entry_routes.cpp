#include <algorithm>

#include "api/changes.h"
#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/list_request.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "registers/incoming.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;
using http::PathParams;
using http::Request;
using http::Response;

constexpr std::string_view kSignatureField = "signature";  // claims the scans of paper signatures

void set_position(Response& response, std::int64_t position) {
    response.headers.set("Duban-Position", std::to_string(position));
}

/// An entry is private and its lights depend on the day: nothing keeps a copy of it.
Response entry_response(
    const Services& services,
    const Asker& asker,
    const std::string& register_name,
    const core::Id& id,
    int status
) {
    core::JsonObject json;
    std::int64_t revision = 0;
    std::int64_t position = 0;
    services.store.read([&](store::Reader& reader) {
        const auto adopted = services.registers.adopted();
        const auto& declared = *adopted->table(register_name).declared;
        const auto entry = services.registers.entry(reader, asker.actor, register_name, id);
        revision = entry.revision;
        position = services.journal.head(reader, asker.actor.org).size;
        json = entry_json(services, reader, asker, declared, entry);
    });
    Response response = http::json_response(status, std::move(json));
    response.headers.set("ETag", "\"" + std::to_string(revision) + "\"");
    response.headers.set("Cache-Control", "private, no-store");
    set_position(response, position);
    return response;
}

std::optional<std::int64_t> revision_of(const Request& request) {
    const auto header = request.headers.find("If-Match");
    if (!header) {
        return std::nullopt;
    }
    std::string_view text = *header;
    if (text.size() < 3 || text.front() != '"' || text.back() != '"' || text.size() > 12 ||
        text.find_first_not_of("0123456789", 1) != text.size() - 1) {
        throw Problem{ProblemKind::Invalid, "precondition.malformed"};
    }
    return std::stoll(std::string{text.substr(1, text.size() - 2)});
}

std::optional<registers::PaperSignature> paper_of(const core::Json& body) {
    const core::Json* paper = core::find_member(body, "paper");
    if (paper == nullptr || paper->is_null()) {
        return std::nullopt;
    }
    refuse_unknown_members(*paper, {"signer", "signed_on", "words", "scan", "compares"});
    return registers::PaperSignature{
        .signer = id_member(*paper, "signer"),
        .signed_on = text_member(*paper, "signed_on"),
        .words = text_member(*paper, "words"),
        .scan = text_member(*paper, "scan"),
        .compares = id_member(*paper, "compares")
    };
}

std::optional<registers::Backfill> backfill_of(const core::Json& body) {
    const core::Json* backfill = core::find_member(body, "backfill");
    if (backfill == nullptr || backfill->is_null()) {
        return std::nullopt;
    }
    refuse_unknown_members(*backfill, {"decision", "state", "claimed_on", "paper"});
    return registers::Backfill{
        .decision = id_member(*backfill, "decision"),
        .state = text_member(*backfill, "state"),
        .claimed_on = text_member(*backfill, "claimed_on"),
        .paper = text_member(*backfill, "paper")
    };
}

core::Json object_member(const core::Json& body, std::string_view name) {
    const core::Json* member = core::find_member(body, name);
    return member == nullptr || member->is_null() ? core::Json(core::JsonObject{}) : *member;
}

registers::Request request_of(
    const Request& request, const std::string& register_name, const std::string& action
) {
    const core::Json body = body_or_empty(request);
    refuse_unknown_members(
        body, {"unit", "post", "fields", "inputs", "words", "paper", "backfill"}
    );
    registers::Request out;
    out.register_name = register_name;
    out.action = action;
    out.revision = revision_of(request);
    out.unit = id_member(body, "unit");
    out.post = id_member(body, "post");
    out.fields = object_member(body, "fields");
    out.inputs = object_member(body, "inputs");
    out.words = text_member(body, "words");
    out.paper = paper_of(body);
    out.backfill = backfill_of(body);
    out.idempotency_key = idempotency_key_of(request);
    return out;
}

Response answer(
    const Services& services,
    const Asker& asker,
    const std::string& register_name,
    const registers::Applied& applied,
    int status
) {
    publish_change(services, register_name, applied.position);
    Response response = entry_response(services, asker, register_name, applied.entry, status);
    if (applied.repeated) {
        response.headers.set("Idempotency-Replayed", "true");
    }
    return response;
}

Response open(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const std::string& name = path.at("register");
    registers::Request wish = request_of(request, name, "open");
    if (wish.backfill) {
        wish.action = "backfill";
    }
    const registers::Applied applied = services.registers.apply(asker.actor, wish);
    Response response = answer(services, asker, name, applied, 201);
    response.headers.set(
        "Location", "/api/v1/registers/" + name + "/entries/" + applied.entry.text()
    );
    return response;
}

Response act(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const std::string& name = path.at("register");
    registers::Request wish = request_of(request, name, path.at("action"));
    if (wish.action == "open") {
        throw Problem{ProblemKind::NotFound, "action.not_found", {{"action", "open"}}};
    }
    // What was backfilled is confirmed by naming the decision alone.
    if (wish.action == "backfill" && wish.backfill && wish.backfill->state.empty()) {
        wish.action = "confirm_backfill";
        wish.backfill.reset();
    }
    wish.entry = entry_of_path(services, asker, path);
    const registers::Applied applied = services.registers.apply(asker.actor, wish);
    return answer(services, asker, name, applied, 200);
}

Response show(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Id id = entry_of_path(services, asker, path);
    return entry_response(services, asker, path.at("register"), id, 200);
}

core::JsonArray groups_json(const registers::Naming& naming, Labels& labels) {
    core::JsonArray out;
    for (const registers::NamingGroup& group : naming.groups) {
        core::JsonArray entries;
        for (const registers::Entry& entry : group.entries) {
            labels.unit(entry.unit);
            entries.push_back(head_json(entry));
        }
        out.push_back(core::JsonObject{
            {"register", group.declared->name},
            {"field", group.field->name},
            {"field_title", texts_json(group.field->title)},
            {"view", text_json(group.view == nullptr ? std::string{} : group.view->name)},
            {"entries", std::move(entries)},
            {"more", group.more}
        });
    }
    return out;
}

Response show_links(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const registers::NamedEntry named{
        .register_name = path.at("register"),
        .id = entry_of_path(services, asker, path),
        .limit = limit_of(request, registers::kNamingDefault, registers::kNamingMax)
    };
    core::JsonObject json;
    services.store.read([&](store::Reader& reader) {
        Labels labels{services, reader, asker};
        json["links"] =
            groups_json(registers::naming(services.registers, reader, asker.actor, named), labels);
        json["labels"] = labels.json();
    });
    Response response = http::json_response(200, std::move(json));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

/// A file that the entry names, to whoever may read the entry (E29).
Response show_file(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const core::Id id = entry_of_path(services, asker, path);
    const std::string& name = path.at("register");
    std::optional<files::StoredFile> stored;
    std::string called;
    services.store.read([&](store::Reader& reader) {
        const auto entry = services.registers.entry(reader, asker.actor, name, id);
        const auto unseen = services.registers.unseen(reader, asker.actor, name, entry);
        for (const auto& claimed : services.files.claims_of(reader, asker.actor.org, name, id)) {
            const bool hidden = claimed.claim.field == kSignatureField &&
                                std::ranges::any_of(unseen, [&](const auto& signature) {
                                    return signature.scan == claimed.claim.hash.hex();
                                });
            if (claimed.claim.hash.hex() == path.at("hash") && !hidden) {
                stored = services.files.open(reader, asker.actor.org, claimed.claim.hash);
                called = claimed.claim.name;
            }
        }
    });
    if (!stored) {
        throw Problem{ProblemKind::NotFound, "file.not_found"};
    }
    Response response;
    response.content_type = stored->kind;
    response.file =
        http::FileBody{.path = stored->path, .size = static_cast<std::uint64_t>(stored->size)};
    // The browser's own viewer shows no sandboxed document; of all kinds only it is trusted so far.
    const bool shows = stored->kind == "application/pdf" && request.query.find("inline") == "true";
    response.headers.set(
        "Content-Disposition",
        (shows ? "inline; filename*=UTF-8''" : "attachment; filename*=UTF-8''") +
            http::percent_encode(called)
    );
    response.headers.set(
        "Content-Security-Policy", shows ? "script-src 'none'; frame-ancestors 'none'" : "sandbox"
    );
    return response;
}

}  // namespace

void add_entry_routes(http::Router& router, const Services& services) {
    using http::Method;
    const Routing route{router, services};
    route.brief("/api/v1/registers/{register}/entries/{id}", show);
    route(Method::Post, "/api/v1/registers/{register}/entries", open);
    route(Method::Post, "/api/v1/registers/{register}/entries/{id}/actions/{action}", act);
    route(Method::Get, "/api/v1/registers/{register}/entries/{id}/links", show_links);
    route(Method::Get, "/api/v1/registers/{register}/entries/{id}/files/{hash}", show_file);
}

}  // namespace duban::api
