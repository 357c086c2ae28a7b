#include <algorithm>
#include <set>

#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "registers/decisions.h"

namespace duban::api {

namespace {

using declarations::Action;
using declarations::Register;
using http::PathParams;
using http::Request;
using http::Response;

constexpr std::size_t kPerRegister = 30;
constexpr std::size_t kEntriesMax = 200;

std::size_t place_of(const Register& declared, const std::string& state) {
    const auto& states = declared.procedure.states;
    return static_cast<std::size_t>(
        std::ranges::find(states, state, &declarations::State::name) - states.begin()
    );
}

/// Whether the action brings the entry to a state that is no ending of another kind.
bool is_step(const Register& declared, const Action& action) {
    return action.to && !action.returns &&
           !declared.procedure.states.at(place_of(declared, *action.to)).ended_otherwise;
}

/// Whether the action takes an entry on from `state`: to the same or a later one.
bool leads_on(const Register& declared, const Action& action, const std::string& state) {
    return is_step(declared, action) && place_of(declared, *action.to) >= place_of(declared, state);
}

/// What is done by a person from this state at all.
bool is_taken(const Action& action, const std::string& state) {
    return !action.reached_by_acts && std::ranges::find(action.from, state) != action.from.end();
}

/// A step that somebody waits for: it leads on, or nothing does from here (an objection is decided
/// back).
bool is_duty(const Register& declared, const Action& action, const std::string& state) {
    if (!is_taken(action, state) || !is_step(declared, action)) {
        return false;
    }
    const bool something_leads_on =
        std::ranges::any_of(declared.procedure.actions, [&](const Action& other) {
            return is_taken(other, state) && leads_on(declared, other, state);
        });
    return something_leads_on ? leads_on(declared, action, state) : true;
}

std::vector<declarations::Role> roles_of(const Action& action) {
    std::vector<declarations::Role> roles = action.by;
    for (const auto& rule : action.signatures) {
        roles.push_back(rule.by);
    }
    return roles;
}

enum class Step { Signature, Other };

std::vector<std::string> states_of(const Asker& asker, const Register& declared, Step step) {
    std::set<std::string> states;
    for (const Action& action : declared.procedure.actions) {
        const bool signs = !action.signatures.empty();
        if (signs != (step == Step::Signature) ||
            access::reach(asker.actor, roles_of(action)).none()) {
            continue;
        }
        for (const std::string& state : action.from) {
            if (is_duty(declared, action, state)) {
                states.insert(state);
            }
        }
    }
    return {states.begin(), states.end()};
}

/// The first view that filters by state, by the nearest deadline where it can be sorted so.
std::optional<registers::ListRequest> request_of(
    const Register& declared, std::vector<std::string> states
) {
    for (const declarations::View& view : declared.views) {
        if (std::ranges::find(view.filters, "state") == view.filters.end()) {
            continue;
        }
        const bool by_due = std::ranges::find(view.sorts, "due") != view.sorts.end();
        registers::ListRequest wish;
        wish.register_name = declared.name;
        wish.view = view.name;
        wish.filters = {{.field = "state", .values = std::move(states), .from = {}, .to = {}}};
        wish.sort = by_due ? "due" : "";
        wish.limit = kPerRegister;
        return wish;
    }
    return std::nullopt;
}

/// Gathers what waits for the asker, register after register.
class Desk {
public:
    Desk(const Services& services, store::Reader& reader, const Asker& asker)
        : services_{services}, reader_{reader}, asker_{asker}, labels_{services, reader, asker} {}

    void look(const Register& declared) {
        const std::vector<declarations::Role> readers = declared.readers();
        if (!declared.home.here || access::reach(asker_.actor, readers).none()) {
            return;
        }
        for (const Step step : {Step::Signature, Step::Other}) {
            std::vector<std::string> states = states_of(asker_, declared, step);
            if (const auto wish =
                    states.empty() ? std::nullopt : request_of(declared, std::move(states))) {
                take(declared, *wish);
            }
        }
    }

    core::JsonObject json() {
        return {
            {"entries", std::move(entries_)}, {"complete", complete_}, {"labels", labels_.json()}
        };
    }

private:
    void take(const Register& declared, const registers::ListRequest& wish) {
        const registers::Page page = services_.listing.page(reader_, asker_.actor, wish);
        complete_ = complete_ && page.next.empty();
        for (const registers::Entry& entry : page.entries) {
            if (!seen_.insert(entry.id).second) {
                continue;
            }
            if (entries_.size() >= kEntriesMax) {
                complete_ = false;
                return;
            }
            add(declared, page, entry);
        }
    }

    void add(const Register& declared, const registers::Page& page, const registers::Entry& entry) {
        core::JsonArray actions;
        for (const auto& offer :
             services_.registers.offers(reader_, asker_.actor, declared.name, entry)) {
            if (is_duty(declared, *offer.action, entry.state)) {
                actions.push_back(core::JsonObject{
                    {"name", offer.action->name}, {"signs", !offer.action->signatures.empty()}
                });
            }
        }
        if (actions.empty()) {
            return;
        }
        core::JsonObject json = row_json(services_, asker_, declared, page.view, entry, labels_);
        json.erase("fields");
        json["register"] = declared.name;
        json["clock"] = has_clock(declared, entry);
        json["actions"] = std::move(actions);
        labels_.unit(entry.unit);
        entries_.emplace_back(std::move(json));
    }

    /// Whether a clock runs that the asker holds (P11).
    bool has_clock(const Register& declared, const registers::Entry& entry) {
        if (entry.due_on.empty()) {
            return false;
        }
        const auto running =
            services_.registers.deadlines(reader_, asker_.actor.org, declared.name, entry.id);
        return std::ranges::any_of(running, [&](const registers::RunningDeadline& one) {
            const auto declared_as = std::ranges::find(
                declared.procedure.deadlines, one.name, &declarations::Deadline::name
            );
            if (!one.stopped_on.empty() || declared_as == declared.procedure.deadlines.end()) {
                return false;
            }
            const std::vector<declarations::Role> holder{declared_as->holder};
            return access::may(
                       asker_.actor,
                       holder,
                       {.entry = entry.id, .unit = entry.unit, .opened_by = entry.opened_by}
            )
                .has_value();
        });
    }

    const Services& services_;
    store::Reader& reader_;
    const Asker& asker_;
    Labels labels_;
    core::JsonArray entries_;
    std::set<core::Id> seen_;
    bool complete_ = true;
};

Response show_desk(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    core::JsonObject out;
    services.store.read([&](store::Reader& reader) {
        Desk desk{services, reader, asker};
        for (const Register* declared : adopted->model().registers()) {
            desk.look(*declared);
        }
        out = desk.json();
    });
    return http::json_response(200, out);
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
    router.add(
        http::Method::Get,
        "/api/v1/desk",
        [&services](const Request& request, const PathParams& path) {
            return show_desk(services, request, path);
        }
    );
    router.add(
        http::Method::Get,
        "/api/v1/decisions",
        [&services](const Request& request, const PathParams& path) {
            return list_decisions(services, request, path);
        }
    );
}

}  // namespace duban::api
