#include "calendar/date.h"
#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"
#include "text/utf8.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kControlMax = 20'000;
constexpr std::string_view kBetween = "\xC2\xB7";  // the middle dot between two keys

/// The header as a map, so that it is read like every other: keys and values with their places.
class Header {
public:
    Header(const std::string& file, Faults& faults) : file_{file}, faults_{faults} {
        map_.kind = Node::Kind::Map;
        map_.place = {.file = file, .line = 1, .column = 1};
    }

    void add_line(std::string_view line, int number) {
        std::size_t at = 2;  // after the dashes
        while (at <= line.size()) {
            // A value in braces or quotes may hold a middle dot of its own.
            const std::size_t end = end_of_part(line, at);
            add_part(line.substr(0, end), at, number);
            at = end + kBetween.size();
        }
    }

    [[nodiscard]] const Node& map() const { return map_; }

private:
    static std::size_t end_of_part(std::string_view line, std::size_t at) {
        int depth = 0;
        char quote = '\0';
        for (; at < line.size(); ++at) {
            const char c = line[at];
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{' || c == '}') {
                depth += c == '{' ? 1 : -1;
            } else if (depth == 0 && line.substr(at).starts_with(kBetween)) {
                return at;
            }
        }
        return line.size();
    }

    void add_part(std::string_view line, std::size_t start, int number) {
        const auto first = line.find_first_not_of(" \t\r", start);
        if (first == std::string_view::npos) {
            return;  // an empty comment line
        }
        const Place place{.file = file_, .line = number, .column = column(line, first)};
        const auto colon = line.find(':', first);
        if (colon == std::string_view::npos) {
            faults_.error(place, "control.header_without_key");
            return;
        }
        std::string key{line.substr(first, line.find_last_not_of(" \t", colon - 1) + 1 - first)};
        for (const Node& known : map_.keys) {
            if (known.text == key) {
                faults_.error(place, "key.duplicate", {{"key", key}});
                return;
            }
        }
        auto value = parse_yaml(
            file_,
            line.substr(colon + 1),
            faults_,
            {.line = number, .column = column(line, colon + 1)}
        );
        if (!value) {
            return;
        }
        map_.keys.push_back({.kind = Node::Kind::Scalar, .text = std::move(key), .place = place});
        map_.items.push_back(std::move(*value));
    }

    static int column(std::string_view line, std::size_t at) {
        return static_cast<int>(text::length(line.substr(0, at))) + 1;
    }

    const std::string& file_;
    Faults& faults_;
    Node map_;
};

/// Takes the next line off `text`.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

void read_words(Control& control, const MapReader& map, const Values& values) {
    control.severity = "medium";
    control.every = "day";
    if (const Node* kind = map.load("kind")) {
        control.kind = values.word<ControlKind>(*kind, kControlKinds).value_or(ControlKind::Hint);
    }
    if (const Node* severity = map.find("severity")) {
        control.severity = values.word(*severity, kSeverities).value_or(control.severity);
    }
    if (const Node* scope = map.find("scope")) {
        control.scope =
            values.word<ControlScope>(*scope, kControlScopes).value_or(ControlScope::Register);
    }
    if (const Node* every = map.find("every")) {
        control.every = values.word(*every, kEvery).value_or(control.every);
    }
    for (const Named& reason : map.names("counts")) {
        control.counts.push_back(reason.text);
    }
    for (const Named& fact : map.names("sums")) {
        control.sums.push_back(fact.text);
    }
    if (!control.sums.empty() && control.kind != ControlKind::Figure) {
        values.faults().error(map.place_of("sums"), "control.sums_of_figure");
    }
    for (const Named& word : map.names("keywords")) {
        control.keywords.push_back(word.text);
    }
    if (control.counts.empty() == (control.kind == ControlKind::Figure)) {
        values.faults().error(
            map.has("counts") ? map.place_of("counts") : control.place, "control.counts_of_figure"
        );
    }
    if (const Node* since = map.find("since")) {
        control.since = since->text;
        if (!calendar::Date::parse(since->text)) {
            values.faults().error(since->place, "control.bad_since");
        }
    }
}

/// Words for each code that the column `reason` may hold. The groups of a figure are named in the
/// messages of the pack: several figures share them.
void read_reasons(Control& control, const MapReader& map, const Values& values) {
    const Node* reasons = map.find("reasons");
    if (reasons != nullptr && control.kind == ControlKind::Figure) {
        values.faults().error(map.place_of("reasons"), "control.reasons_of_figure");
    } else if (reasons != nullptr && values.is_map(*reasons)) {
        control.reasons = values.choices(*reasons);
    } else if (reasons == nullptr && control.kind != ControlKind::Figure) {
        values.faults().warn(control.place, "control.reasons_missing");
    }
}

}  // namespace

std::optional<Control> read_control(
    const SourceFile& file, const std::string& name, Faults& faults
) {
    const Place start{.file = file.path, .line = 1, .column = 1};
    if (!check_text(file.path, file.text, faults)) {
        return std::nullopt;
    }
    if (text::length(file.text) > kControlMax) {
        faults.error(start, "value.text_length", {{"most", std::to_string(kControlMax)}});
        return std::nullopt;
    }
    const Values values{faults};
    Header header{file.path, faults};
    std::string_view rest = file.text;
    int line = 1;
    for (; rest.starts_with("--"); ++line) {
        header.add_line(take_line(rest), line);
    }
    Control control;
    control.name = name;
    control.place = start;
    if (!is_name(name)) {
        faults.error(start, "name.malformed", {{"name", name}});
    }
    const MapReader map{header.map(), kControlKeys, values, start};
    if (const Node* declared = map.load("register")) {
        control.register_name = values.name(*declared).value_or("");
    }
    read_words(control, map, values);
    read_reasons(control, map, values);
    control.title = map.texts("title");
    control.source = map.text("source", kTextMax);
    control.sql = std::string{rest};
    control.sql_place = {.file = file.path, .line = line, .column = 1};
    if (rest.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        faults.error(control.sql_place, "control.no_query");
    }
    if (control.title.empty()) {
        faults.warn(start, "title.missing", {{"count", "1"}});
    }
    return control;
}

}  // namespace duban::declarations
