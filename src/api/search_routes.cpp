#include <chrono>
#include <thread>

#include "api/entry_json.h"
#include "api/list_request.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr std::size_t kLimit = 20;
constexpr std::size_t kLimitMax = 100;

/// `Duban-Wait: n`: up to a second until the index has followed the journal to n (E08).
void wait_for_index(const Services& services, const Asker& asker, const Request& request) {
    const auto header = request.headers.find("Duban-Wait");
    if (!header || header->empty() || header->size() > 18 ||
        header->find_first_not_of("0123456789") != std::string_view::npos) {
        return;
    }
    const std::int64_t wanted = std::stoll(std::string{*header});
    constexpr int kTries = 50;
    for (int tries = 0; tries < kTries; ++tries) {
        std::int64_t position = 0;
        services.store.read([&](store::Reader& reader) {
            position = services.follower.position(reader, asker.actor.org);
        });
        if (position >= wanted) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

std::vector<search::SearchScope> scopes_of(
    const Services& services, const Asker& asker, const Request& request
) {
    std::vector<search::SearchScope> scopes = services.follower.scopes(asker.actor);
    const auto wanted = request.query.all("register");
    if (!wanted.empty()) {
        std::erase_if(scopes, [&](const search::SearchScope& scope) {
            return std::find(wanted.begin(), wanted.end(), scope.register_name) == wanted.end();
        });
    }
    return scopes;
}

Response find(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const std::string words{request.query.find("q").value_or("")};
    if (words.empty()) {
        throw core::Problem{core::ProblemKind::Invalid, "search.empty"};
    }
    wait_for_index(services, asker, request);
    core::JsonObject out;
    std::int64_t position = 0;
    services.store.read([&](store::Reader& reader) {
        const auto answer = services.search.find(
            reader,
            {.org = asker.actor.org,
             .words = words,
             .scopes = scopes_of(services, asker, request),
             .limit = limit_of(request, kLimit, kLimitMax)}
        );
        Labels labels{services, reader, asker};
        core::JsonArray hits;
        for (const search::SearchHit& hit : answer.hits) {
            // The index follows; what an entry lets one read now decides.
            const auto entry =
                services.registers.find_entry(reader, asker.actor, hit.register_name, hit.id);
            if (!entry) {
                continue;
            }
            labels.unit(entry->unit);
            hits.push_back(core::JsonObject{
                {"register", hit.register_name},
                {"id", hit.id.text()},
                {"number", text_json(entry->number)},
                {"title", title_of(*entry)},
                {"unit", entry->unit.text()},
                {"state", entry->state}
            });
        }
        const bool exact = answer.total < search::kTotalMax;
        out = {
            {"hits", std::move(hits)},
            {"total",
             core::JsonObject{
                 {"count", exact ? answer.total : search::kTotalMax - 1}, {"exact", exact}
             }},
            {"labels", labels.json()}
        };
        position = services.follower.position(reader, asker.actor.org);
    });
    Response response = http::json_response(200, std::move(out));
    response.headers.set("Duban-Position", std::to_string(position));
    return response;
}

}  // namespace

void add_search_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/search", find);
}

}  // namespace duban::api
