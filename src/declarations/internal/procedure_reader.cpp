#include <algorithm>

#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kStatesMax = 60;
constexpr std::size_t kActionsMax = 100;

bool has_size(const Node& node, std::size_t most, const Values& values) {
    if (!values.is_map(node)) {
        return false;
    }
    if (node.items.empty() || node.items.size() > most) {
        values.faults().error(node.place, "value.count", {{"most", std::to_string(most)}});
        return false;
    }
    return true;
}

/// A state, and what it says expressly: the defaults depend on the actions.
struct ReadState {
    State state;
    std::optional<bool> final;
    bool backfillable = false;
};

ReadState read_state(const Node& name, const Node& node, const Values& values) {
    ReadState read;
    read.state.name = values.name(name).value_or(name.text);
    read.state.place = name.place;
    if (node.kind == Node::Kind::Null) {
        return read;
    }
    const MapReader map{node, kStateKeys, values, name.place};
    read.state.title = map.texts("title");
    read.state.ended_otherwise = map.boolean("ended_otherwise", false);
    read.state.backfillable = map.boolean("backfillable", true);
    read.backfillable = map.has("backfillable") && read.state.backfillable;
    if (map.has("final")) {
        read.final = map.boolean("final", false);
    }
    return read;
}

bool leads_on(const std::vector<Action>& actions, const std::string& state) {
    return std::any_of(actions.begin(), actions.end(), [&state](const Action& action) {
        const bool here =
            std::find(action.from.begin(), action.from.end(), state) != action.from.end();
        return here && (action.returns || (action.to && *action.to != state));
    });
}

/// `final:` as written; where it is not, a state from which nothing leads on is final. An action
/// that stays in it may renew its clocks: then it has to be said which of the two is meant.
void settle_final(ReadState& read, const std::vector<Action>& actions, Faults& faults) {
    const bool dead_end = !leads_on(actions, read.state.name);
    const bool stays = std::ranges::any_of(actions, [&read](const Action& action) {
        return std::ranges::find(action.from, read.state.name) != action.from.end();
    });
    read.state.final = read.final.value_or(dead_end) || read.state.ended_otherwise;
    if (dead_end && !stays && !read.state.final) {
        faults.error(read.state.place, "state.dead_end", {{"state", read.state.name}});
    }
    if (dead_end && stays && !read.final && !read.state.ended_otherwise) {
        faults.warn(read.state.place, "state.final_unsaid", {{"state", read.state.name}});
    }
}

/// States reached from the initial one by actions, or from one that says a backfill sets it; a
/// return only leads back to such a state.
void check_reached(
    const std::string& initial,
    const std::vector<ReadState>& states,
    const std::vector<Action>& actions,
    Faults& faults
) {
    std::set<std::string> reached;
    bool has_initial = false;
    for (const ReadState& read : states) {
        has_initial = has_initial || read.state.name == initial;
        if (read.state.name == initial || read.backfillable) {
            reached.insert(read.state.name);
        }
    }
    if (!has_initial) {
        return;
    }
    for (bool grew = true; grew;) {
        grew = false;
        for (const Action& action : actions) {
            const bool taken = std::any_of(
                action.from.begin(),
                action.from.end(),
                [&reached](const std::string& from) { return reached.contains(from); }
            );
            grew = (taken && action.to && reached.insert(*action.to).second) || grew;
        }
    }
    for (const ReadState& read : states) {
        if (!reached.contains(read.state.name)) {
            faults.error(read.state.place, "state.unreachable", {{"state", read.state.name}});
        }
    }
}

std::vector<ReadState> read_states(const MapReader& map, const Values& values) {
    std::vector<ReadState> states;
    const Node* node = map.load("states");
    if (node == nullptr || !has_size(*node, kStatesMax, values)) {
        return states;
    }
    for (std::size_t at = 0; at < node->items.size(); ++at) {
        states.push_back(read_state(node->keys[at], node->items[at], values));
    }
    return states;
}

}  // namespace

std::vector<std::string> known_names(
    const std::vector<Named>& names,
    std::span<const std::string_view> known,
    std::string_view code,
    const Values& values
) {
    std::vector<std::string> found;
    if (known.empty()) {
        return found;  // the list itself is missing or broken, which has been noted
    }
    for (const Named& name : names) {
        if (std::find(known.begin(), known.end(), name.text) != known.end()) {
            found.push_back(name.text);
        } else {
            values.unknown(name.place, code, name.text, known);
        }
    }
    return found;
}

Procedure read_procedure(
    const Node& node, const Register& declared, Pack& pack, const Values& values
) {
    const MapReader map{node, kProcedureKeys, values, node.place};
    Procedure procedure;
    std::vector<ReadState> states = read_states(map, values);

    Scope scope{.declared = declared, .pack = pack, .fields = {}, .states = {}, .actions = {}};
    for (const Field& field : declared.fields) {
        scope.fields.push_back(field.name);
    }
    for (const ReadState& read : states) {
        scope.states.push_back(read.state.name);
    }
    if (const Node* initial = map.load("initial")) {
        procedure.initial = initial->text;
        const std::vector<Named> names{{.text = initial->text, .place = initial->place}};
        static_cast<void>(known_names(names, scope.states, "state.unknown", values));
    }
    const Node* actions = map.load("actions");
    if (actions != nullptr && has_size(*actions, kActionsMax, values)) {
        for (const Node& key : actions->keys) {
            scope.actions.push_back(key.text);
        }
        procedure.actions = read_actions(*actions, scope, values);
    }
    if (const Node* deadlines = map.find("deadlines")) {
        procedure.deadlines = read_deadlines(*deadlines, scope, values);
    }
    check_reached(procedure.initial, states, procedure.actions, values.faults());
    for (ReadState& read : states) {
        settle_final(read, procedure.actions, values.faults());
        procedure.states.push_back(std::move(read.state));
    }
    return procedure;
}

}  // namespace duban::declarations
