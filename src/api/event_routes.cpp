#include <set>

#include "api/asking.h"
#include "api/changes.h"
#include "api/routes.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;

std::set<std::string> readable_of(const Services& services, const Asker& asker) {
    std::set<std::string> readable;
    for (const auto& scope : services.follower.scopes(asker.actor)) {
        readable.insert(scope.register_name);
    }
    return readable;
}

/// Position only, of registers the asker may read; sealed ones are never published (E23).
http::EventFeed open_feed(const Services& services, const Request& request) {
    const Asker asker = ask(services, request);
    const std::set<std::string> readable = readable_of(services, asker);
    return {
        .wants = [readable](const http::Event& event) { return readable.contains(event.topic); },
        // Who may read other registers than before connects again and is asked anew.
        .is_allowed =
            [&services, request, readable] {
                return readable_of(services, ask(services, request)) == readable;
            },
        .first = {}
    };
}

}  // namespace

void publish_change(
    const Services& services, const std::string& register_name, std::int64_t position
) {
    services.events.publish(
        {.topic = register_name,
         .name = "register",
         .id = std::to_string(position + 1),
         .data = core::json_text(
             core::JsonObject{{"register", register_name}, {"position", position + 1}}
         )}
    );
}

void add_event_routes(http::Router& router, const Services& services) {
    router.add_events(
        "/api/v1/events",
        services.events,
        [&services](const Request& request, const PathParams&) {
            return open_feed(services, request);
        }
    );
}

}  // namespace duban::api
