#include <algorithm>

#include "calendar/date.h"
#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kMembersMax = 500;
constexpr std::int64_t kExactMost = 9'007'199'254'740'991;

bool is_small_map(const Node& node, const Values& values) {
    if (!values.is_map(node)) {
        return false;
    }
    if (node.items.size() > kMembersMax) {
        values.faults().error(
            node.place, "value.too_many", {{"most", std::to_string(kMembersMax)}}
        );
        return false;
    }
    return true;
}

/// `major.minor.patch` of digits.
bool is_version(std::string_view text) {
    int parts = 1;
    bool digit_before = false;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c != '.' || !digit_before)) {
            return false;
        }
        parts += digit ? 0 : 1;
        digit_before = digit;
    }
    return digit_before && parts == 3;
}

std::vector<RoleTitle> read_role_titles(const Node& node, const Values& values) {
    std::vector<RoleTitle> roles;
    if (!is_small_map(node, values)) {
        return roles;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        if (const auto name = values.name(node.keys[at])) {
            roles.push_back({.name = *name, .title = values.texts(node.items[at])});
        }
    }
    return roles;
}

std::map<std::string, core::Texts> read_messages(const Node& node, const Values& values) {
    std::map<std::string, core::Texts> messages;
    if (!is_small_map(node, values)) {
        return messages;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& code = node.keys[at];
        if (!is_code(code.text)) {
            values.faults().error(code.place, "message.bad_code");
        }
        messages.emplace(code.text, values.texts(node.items[at]));
    }
    return messages;
}

core::Json read_initial(const Node& node, const Parameter& parameter, const Values& values) {
    if (parameter.type == "integer") {
        return values.integer(node, parameter.least.value_or(-kExactMost), kExactMost).value_or(0);
    }
    if (parameter.type == "boolean") {
        return values.boolean(node).value_or(false);
    }
    if (parameter.type == "date" && !calendar::Date::parse(node.text)) {
        values.faults().error(node.place, "field.bad_default");
    }
    return core::Json(values.text(node, kTextMax).value_or(""));
}

Parameter read_parameter(const Node& node, const Node& name, const Values& values) {
    const MapReader map{node, kParameterKeys, values, name.place};
    Parameter parameter;
    parameter.name = values.name(name).value_or(name.text);
    parameter.title = map.texts("title");
    if (const Node* type = map.load("type")) {
        parameter.type = values.word(*type, kParameterTypes).value_or("text");
    }
    parameter.source = map.text("source", kTextMax);
    parameter.counts_signatures = map.boolean("counts_signatures", false);
    if (const Node* least = map.find("least")) {
        parameter.least = values.integer(*least, -kExactMost, kExactMost);
        if (parameter.type != "integer") {
            values.faults().error(
                map.place_of("least"),
                "field.key_not_for_type",
                {{"key", "least"}, {"type", parameter.type}}
            );
        }
    }
    if (const Node* initial = map.load("default")) {
        parameter.initial = read_initial(*initial, parameter, values);
    }
    return parameter;
}

}  // namespace

std::optional<Pack> read_pack_file(const Node& root, const Values& values) {
    const MapReader map{root, kPackKeys, values, root.place};
    if (root.kind != Node::Kind::Map) {
        return std::nullopt;
    }
    Pack pack;
    if (const Node* name = map.load("name")) {
        pack.name = values.name(*name).value_or("");
    }
    if (const Node* version = map.load("version")) {
        pack.version = version->text;
        if (!is_version(version->text)) {
            values.faults().error(version->place, "pack.bad_version");
        }
    }
    pack.title = map.texts("title");
    for (const Named& need : map.names("needs")) {
        pack.needs.push_back(need.text);
    }
    if (const Node* roles = map.find("roles")) {
        pack.roles = read_role_titles(*roles, values);
    }
    if (const Node* parameters = map.find("parameters");
        parameters != nullptr && is_small_map(*parameters, values)) {
        for (std::size_t at = 0; at < parameters->items.size(); ++at) {
            pack.parameters.push_back(
                read_parameter(parameters->items[at], parameters->keys[at], values)
            );
        }
    }
    if (const Node* messages = map.find("messages")) {
        pack.messages = read_messages(*messages, values);
    }
    return pack;
}

Count read_count(const Node& node, std::int64_t most, Pack& pack, const Values& values) {
    if (node.kind != Node::Kind::Map) {
        return {.value = values.integer(node, 1, most).value_or(1), .parameter = {}};
    }
    const MapReader map{node, kCountKeys, values, node.place};
    const Node* name = map.load("param");
    if (name == nullptr) {
        return {};
    }
    std::vector<std::string_view> known;
    for (Parameter& parameter : pack.parameters) {
        known.push_back(parameter.name);
        if (parameter.name != name->text) {
            continue;
        }
        const bool counts = parameter.type == "integer" && parameter.least.value_or(0) >= 1;
        if (!counts) {
            values.faults().error(name->place, "parameter.cannot_count", {{"name", name->text}});
        }
        parameter.counts_signatures = true;
        const std::int64_t initial =
            parameter.initial.is_int64() ? parameter.initial.as_int64() : 1;
        if (initial > most) {
            values.faults().error(
                name->place, "value.not_integer", {{"least", "1"}, {"most", std::to_string(most)}}
            );
        }
        return {.value = initial, .parameter = parameter.name};
    }
    values.unknown(name->place, "parameter.unknown", name->text, known);
    return {};
}

}  // namespace duban::declarations
