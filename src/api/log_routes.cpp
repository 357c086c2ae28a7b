#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "api/administration.h"
#include "api/declaration_json.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "journal/tile_path.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr std::int64_t kRecordsMax = 1000;
/// No position behind it could be counted.
constexpr std::int64_t kLastBundle =
    std::numeric_limits<std::int64_t>::max() / journal::kTileWidth - 1;

std::optional<std::int64_t> find_number(std::string_view text) {
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
    return whole && value >= 0 ? std::optional{value} : std::nullopt;
}

core::OrgId org_of(const PathParams& path) {
    const auto value = find_number(path.at("org"));
    if (!value) {
        throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
    }
    return {*value};
}

/// A parameter that counts; `otherwise` when it is absent.
std::int64_t number_parameter(
    const Request& request, std::string_view name, std::int64_t otherwise
) {
    const auto text = request.query.find(name);
    const auto value = text ? find_number(*text) : std::optional{otherwise};
    if (!value) {
        throw core::Problem{
            core::ProblemKind::Invalid, "query.value_malformed", {{"field", std::string{name}}}
        };
    }
    return *value;
}

/// C2SP tlog-tiles: the newest signed tree head; made at once when the head has grown.
Response show_checkpoint(const Services& services, const Request&, const PathParams& path) {
    const core::OrgId org = org_of(path);
    static_cast<void>(services.registers.profile(org));  // an unknown org is refused
    Response response = http::text_response(
        200, services.checkpoints.sign(services.store, org, services.clock.now())
    );
    response.headers.set("Cache-Control", "no-cache");
    return response;
}

Response show_key(const Services& services, const Request&, const PathParams& path) {
    static_cast<void>(services.registers.profile(org_of(path)));
    return http::text_response(200, services.checkpoints.verifier_key() + "\n");
}

/// RFC 9162 2.1.4: that the tree of `to` records begins with that of `from`.
Response show_consistency(
    const Services& services, const Request& request, const PathParams& path
) {
    const core::OrgId org = org_of(path);
    static_cast<void>(services.registers.profile(org));
    const std::int64_t from = number_parameter(request, "from", 0);
    core::JsonArray proof;
    std::int64_t to = 0;
    services.store.read([&](store::Reader& reader) {
        const std::int64_t size = services.journal.head(reader, org).size;
        to = number_parameter(request, "to", size);
        if (from < 1 || from > to || to > size) {
            throw core::Problem{
                core::ProblemKind::Invalid, "query.value_malformed", {{"field", "from"}}
            };
        }
        for (const crypto::Hash& hash : services.journal.consistency_proof(reader, org, from, to)) {
            proof.emplace_back(hash.hex());
        }
    });
    return http::json_response(
        200, core::JsonObject{{"from", from}, {"to", to}, {"proof", std::move(proof)}}
    );
}

constexpr std::string_view kForEver = "public, max-age=31536000, immutable";

[[noreturn]] void refuse_tile() {
    throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
}

journal::TilePath tile_path_of(const std::string& text) {
    const auto path = journal::parse_tile_path(text);
    if (!path) {
        refuse_tile();
    }
    return *path;
}

Response tile_response(std::string bytes, std::string_view keep) {
    Response response = http::text_response(200, std::move(bytes), "application/octet-stream");
    response.headers.set("Cache-Control", keep);
    return response;
}

/// C2SP tlog-tiles: hashes of the tree, from which anybody computes every proof. They tell of no
/// entry more than that there is a record (E24). What a path names never changes.
Response show_tile(const Services& services, const Request&, const PathParams& path) {
    const core::OrgId org = org_of(path);
    static_cast<void>(services.registers.profile(org));
    const journal::TilePath wanted = tile_path_of(path.at("tile"));
    std::string bytes;
    services.store.read([&](store::Reader& reader) {
        bytes.clear();
        const std::int64_t size = services.journal.head(reader, org).size;
        const auto hashes = services.journal.tile(reader, org, wanted.place, size);
        if (hashes.size() < static_cast<std::size_t>(wanted.width)) {
            refuse_tile();
        }
        for (const crypto::Hash& hash :
             std::span{hashes}.first(static_cast<std::size_t>(wanted.width))) {
            bytes.append(hash.view());
        }
    });
    return tile_response(std::move(bytes), kForEver);
}

