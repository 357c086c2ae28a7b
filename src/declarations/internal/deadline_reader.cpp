#include <algorithm>

#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kDeadlinesMax = 20;
constexpr std::int64_t kTermMax = 3650;

class DeadlineReader {
public:
    DeadlineReader(const MapReader& map, const Scope& scope, const Values& values)
        : map_{map}, scope_{scope}, values_{values} {}

    void read(Deadline& deadline) const {
        deadline.title = map_.texts("title");
        static_cast<void>(map_.load("starts"));
        deadline.starts = actions("starts");
        deadline.stops = actions("stops");
        deadline.pauses = actions("pauses");
        deadline.resumes = actions("resumes");
        if (const Node* reasons = map_.find("pause_reasons")) {
            deadline.pause_reasons = values_.choices(*reasons);
        }
        const bool pauses = map_.has("pauses");
        if (pauses != map_.has("resumes") || pauses != map_.has("pause_reasons")) {
            values_.faults().error(deadline.place, "deadline.half_a_pause");
        }
        if (map_.has("due") == map_.has("term")) {
            values_.faults().error(deadline.place, "deadline.due_or_term");
        }
        read_due(deadline);
        read_first(deadline);
        read_term(deadline);
        if (const Node* holder = map_.load("holder")) {
            deadline.holder = values_.role(*holder).value_or(Role{});
        }
        read_lights(deadline);
    }

private:
    [[nodiscard]] std::vector<std::string> actions(std::string_view key) const {
        return known_names(map_.names(key), scope_.actions, "action.unknown", values_);
    }

    void read_due(Deadline& deadline) const {
        const Node* due = map_.find("due");
        if (due == nullptr) {
            return;
        }
        deadline.due_field = due->text;
        const Field* field = scope_.declared.find_field(due->text);
        if (field == nullptr) {
            values_.unknown(due->place, "field.unknown", due->text, scope_.fields);
        } else if (field->type != FieldType::Date || field->sealed) {
            values_.faults().error(due->place, "deadline.due_no_date", {{"name", due->text}});
        }
    }

    void read_first(Deadline& deadline) const {
        const Node* first = map_.find("first");
        if (first == nullptr) {
            return;
        }
        deadline.first_field = first->text;
        const Field* field = scope_.declared.find_field(first->text);
        if (field == nullptr) {
            values_.unknown(first->place, "field.unknown", first->text, scope_.fields);
        } else if (field->type != FieldType::Date || field->sealed ||
                   field->set_by != SetBy::Procedure) {
            values_.faults().error(first->place, "deadline.first_no_date", {{"name", first->text}});
        }
    }

    void read_term(Deadline& deadline) const {
        const Node* node = map_.find("term");
        if (node == nullptr) {
            return;
        }
        const MapReader map{*node, kTermKeys, values_, node->place};
        int found = 0;
        for (const auto& [word, unit] : kTermUnits) {
            if (const Node* amount = map.find(word)) {
                ++found;
                const Count count = read_count(*amount, kTermMax, scope_.pack, values_);
                deadline.term =
                    calendar::Term{.amount = static_cast<int>(count.value), .unit = unit};
                deadline.amount_parameter = count.parameter;
            }
        }
        if (found != 1 && node->kind == Node::Kind::Map) {
            values_.faults().error(node->place, "deadline.one_unit");
        }
    }

    void read_lights(Deadline& deadline) const {
        const Node* node = map_.find("lights");
        if (node == nullptr) {
            return;
        }
        const MapReader map{*node, kLightsKeys, values_, node->place};
        if (const Node* yellow = map.find("yellow")) {
            const Count count = read_step(*yellow, 0);
            deadline.lights.yellow_days = static_cast<int>(count.value);
            deadline.lights.yellow_parameter = count.parameter;
        }
        if (const Node* blue = map.find("blue")) {
            const Count count = read_step(*blue, 1);
            deadline.lights.blue_days = static_cast<int>(count.value);
            deadline.lights.blue_parameter = count.parameter;
            if (deadline.lights.blue_days <= deadline.lights.yellow_days) {
                values_.faults().error(blue->place, "deadline.lights_out_of_order");
            }
        }
    }

    /// Days before the last day: a number, or a parameter that each org may set.
    [[nodiscard]] Count read_step(const Node& node, std::int64_t least) const {
        if (node.kind == Node::Kind::Map) {
            return read_count(node, kTermMax, scope_.pack, values_);
        }
        return {.value = values_.integer(node, least, kTermMax).value_or(least), .parameter = {}};
    }

    const MapReader& map_;
    const Scope& scope_;
    const Values& values_;
};

}  // namespace

std::vector<Deadline> read_deadlines(const Node& node, const Scope& scope, const Values& values) {
    std::vector<Deadline> deadlines;
    if (!values.is_map(node)) {
        return deadlines;
    }
    if (node.items.size() > kDeadlinesMax) {
        values.faults().error(
            node.place, "value.too_many", {{"most", std::to_string(kDeadlinesMax)}}
        );
        return deadlines;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        const MapReader map{node.items[at], kDeadlineKeys, values, key.place};
        Deadline deadline;
        deadline.name = values.name(key).value_or(key.text);
        deadline.place = key.place;
        DeadlineReader{map, scope, values}.read(deadline);
        deadlines.push_back(std::move(deadline));
    }
    return deadlines;
}

}  // namespace duban::declarations
