#include "registers/desk.h"

#include <algorithm>
#include <optional>
#include <set>

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::Register;

/// Of a register and kind of step.
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

enum class Duty { Signature, Other };

std::vector<std::string> states_of(
    const access::Actor& actor, const Register& declared, Duty step
) {
    std::set<std::string> states;
    for (const Action& action : declared.procedure.actions) {
        const bool signs = !action.signatures.empty();
        if (signs != (step == Duty::Signature) || access::reach(actor, action.roles()).none()) {
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
std::optional<ListRequest> request_of(const Register& declared, std::vector<std::string> states) {
    for (const declarations::View& view : declared.views) {
        if (std::ranges::find(view.filters, "state") == view.filters.end()) {
            continue;
        }
        const bool by_due = std::ranges::find(view.sorts, "due") != view.sorts.end();
        ListRequest wish;
        wish.register_name = declared.name;
        wish.view = view.name;
        wish.filters = {{.field = "state", .values = std::move(states), .from = {}, .to = {}}};
        wish.sort = by_due ? "due" : "";
        wish.limit = kPerRegister;
        return wish;
    }
    return std::nullopt;
}

/// Gathers what waits for the actor, register after register.
class Gathering {
public:
    Gathering(
        const Registers& registers,
        const Listing& listing,
        store::Reader& reader,
        const access::Actor& actor
    )
        : registers_{registers}, listing_{listing}, reader_{reader}, actor_{actor} {}

    Desk run() {
        desk_.adopted = registers_.adopted();
        for (const Register* declared : desk_.adopted->model().registers()) {
            look(*declared);
        }
        return std::move(desk_);
    }

private:
    void look(const Register& declared) {
        const std::vector<declarations::Role> readers = declared.readers();
        if (!declared.home.here || access::reach(actor_, readers).none()) {
            return;
        }
        for (const Duty step : {Duty::Signature, Duty::Other}) {
            std::vector<std::string> states = states_of(actor_, declared, step);
            if (const auto wish =
                    states.empty() ? std::nullopt : request_of(declared, std::move(states))) {
                take(declared, *wish);
            }
        }
    }

    void take(const Register& declared, const ListRequest& wish) {
        const Page page = listing_.page(reader_, actor_, wish);
        desk_.complete = desk_.complete && page.next.empty();
        for (const Entry& entry : page.entries) {
            if (!seen_.insert(entry.id).second) {
                continue;
            }
            if (desk_.entries.size() >= kEntriesMax) {
                desk_.complete = false;
                return;
            }
            add(declared, page, entry);
        }
    }

    void add(const Register& declared, const Page& page, const Entry& entry) {
        std::vector<const Action*> actions;
        for (const auto& offer : registers_.offers(reader_, actor_, declared.name, entry)) {
            if (is_duty(declared, *offer.action, entry.state)) {
                actions.push_back(offer.action);
            }
        }
        if (!actions.empty()) {
            desk_.entries.push_back(
                {.declared = &declared,
                 .view = page.view,
                 .entry = entry,
                 .actions = std::move(actions),
                 .has_clock = has_clock(declared, entry)}
            );
        }
    }

    /// Whether a clock runs that the asker holds (P11).
    bool has_clock(const Register& declared, const Entry& entry) {
        if (entry.due_on.empty()) {
            return false;
        }
        const auto running = registers_.deadlines(reader_, actor_.org, declared.name, entry.id);
        return std::ranges::any_of(running, [&](const RunningDeadline& one) {
            const auto declared_as = std::ranges::find(
                declared.procedure.deadlines, one.name, &declarations::Deadline::name
            );
            if (!one.stopped_on.empty() || declared_as == declared.procedure.deadlines.end()) {
                return false;
            }
            const std::vector<declarations::Role> holder{declared_as->holder};
            return access::may(
                       actor_,
                       holder,
                       {.entry = entry.id, .unit = entry.unit, .opened_by = entry.opened_by}
            )
                .has_value();
        });
    }

    const Registers& registers_;
    const Listing& listing_;
    store::Reader& reader_;
    const access::Actor& actor_;
    Desk desk_;
    std::set<core::Id> seen_;
};

}  // namespace

Desk desk_of(
    const Registers& registers,
    const Listing& listing,
    store::Reader& reader,
    const access::Actor& actor
) {
    return Gathering{registers, listing, reader, actor}.run();
}

}  // namespace duban::registers
