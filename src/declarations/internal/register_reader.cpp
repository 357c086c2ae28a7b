#include <algorithm>

#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kNumberFormatMax = 60;

Home read_home(const Node& node, const Values& values) {
    if (node.kind == Node::Kind::Scalar && node.text == "here") {
        return {};
    }
    const MapReader map{node, kHomeKeys, values, node.place};
    const Node* system = map.load("system");
    return {
        .here = false,
        .system = system == nullptr ? "" : values.text(*system, kTextMax).value_or("")
    };
}

/// A format has `{seq}` or `{seq:n}` once, and beside it only `{year}` and `{unit}`.
bool is_number_format(std::string_view format) {
    int sequences = 0;
    while (true) {
        const auto open = format.find_first_of("{}");
        if (open == std::string_view::npos) {
            return sequences == 1;
        }
        const auto close = format.find('}', open);
        if (format[open] == '}' || close == std::string_view::npos) {
            return false;
        }
        const std::string_view name = format.substr(open + 1, close - open - 1);
        const bool width =
            name.size() == 5 && name.starts_with("seq:") && name[4] >= '1' && name[4] <= '9';
        if (name == "seq" || width) {
            ++sequences;
        } else if (name != "year" && name != "unit") {
            return false;
        }
        format.remove_prefix(close + 1);
    }
}

NumberRule read_number(const Node& node, const Procedure& procedure, const Values& values) {
    const MapReader map{node, kNumberKeys, values, node.place};
    NumberRule rule;
    rule.at = "open";
    if (const Node* format = map.load("format")) {
        rule.format = values.text(*format, kNumberFormatMax).value_or("{seq}");
        if (!is_number_format(rule.format)) {
            values.faults().error(format->place, "number.bad_format");
        }
    }
    std::vector<std::string_view> actions;
    for (const Action& action : procedure.actions) {
        actions.push_back(action.name);
    }
    for (const Named& at : map.names("at")) {
        rule.at = at.text;
        static_cast<void>(known_names({at}, actions, "action.unknown", values));
    }
    rule.gapless = map.boolean("gapless", true);
    return rule;
}

std::vector<std::string> read_serves(const MapReader& map, const Values& values) {
    std::vector<std::string> rows;
    for (const Named& row : map.names("serves")) {
        const bool good = row.text.size() == 3 && row.text[0] == 'M' &&
                          row.text.find_first_not_of("0123456789", 1) == std::string::npos;
        if (!good) {
            values.faults().error(row.place, "register.bad_row", {{"text", row.text}});
        }
        rows.push_back(row.text);
    }
    return rows;
}

/// `register.field`; whether there is such a field is seen when every pack is (ModelCheck).
std::vector<ReadThrough> read_ways(const MapReader& map) {
    std::vector<ReadThrough> ways;
    for (const Named& way : map.names("read_through")) {
        const auto dot = way.text.find('.');
        ways.push_back(
            {.register_name = way.text.substr(0, dot),
             .field = dot == std::string::npos ? std::string{} : way.text.substr(dot + 1),
             .place = way.place}
        );
    }
    return ways;
}

}  // namespace

std::optional<Register> read_register(const Node& root, Pack& pack, const Values& values) {
    const MapReader map{root, kRegisterKeys, values, root.place};
    if (root.kind != Node::Kind::Map) {
        return std::nullopt;
    }
    Register declared;
    declared.pack = pack.name;
    declared.place = root.place;
    if (const Node* name = map.load("register")) {
        declared.name = values.sql_name(*name).value_or(name->text);
        declared.place = name->place;
    }
    declared.title = map.texts("title");
    declared.entry_title = map.texts("entry_title");
    declared.serves = read_serves(map, values);
    for (const Named& word : map.names("keywords")) {
        declared.keywords.push_back(word.text);
    }
    declared.sealed = map.boolean("sealed", false);
    if (const Node* home = map.find("home")) {
        declared.home = read_home(*home, values);
    }
    if (const Node* was = map.find("was")) {
        declared.was = values.name(*was).value_or("");
    }
    if (const Node* fields = map.load("fields")) {
        declared.fields = read_fields(*fields, FieldUse::Entry, declared.sealed, values);
    }
    if (const Node* read = map.find("read")) {
        declared.read = values.roles(*read);
    }
    declared.read_through = read_ways(map);
    if (const Node* procedure = map.load("procedure")) {
        declared.procedure = read_procedure(*procedure, declared, pack, values);
    }
    if (const Node* number = map.find("number")) {
        declared.number = read_number(*number, declared.procedure, values);
    }
    if (const Node* views = map.find("views")) {
        declared.views = read_views(*views, declared, values);
    }
    if (const Node* layout = map.find("layout")) {
        declared.layout = read_layout(*layout, declared, values);
    }
    check_register(declared, values.faults());
    return declared;
}

}  // namespace duban::declarations
