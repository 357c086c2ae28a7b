#include <algorithm>

#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::int64_t kSignersMax = 20;
constexpr std::size_t kSignaturesMax = 10;

class ActionReader {
public:
    ActionReader(const MapReader& map, const Scope& scope, const Values& values)
        : map_{map}, scope_{scope}, values_{values} {}

    void read(Action& action) const {
        action.title = map_.texts("title");
        action.confirm = map_.boolean("confirm", false);
        action.blind = map_.boolean("blind", false);
        action.second_factor = map_.boolean("second_factor", false);
        if (const Node* run = map_.find("run")) {
            action.run = values_.name(*run).value_or("");
        }
        read_way(action);
        read_inputs(action);
        read_fields_changed(action);
        read_signatures(action);
        read_actors(action);
        action.apart_from =
            known_names(map_.names("apart_from"), scope_.actions, "action.unknown", values_);
        read_effects(action, map_, scope_, values_);
    }

private:
    void error(std::string_view key, std::string_view code, core::Params params = {}) const {
        values_.faults().error(map_.place_of(key), code, std::move(params));
    }

    void read_way(Action& action) const {
        if (action.name == "open") {
            for (const std::string_view key : {"from", "to", "returns"}) {
                if (map_.has(key)) {
                    error(key, "action.open_has_no_way", {{"key", std::string{key}}});
                }
            }
            return;
        }
        static_cast<void>(map_.load("from"));
        action.from = known_names(map_.names("from"), scope_.states, "state.unknown", values_);
        if (const Node* to = map_.find("to")) {
            const std::vector<Named> names{{.text = to->text, .place = to->place}};
            const auto known = known_names(names, scope_.states, "state.unknown", values_);
            action.to = known.empty() ? std::nullopt : std::optional{known.front()};
        }
        if (const Node* returns = map_.find("returns")) {
            constexpr std::string_view kEarlier[] = {"earlier"};
            action.returns = values_.word(*returns, kEarlier).has_value();
            if (map_.has("to")) {
                error("returns", "action.returns_and_to");
            }
        }
    }

    void read_inputs(Action& action) const {
        if (const Node* inputs = map_.find("inputs")) {
            action.inputs = declarations::read_fields(*inputs, FieldUse::Input, false, values_);
        }
        bool reason = false;
        for (const Field& input : action.inputs) {
            reason = reason || (input.name == "reason" && input.required);
            if (input.name == "to" || input.name == "pause_reason") {
                values_.faults().error(input.place, "input.reserved", {{"name", input.name}});
            }
        }
        if (action.returns && !reason) {
            error("returns", "action.returns_without_reason");
        }
    }

    void read_fields_changed(Action& action) const {
        if (map_.has("fields")) {
            action.fields =
                known_names(map_.names("fields"), scope_.fields, "field.unknown", values_);
            for (const std::string& name : action.fields) {
                if (scope_.declared.find_field(name)->set_by == SetBy::Procedure) {
                    error("fields", "field.set_by_procedure", {{"name", name}});
                }
            }
        } else if (action.name == "open") {
            for (const Field& field : scope_.declared.fields) {
                if (field.set_by == SetBy::Person) {
                    action.fields.push_back(field.name);
                }
            }
        }
        if (scope_.fields.empty()) {
            return;
        }
        std::vector<std::string_view> known = scope_.fields;
        for (const Field& input : action.inputs) {
            known.push_back(input.name);
        }
        action.need = known_names(map_.names("need"), known, "action.need_unknown", values_);
    }

    void read_signatures(Action& action) const {
        const Node* node = map_.find("signatures");
        if (node != nullptr && values_.is_list(*node)) {
            if (node->items.empty() || node->items.size() > kSignaturesMax) {
                values_.faults().error(
                    node->place, "value.count", {{"most", std::to_string(kSignaturesMax)}}
                );
            }
            for (const Node& item : node->items) {
                action.signatures.push_back(read_signature(item));
            }
        }
        if (map_.has("kinds")) {
            action.kinds.clear();
            for (const Named& kind : map_.names("kinds")) {
                const Node word{.kind = Node::Kind::Scalar, .text = kind.text, .place = kind.place};
                if (const auto known = values_.word<SignatureKind>(word, kSignatureKinds)) {
                    action.kinds.insert(*known);
                }
            }
        }
        if (node == nullptr) {
            for (const std::string_view key : {"kinds", "blind"}) {
                if (map_.has(key)) {
                    error(key, "action.no_signatures", {{"key", std::string{key}}});
                }
            }
        }
    }

    [[nodiscard]] SignatureRule read_signature(const Node& node) const {
        const MapReader map{node, kSignatureKeys, values_, node.place};
        SignatureRule rule;
        if (const Node* by = map.load("by")) {
            rule.by = values_.role(*by).value_or(Role{});
        }
        if (const Node* count = map.find("count")) {
            rule.count = read_count(*count, kSignersMax, scope_.pack, values_);
        }
        rule.title = map.texts("title");
        return rule;
    }

    void read_actors(Action& action) const {
        const Node* by = map_.find("by");
        if (by == nullptr) {
            if (action.signatures.empty()) {
                static_cast<void>(map_.load("by"));
            }
            return;
        }
        if (by->kind == Node::Kind::Scalar && by->text == "procedure") {
            action.reached_by_acts = true;
            return;
        }
        action.by = values_.roles(*by);
    }

    const MapReader& map_;
    const Scope& scope_;
    const Values& values_;
};

}  // namespace

std::vector<Action> read_actions(const Node& node, const Scope& scope, const Values& values) {
    std::vector<Action> actions;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        if (key.text == "backfill") {
            values.faults().error(key.place, "action.backfill_is_implicit");
        } else if (key.text == "confirm_backfill" || key.text == "recount") {
            values.faults().error(key.place, "action.reserved", {{"name", key.text}});
        }
        const MapReader map{node.items[at], kActionKeys, values, key.place};
        Action action;
        action.name = values.name(key).value_or(key.text);
        action.place = key.place;
        ActionReader{map, scope, values}.read(action);
        actions.push_back(std::move(action));
    }
    const bool opens = std::any_of(actions.begin(), actions.end(), [](const Action& action) {
        return action.name == "open";
    });
    if (!opens) {
        values.faults().error(node.place, "action.no_open");
    }
    return actions;
}

}  // namespace duban::declarations