void refuse_other_than_audit(const Asker& asker) {
    if (!asker.actor.has_role(access::kAuditAdmin)) {
        throw core::Problem{core::ProblemKind::Forbidden, "journal.not_yours"};
    }
}

/// The leaves of a tile, each after its length in two bytes: they name actors, entries and times.
Response show_bundle(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    refuse_other_than_audit(asker);
    const core::OrgId org = org_of(path);
    const journal::TilePath wanted = tile_path_of("entries/" + path.at("tile"));
    if (org != asker.actor.org || wanted.place.index > kLastBundle) {
        refuse_tile();
    }
    std::string bytes;
    std::int64_t count = 0;
    services.store.read([&](store::Reader& reader) {
        bytes.clear();
        count = 0;
        const std::int64_t first = wanted.place.index * journal::kTileWidth;
        services.journal.for_each(reader, org, first, [&](const journal::Record& record) {
            if (record.position != first + count) {
                throw core::Problem{
                    core::ProblemKind::Corrupt,
                    "journal.record_missing",
                    {{"detail", std::to_string(first + count)}}
                };
            }
            bytes.push_back(static_cast<char>(record.leaf.size() >> 8U));
            bytes.push_back(static_cast<char>(record.leaf.size() & 0xFFU));
            bytes.append(record.leaf);
            return ++count < wanted.width;
        });
    });
    if (count < wanted.width) {
        refuse_tile();
    }
    return tile_response(std::move(bytes), "private, no-store");
}

/// The titles of registers and actions that leaves name, as the packs in force have them.
class LeafWords {
public:
    explicit LeafWords(const Services& services) : adopted_{services.registers.find_adopted()} {}

    /// A leaf that somebody damaged names nothing; what is wrong with it, others say.
    void add(const std::string& leaf) {
        const auto read = core::find_json(leaf);
        const std::string name = read ? core::find_string(*read, "register").value_or("") : "";
        const declarations::Register* declared =
            adopted_ == nullptr ? nullptr : adopted_->model().find_register(name);
        if (declared == nullptr) {
            return;
        }
        core::JsonObject& actions = words_[name];
        const std::string action = core::find_string(*read, "action").value_or("");
        if (const auto* found = declared->procedure.find_action(action)) {
            actions[action] = texts_json(found->title);
        }
    }

    [[nodiscard]] core::JsonObject json() const {
        core::JsonObject out;
        for (const auto& [name, actions] : words_) {
            const declarations::Register* declared = adopted_->model().find_register(name);
            out[name] =
                core::JsonObject{{"title", texts_json(declared->title)}, {"actions", actions}};
        }
        return out;
    }

private:
    std::shared_ptr<const registers::Adopted> adopted_;
    std::map<std::string, core::JsonObject> words_;
};

/// Leaves as they are hashed, in order: no salts, no values. To the audit administrator.
Response list_records(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    refuse_other_than_audit(asker);
    const std::int64_t from = number_parameter(request, "from", 0);
    const std::int64_t limit =
        std::clamp<std::int64_t>(number_parameter(request, "limit", 100), 1, kRecordsMax);
    core::JsonArray records;
    LeafWords words{services};
    std::int64_t size = 0;
    services.store.read([&](store::Reader& reader) {
        size = services.journal.head(reader, asker.actor.org).size;
        services.journal
            .for_each(reader, asker.actor.org, from, [&](const journal::Record& record) {
                records.push_back(
                    core::JsonObject{{"position", record.position}, {"leaf", record.leaf}}
                );
                words.add(record.leaf);
                return static_cast<std::int64_t>(records.size()) < limit;
            });
    });
    return http::json_response(
        200,
        core::JsonObject{{"size", size}, {"records", std::move(records)}, {"words", words.json()}}
    );
}

}  // namespace

void add_log_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/log/{org}/checkpoint", show_checkpoint);
    route(http::Method::Get, "/log/{org}/key", show_key);
    route(http::Method::Get, "/log/{org}/consistency", show_consistency);
    route(http::Method::Get, "/log/{org}/tile/{tile...}", show_tile);
    route(http::Method::Get, "/log/{org}/tile/entries/{tile...}", show_bundle);
    route(http::Method::Get, "/api/v1/journal", list_records);
}

}  // namespace duban::api
