#include "declarations/sample.h"

#include <algorithm>
#include <array>

#include "declarations/internal/readers.h"
#include "declarations/internal/yaml.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kItemsMax = 500;  // of a list or map
constexpr std::size_t kSampleTextMax = 20'000;
constexpr std::int64_t kExact = 9'007'199'254'740'991;  // 2⁵³ - 1 (E16)

constexpr std::array kSampleKeys = std::to_array<Key>({
    {"today", "text"},
    {"entries", "entries"},
    {"beside", "rows"},
    {"finds", "finds"},
});
constexpr std::array kMoneyKeys = std::to_array<Key>({{"minor", "integer"}, {"currency", "text"}});
/// Of an entry, beside its fields; no field bears such a name.
constexpr auto kEntryKeys =
    std::to_array<std::string_view>({"unit", "state", "number", "due_on", "opened_at"});

std::vector<std::string_view> names_of(const std::vector<Field>& fields) {
    std::vector<std::string_view> names;
    for (const Field& field : fields) {
        names.push_back(field.name);
    }
    return names;
}

const Field* find_in(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

class SampleReader {
public:
    SampleReader(const Model& model, std::string_view pack, const Values& values)
        : model_{model}, pack_{pack}, values_{values} {}

    [[nodiscard]] Sample read(const Node& root) {
        const MapReader map{root, kSampleKeys, values_, root.place};
        if (const Node* today = map.load("today")) {
            if (const auto day = day_of(*today)) {
                sample_.today = *day;
            }
        }
        if (const Node* entries = map.load("entries")) {
            each_of(*entries, [&](const Node& name, const Node& node) { read_group(name, node); });
        }
        if (const Node* beside = map.find("beside")) {
            each_of(*beside, [&](const Node& table, const Node& rows) { read_rows(table, rows); });
        }
        for (const auto& [named, to] : links_) {
            check_link(named, to);
        }
        if (const Node* finds = map.find("finds")) {
            each_of(*finds, [&](const Node& name, const Node& node) { read_finds(name, node); });
        }
        return std::move(sample_);
    }

private:
    template <typename Each>
    void each_of(const Node& node, const Each& each) const {
        if (values_.is_map(node) && is_small(node)) {
            for (std::size_t at = 0; at < node.items.size(); ++at) {
                each(node.keys[at], node.items[at]);
            }
        }
    }

    [[nodiscard]] bool is_small(const Node& node) const {
        if (node.items.size() > kItemsMax) {
            values_.faults().error(
                node.place, "value.too_many", {{"most", std::to_string(kItemsMax)}}
            );
        }
        return node.items.size() <= kItemsMax;
    }

    [[nodiscard]] std::optional<calendar::Date> day_of(const Node& node) const {
        const auto day = calendar::Date::parse(node.text);
        if (!day) {
            values_.faults().error(node.place, "sample.bad_day");
        }
        return day;
    }

    void read_group(const Node& name, const Node& entries) {
        const Register* declared = model_.find_register(name.text);
        if (declared == nullptr) {
            std::vector<std::string_view> known;
            for (const Register* one : model_.registers()) {
                known.push_back(one->name);
            }
            values_.unknown(name.place, "register.unknown", name.text, known);
            return;
        }
        each_of(entries, [&](const Node& entry, const Node& node) {
            read_entry(*declared, entry, node);
        });
    }

    void read_entry(const Register& declared, const Node& name, const Node& node) {
        if (!values_.name(name) || !values_.is_map(node)) {
            return;
        }
        if (sample_.find_entry(name.text) != nullptr) {
            values_.faults().error(name.place, "sample.entry_twice", {{"name", name.text}});
        }
        SampleEntry entry{
            .name = name.text,
            .declared = &declared,
            .unit = {},
            .state = declared.procedure.initial,
            .number = {},
            .due_on = {},
            .opened_on = sample_.today,
            .values = {},
            .place = name.place
        };
        each_of(node, [&](const Node& key, const Node& value) { read_member(entry, key, value); });
        sample_.entries.push_back(std::move(entry));
    }

    void read_member(SampleEntry& entry, const Node& key, const Node& value) {
        if (std::ranges::find(kEntryKeys, key.text) != kEntryKeys.end()) {
            read_own(entry, key.text, value);
            return;
        }
        const Field* field = find_field(entry.declared->fields, key);
        if (field != nullptr) {
            if (auto read = value_of(*field, value)) {
                entry.values.push_back(
                    {.field = field, .value = *std::move(read), .place = value.place}
                );
            }
        }
    }

    void read_own(SampleEntry& entry, std::string_view key, const Node& node) {
        const std::string text = values_.text(node, kTextMax).value_or("");
        if (key == "unit") {
            entry.unit = text;
        } else if (key == "number") {
            entry.number = text;
        } else if (key == "due_on") {
            const auto day = day_of(node);
            entry.due_on = day ? day->text() : "";
        } else if (key == "opened_at") {
            entry.opened_on = day_of(node).value_or(sample_.today);
        } else if (entry.declared->procedure.find_state(text) == nullptr) {
            std::vector<std::string_view> known;
            for (const State& state : entry.declared->procedure.states) {
                known.push_back(state.name);
            }
            values_.unknown(node.place, "state.unknown", text, known);
        } else {
            entry.state = text;
        }
    }

    [[nodiscard]] const Field* find_field(const std::vector<Field>& fields, const Node& key) const {
        const Field* field = find_in(fields, key.text);
        if (field == nullptr) {
            values_.unknown(key.place, "field.unknown", key.text, names_of(fields));
        } else if (field->type == FieldType::Computed) {
            values_.faults().error(key.place, "sample.computed", {{"name", key.text}});
            return nullptr;
        }
        return field;
    }

    [[nodiscard]] std::optional<core::Json> value_of(const Field& field, const Node& node) {
        const bool list = field.type == FieldType::Links || field.type == FieldType::Rows;
        if (!list && !field.many) {
            return scalar_of(field, node);
        }
        if (!values_.is_list(node) || !is_small(node)) {
            return std::nullopt;
        }
        core::JsonArray out;
        for (const Node& item : node.items) {
            auto read =
                field.type == FieldType::Rows ? row_of(field, item) : scalar_of(field, item);
            if (read) {
                out.push_back(*std::move(read));
            }
        }
        return core::Json(std::move(out));
    }

    [[nodiscard]] std::optional<core::Json> row_of(const Field& field, const Node& node) {
        core::JsonObject row;
        each_of(node, [&](const Node& key, const Node& value) {
            const Field* column = find_field(field.rows, key);
            auto read = column == nullptr ? std::nullopt : value_of(*column, value);
            if (read) {
                row.emplace(key.text, *std::move(read));
            }
        });
        return core::Json(std::move(row));
    }

    [[nodiscard]] std::optional<core::Json> scalar_of(const Field& field, const Node& node) {
        const auto json = [](const auto& read) {
            return read ? std::optional<core::Json>{core::Json(*read)} : std::nullopt;
        };
        if (field.type == FieldType::Boolean) {
            return json(values_.boolean(node));
        }
        if (field.type == FieldType::Integer || field.type == FieldType::Moment) {
            return json(values_.integer(node, -kExact, kExact));
        }
        if (field.type == FieldType::Money) {
            return money_of(node);
        }
        const auto text = values_.text(node, kSampleTextMax);
        if (text && (field.type == FieldType::Link || field.type == FieldType::Links)) {
            links_.emplace_back(Named{.text = *text, .place = node.place}, field.to);
        }
        return json(text);
    }

    [[nodiscard]] std::optional<core::Json> money_of(const Node& node) const {
        const MapReader map{node, kMoneyKeys, values_, node.place};
        const Node* minor = map.load("minor");
        const auto amount =
            minor == nullptr ? std::nullopt : values_.integer(*minor, -kExact, kExact);
        if (map.load("currency") == nullptr || !amount) {
            return std::nullopt;
        }
        return core::JsonObject{{"minor", *amount}, {"currency", map.text("currency", kTextMax)}};
    }

    void read_rows(const Node& table, const Node& rows) {
        if (!values_.is_list(rows) || !is_small(rows)) {
            return;
        }
        for (const Node& node : rows.items) {
            SampleRow row{.table = table.text, .cells = {}, .place = node.place};
            each_of(node, [&](const Node& column, const Node& cell) {
                if (const auto text = values_.text(cell, kTextMax)) {
                    row.cells.insert_or_assign(
                        column.text, SampleRow::Cell{.text = *text, .place = column.place}
                    );
                }
            });
            sample_.beside.push_back(std::move(row));
        }
    }

    void read_finds(const Node& name, const Node& node) {
        const Control* control = find_control(name);
        if (control == nullptr) {
            return;
        }
        for (const Named& entry : values_.names(node)) {
            if (check_link(entry, control->register_name)) {
                sample_.finds.push_back(
                    {.control = control, .entry = entry.text, .place = entry.place}
                );
            }
        }
    }

    [[nodiscard]] const Control* find_control(const Node& name) const {
        std::vector<std::string_view> known;
        for (const Control& control : model_.find_pack(pack_)->controls) {
            if (control.kind == ControlKind::Figure) {
                continue;
            }
            if (control.name == name.text) {
                return &control;
            }
            known.push_back(control.name);
        }
        values_.unknown(name.place, "sample.no_control", name.text, known);
        return nullptr;
    }

    bool check_link(const Named& named, const std::string& to) const {
        const SampleEntry* entry = sample_.find_entry(named.text);
        const bool there = entry != nullptr && entry->declared->name == to;
        if (!there) {
            values_.faults().error(
                named.place,
                "sample.no_entry",
                {{"name", named.text.substr(0, kTextMax)}, {"register", to}}
            );
        }
        return there;
    }

    const Model& model_;
    std::string_view pack_;
    const Values& values_;
    Sample sample_;
    std::vector<std::pair<Named, std::string>> links_;  ///< each with the register it leads to
};

}  // namespace

const SampleEntry* Sample::find_entry(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &SampleEntry::name);
    return found == entries.end() ? nullptr : &*found;
}

LoadedSample read_sample(const SourceFile& file, const Model& model, std::string_view pack) {
    Faults faults;
    const Values values{faults};
    LoadedSample loaded;
    if (check_text(file.path, file.text, faults)) {
        if (const auto root = parse_yaml(file.path, file.text, faults)) {
            loaded.sample = SampleReader{model, pack, values}.read(*root);
        }
    }
    if (faults.has_errors()) {
        loaded.sample.reset();
    }
    loaded.faults = faults.take();
    return loaded;
}

}  // namespace duban::declarations
