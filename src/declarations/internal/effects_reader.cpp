#include <algorithm>

#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kEffectsMax = 20;

/// The items of the list under `key`, none when it is absent or no list.
const std::vector<Node>& items_of(
    const MapReader& map, std::string_view key, const Values& values
) {
    static const std::vector<Node> kNone;
    const Node* node = map.find(key);
    if (node == nullptr || !values.is_list(*node)) {
        return kNone;
    }
    if (node->items.empty() || node->items.size() > kEffectsMax) {
        values.faults().error(node->place, "value.count", {{"most", std::to_string(kEffectsMax)}});
        return kNone;
    }
    return node->items;
}

void read_checks(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    for (const Node& item : items_of(map, "check", values)) {
        const MapReader one{item, kCheckKeys, values, item.place};
        Check check{.that = {}, .code = {}, .place = item.place};
        if (const Node* that = one.load("that")) {
            check.that = values.text(*that, kExpressionMax).value_or("");
            check.place = that->place;
        }
        if (const Node* code = one.load("code")) {
            check.code = code->text;
            if (!is_code(code->text)) {
                values.faults().error(code->place, "message.bad_code");
            } else if (!scope.pack.messages.contains(code->text)) {
                values.faults().error(code->place, "message.missing", {{"code", code->text}});
            }
        }
        action.checks.push_back(std::move(check));
    }
}

void read_sets(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    const Node* node = map.find("set");
    if (node == nullptr || !values.is_map(*node) || scope.fields.empty()) {
        return;
    }
    for (std::size_t at = 0; at < node->items.size(); ++at) {
        const Node& key = node->keys[at];
        const Field* field = scope.declared.find_field(key.text);
        if (field == nullptr) {
            values.unknown(key.place, "field.unknown", key.text, scope.fields);
            continue;
        }
        const bool scalar = field->type != FieldType::Computed && field->type != FieldType::Links &&
                            field->type != FieldType::Rows && !field->many;
        if (!scalar) {
            values.faults().error(key.place, "field.cannot_be_set", {{"name", key.text}});
        }
        const auto expression = values.text(node->items[at], kExpressionMax);
        action.sets.push_back(
            {.field = key.text,
             .expression = expression.value_or(""),
             .place = node->items[at].place}
        );
    }
}

/// The rows field of `opens: each`; nullptr when there is none.
const Field* find_list(const Scope& scope, const std::string& name) {
    const Field* field = name.empty() ? nullptr : scope.declared.find_field(name);
    return field != nullptr && field->type == FieldType::Rows ? field : nullptr;
}

/// The input named by `input('x')`; nullopt when `text` has another form.
std::optional<std::string_view> input_of(std::string_view text) {
    constexpr std::string_view kBefore = "input('";
    constexpr std::string_view kAfter = "')";
    if (!text.starts_with(kBefore) || !text.ends_with(kAfter) ||
        text.size() <= kBefore.size() + kAfter.size()) {
        return std::nullopt;
    }
    return text.substr(kBefore.size(), text.size() - kBefore.size() - kAfter.size());
}

void check_source(
    const Node& source,
    const Action& action,
    const Field* list,
    const Scope& scope,
    const Values& values
) {
    constexpr std::string_view kRow = "row.";
    std::vector<std::string_view> known = scope.fields;
    known.insert(known.end(), {"id", "unit", "number"});
    std::string_view name = source.text;
    if (list != nullptr && name.starts_with(kRow)) {
        known.clear();
        for (const Field& column : list->rows) {
            known.push_back(column.name);
        }
        name.remove_prefix(kRow.size());
    }
    if (const auto input = input_of(source.text)) {
        known.clear();
        for (const Field& field : action.inputs) {
            known.push_back(field.name);
        }
        name = *input;
    }
    if (source.kind != Node::Kind::Scalar) {
        values.faults().error(source.place, "value.not_text");
    } else if (std::find(known.begin(), known.end(), name) == known.end()) {
        values.unknown(source.place, "opens.unknown_source", name, known);
    }
}

void read_opens(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    for (const Node& item : items_of(map, "opens", values)) {
        const MapReader one{item, kOpensKeys, values, item.place};
        Opens opens{.register_name = {}, .each = {}, .set = {}, .place = item.place};
        if (const Node* each = one.find("each")) {
            opens.each = each->text;
            if (find_list(scope, opens.each) == nullptr) {
                values.faults().error(each->place, "opens.each_no_rows", {{"name", each->text}});
            }
        }
        if (const Node* name = one.load("register")) {
            opens.register_name = values.name(*name).value_or("");
            opens.place = name->place;
        }
        if (const Node* set = one.find("set"); set != nullptr && values.is_map(*set)) {
            for (std::size_t at = 0; at < set->items.size(); ++at) {
                const Field* list = find_list(scope, opens.each);
                check_source(set->items[at], action, list, scope, values);
                opens.set.emplace(set->keys[at].text, set->items[at].text);
            }
        }
        action.opens.push_back(std::move(opens));
    }
}

void read_acts(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    std::vector<std::string_view> links;
    for (const Field& field : scope.declared.fields) {
        if (field.type == FieldType::Link || field.type == FieldType::Links) {
            links.push_back(field.name);
        }
    }
    for (const Node& item : items_of(map, "acts", values)) {
        const MapReader one{item, kActsKeys, values, item.place};
        Acts acts{.on = {}, .action = {}, .place = item.place};
        if (const Node* on = one.load("on")) {
            acts.on = on->text;
            if (std::find(links.begin(), links.end(), on->text) == links.end()) {
                values.unknown(on->place, "acts.no_link", on->text, links);
            }
        }
        if (const Node* name = one.load("action")) {
            acts.action = values.name(*name).value_or("");
            acts.place = name->place;
        }
        action.acts.push_back(std::move(acts));
    }
}

void read_move(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    const Node* node = map.find("unit");
    if (node == nullptr) {
        return;
    }
    action.moves_to = node->text;
    const auto input = input_of(node->text);
    const std::vector<Field>& fields = input ? action.inputs : scope.declared.fields;
    const std::string_view name = input.value_or(node->text);
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& one) {
        return one.name == name;
    });
    if (field == fields.end() || field->type != FieldType::Unit || action.name == "open") {
        values.faults().error(node->place, "action.unit_no_unit", {{"name", node->text}});
    }
}

}  // namespace

void read_effects(Action& action, const MapReader& map, const Scope& scope, const Values& values) {
    read_checks(action, map, scope, values);
    read_sets(action, map, scope, values);
    read_opens(action, map, scope, values);
    read_acts(action, map, scope, values);
    read_move(action, map, scope, values);
}

}  // namespace duban::declarations
