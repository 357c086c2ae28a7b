#include <algorithm>
#include <map>
#include <set>

#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/list_request.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "registers/reading.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Register;
using http::PathParams;
using http::Request;
using http::Response;
using registers::ListRequest;

bool may_open(const Asker& asker, const Register& declared) {
    const declarations::Action* open = declared.procedure.find_action("open");
    return open != nullptr && declared.home.here && !open->reached_by_acts &&
           !access::reach(asker.actor, open->by).none();
}

Response list_registers(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    core::JsonArray out;
    for (const Register* declared : adopted->model().registers()) {
        const bool opens = may_open(asker, *declared);
        if (!opens && !registers::reads_any(*adopted, asker.actor, *declared)) {
            continue;
        }
        const declarations::Pack* pack = adopted->model().find_pack(declared->pack);
        core::JsonArray views;
        for (const auto& view : declared->views) {
            views.emplace_back(view.name);
        }
        out.push_back(core::JsonObject{
            {"name", declared->name},
            {"pack", declared->pack},
            {"pack_title", pack == nullptr ? core::JsonObject{} : texts_json(pack->title)},
            {"title", texts_json(declared->title)},
            {"entry_title", texts_json(declared->entry_title)},
            {"home", declared->home.here ? std::string{"here"} : declared->home.system},
            {"sealed", declared->sealed},
            {"may_open", opens},
            {"views", std::move(views)}
        });
    }
    return http::json_response(200, core::JsonObject{{"registers", std::move(out)}});
}

const Register& readable(
    const Asker& asker, const registers::Adopted& adopted, const std::string& name
) {
    const Register& declared = *adopted.table(name).declared;
    if (!registers::reads_any(adopted, asker.actor, declared) && !may_open(asker, declared)) {
        throw Problem{ProblemKind::NotFound, "register.not_found", {{"register", name}}};
    }
    return declared;
}

Response show_register(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    const Register& declared = readable(asker, *adopted, path.at("register"));
    Response response =
        http::json_response(200, declaration_json(services, asker.actor.org, declared));
    response.headers.set("ETag", "\"" + adopted->digest(declared.pack) + "\"");
    return response;
}

Response show_counts(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    const Register& declared = readable(asker, *adopted, path.at("register"));
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        std::map<std::string, std::int64_t> states;
        std::map<core::Id, core::JsonObject> units;
        Labels labels{services, reader, asker};
        for (const auto& count : services.listing.counts(reader, asker.actor, declared.name)) {
            states[count.state] += count.entries;
            units[count.unit][count.state] = count.entries;
            labels.unit(count.unit);
        }
        core::JsonObject by_state;
        for (const auto& [state, entries] : states) {
            by_state[state] = entries;
        }
        core::JsonArray by_unit;
        for (auto& [unit, counts] : units) {
            by_unit.push_back(core::JsonObject{{"unit", unit.text()}, {"states", std::move(counts)}}
            );
        }
        const calendar::Date today = services.registers.today(asker.actor.org);
        out = {
            {"states", std::move(by_state)},
            {"units", std::move(by_unit)},
            {"overdue",
             services.listing.due_between(
                 reader, asker.actor, declared.name, "", today.plus_days(-1).text()
             )},
            {"due_in_10_days",
             services.listing.due_between(
                 reader, asker.actor, declared.name, today.text(), today.plus_days(10).text()
             )},
            {"labels", labels.json()}
        };
    });
    return http::json_response(200, std::move(out));
}

core::Json total_json(const std::optional<std::int64_t>& total) {
    if (!total) {
        return nullptr;
    }
    const bool exact = *total < registers::kTotalMax;
    return core::JsonObject{{"count", exact ? *total : registers::kTotalMax - 1}, {"exact", exact}};
}

Response list_entries(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const ListRequest wish = list_request(request, path.at("register"));
    core::JsonObject out;
    std::int64_t position = 0;
    services.store.read([&](store::Reader& reader) {
        const registers::Page page = services.listing.page(reader, asker.actor, wish);
        const Register& declared = *page.adopted->table(wish.register_name).declared;
        Labels labels{services, reader, asker};
        core::JsonArray entries;
        for (const registers::Entry& entry : page.entries) {
            entries.push_back(row_json(services, asker, declared, page.view, entry, labels));
        }
        out = {
            {"entries", std::move(entries)},
            {"next", text_json(page.next)},
            {"total", total_json(page.total)},
            {"labels", labels.json()}
        };
        position = services.journal.head(reader, asker.actor.org).size;
    });
    Response response = http::json_response(200, std::move(out));
    response.headers.set("Cache-Control", "private, no-store");
    response.headers.set("Duban-Position", std::to_string(position));
    return response;
}

}  // namespace

void add_register_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/registers", list_registers);
    route(http::Method::Get, "/api/v1/registers/{register}", show_register);
    route(http::Method::Get, "/api/v1/registers/{register}/counts", show_counts);
    route(http::Method::Get, "/api/v1/registers/{register}/entries", list_entries);
}

}  // namespace duban::api
