#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"
#include "registers/decisions.h"
#include "registers/desk.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

core::JsonObject desk_entry_json(
    const Services& services, const Asker& asker, const registers::DeskEntry& one, Labels& labels
) {
    core::JsonArray actions;
    for (const declarations::Action* action : one.actions) {
        actions.push_back(
            core::JsonObject{{"name", action->name}, {"signs", !action->signatures.empty()}}
        );
    }
    core::JsonObject json = row_json(services, asker, *one.declared, one.view, one.entry, labels);
    json.erase("fields");
    json["register"] = one.declared->name;
    json["clock"] = one.has_clock;
    json["actions"] = std::move(actions);
    return json;
}

Response show_desk(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        const registers::Desk desk =
            registers::desk_of(services.registers, services.listing, reader, asker.actor);
        Labels labels{services, reader, asker};
        core::JsonArray entries;
        for (const registers::DeskEntry& one : desk.entries) {
            entries.emplace_back(desk_entry_json(services, asker, one, labels));
        }
        out = {
            {"entries", std::move(entries)}, {"complete", desk.complete}, {"labels", labels.json()}
        };
    });
    return http::json_response(200, std::move(out));
}

/// The decisions of backfill that name the asker: only those two can use one (P08).
Response list_decisions(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    core::JsonArray out;
    services.store.read([&](store::Reader& reader) {
        out.clear();
        for (const registers::Decision& one : registers::decisions(reader, asker.actor.org)) {
            if (asker.actor.person != one.recorder && asker.actor.person != one.checker) {
                continue;
            }
            core::JsonArray names;
            for (const std::string& name : one.registers) {
                names.emplace_back(name);
            }
            out.push_back(core::JsonObject{
                {"id", one.id.text()},
                {"title", one.title},
                {"paper", one.paper},
                {"registers", std::move(names)},
                {"from", one.from.text()},
                {"to", one.to.text()},
                {"decided_on", one.decided_on.text()},
                {"as", asker.actor.person == one.recorder ? "recorder" : "checker"}
            });
        }
    });
    return http::json_response(200, core::JsonObject{{"decisions", std::move(out)}});
}

}  // namespace

void add_desk_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/desk", show_desk);
    route(http::Method::Get, "/api/v1/decisions", list_decisions);
}

}  // namespace duban::api
