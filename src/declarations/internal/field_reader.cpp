#include <algorithm>
#include <array>

#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kFieldsMax = 200;
constexpr std::size_t kRowColumnsMax = 40;
constexpr std::int64_t kListMax = 1000;

/// Keys that only some types take; every other key of a field is for all.
struct TypedKey {
    std::string_view key;
    std::vector<FieldType> types;
};

const std::array<TypedKey, 10>& typed_keys() {
    using enum FieldType;
    static const std::array<TypedKey, 10> kTyped = {{
        {"max", {Text, LongText, Links, Rows}},
        {"scale", {Decimal}},
        {"search", {Text, LongText}},
        {"title_field", {Text}},
        {"choices", {Choice}},
        {"many", {Choice}},
        {"to", {Link, Links}},
        {"rows", {Rows}},
        {"expression", {Computed}},
        {"result", {Computed}},
    }};
    return kTyped;
}

bool is_among(FieldType type, const std::vector<FieldType>& types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::pair<std::int64_t, std::int64_t> max_and_default(FieldType type) {
    switch (type) {
        case FieldType::Text: return {500, 200};
        case FieldType::LongText: return {20'000, 5'000};
        case FieldType::Links:
        case FieldType::Rows: return {kListMax, kListMax};
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
        case FieldType::Boolean:
        case FieldType::Date:
        case FieldType::Moment:
        case FieldType::Choice:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::File:
        case FieldType::Computed: return {0, 0};
    }
    return {0, 0};
}

class FieldReader {
public:
    FieldReader(const MapReader& map, const Values& values, FieldUse use)
        : map_{map}, values_{values}, use_{use} {}

    void read(Field& field) const {
        read_type(field);
        field.title = map_.texts("title");
        field.help = map_.texts("help");
        field.required = map_.boolean("required", false);
        field.sealed = field.sealed || map_.boolean("sealed", false);
        field.search = map_.boolean("search", false);
        field.title_field = map_.boolean("title_field", false);
        field.indexed = map_.boolean("indexed", false);
        field.many = map_.boolean("many", false);
        if (const Node* set_by = map_.find("set_by")) {
            field.set_by = values_.word<SetBy>(*set_by, kSetBy).value_or(SetBy::Person);
        }
        if (const Node* was = map_.find("was")) {
            field.was = values_.name(*was).value_or("");
        }
        read_bounds(field);
        read_parts(field);
        if (const Node* initial = map_.find("default")) {
            field.initial = read_default(*initial, field);
        }
        check_use(field);
    }

private:
    void read_type(Field& field) const {
        const Node* node = map_.load("type");
        const auto type =
            node == nullptr ? std::nullopt : values_.word<FieldType>(*node, kFieldTypes);
        if (!type) {
            return;
        }
        field.type = *type;
        for (const TypedKey& typed : typed_keys()) {
            if (map_.has(typed.key) && !is_among(*type, typed.types)) {
                values_.faults().error(
                    map_.place_of(typed.key),
                    "field.key_not_for_type",
                    {{"key", std::string{typed.key}}, {"type", node->text}}
                );
            }
        }
    }

    void read_bounds(Field& field) const {
        const auto [most, initial] = max_and_default(field.type);
        field.max = initial;
        if (const Node* max = map_.find("max"); max != nullptr && most > 0) {
            field.max = values_.integer(*max, 1, most).value_or(initial);
        }
        if (field.type == FieldType::Decimal) {
            constexpr int kScaleInitial = 2;
            constexpr int kScaleMax = 9;
            const Node* scale = map_.find("scale");
            const auto read =
                scale == nullptr ? kScaleInitial : values_.integer(*scale, 1, kScaleMax);
            field.scale = static_cast<int>(read.value_or(kScaleInitial));
        }
    }

    void read_parts(Field& field) const {
        if (field.type == FieldType::Choice) {
            const Node* choices = map_.load("choices");
            field.choices = choices == nullptr ? std::vector<Choice>{} : values_.choices(*choices);
        }
        if (field.type == FieldType::Link || field.type == FieldType::Links) {
            const Node* to = map_.load("to");
            field.to = to == nullptr ? "" : values_.name(*to).value_or("");
        }
        if (field.type == FieldType::Rows) {
            const Node* rows = map_.load("rows");
            // Rows inside rows are refused by their use; not reading them bounds the depth here.
            if (rows != nullptr && use_ == FieldUse::Entry) {
                field.rows = read_fields(*rows, FieldUse::Row, field.sealed, values_);
            }
        }
        if (field.type == FieldType::Computed) {
            const Node* expression = map_.load("expression");
            field.expression =
                expression == nullptr ? "" : values_.text(*expression, kExpressionMax).value_or("");
            const Node* result = map_.find("result");
            field.computed_type =
                result == nullptr
                    ? FieldType::Integer
                    : values_.word<FieldType>(*result, kResultTypes).value_or(FieldType::Integer);
            field.set_by = SetBy::Procedure;
        }
    }

    [[nodiscard]] std::optional<core::Json> read_default(const Node& node, const Field& field)
        const {
        switch (field.type) {
            case FieldType::Text:
            case FieldType::LongText: {
                const auto text = values_.text(node, static_cast<std::size_t>(field.max));
                return text ? std::optional<core::Json>{*text} : std::nullopt;
            }
            case FieldType::Boolean: {
                const auto value = values_.boolean(node);
                return value ? std::optional<core::Json>{*value} : std::nullopt;
            }
            case FieldType::Integer: {
                constexpr std::int64_t kMost = 9'007'199'254'740'991;  // exact in every JSON reader
                const auto value = values_.integer(node, -kMost, kMost);
                return value ? std::optional<core::Json>{*value} : std::nullopt;
            }
            case FieldType::Date:
                if (calendar::Date::parse(node.text)) {
                    return core::Json(node.text);
                }
                break;
            case FieldType::Choice:
                for (const Choice& choice : field.choices) {
                    if (choice.code == node.text && !field.many) {
                        return core::Json(node.text);
                    }
                }
                break;
            case FieldType::Decimal:
            case FieldType::Money:
            case FieldType::Moment:
            case FieldType::Person:
            case FieldType::Unit:
            case FieldType::Link:
            case FieldType::Links:
            case FieldType::File:
            case FieldType::Rows:
            case FieldType::Computed: break;
        }
        values_.faults().error(node.place, "field.bad_default");
        return std::nullopt;
    }

    void check_use(const Field& field) const {
        using enum FieldType;
        const bool row_type = !is_among(field.type, {Links, Rows, Computed}) && !field.many;
        if (use_ != FieldUse::Entry && !row_type) {
            values_.faults().error(field.place, "field.type_not_here", {{"name", field.name}});
        }
        if (use_ != FieldUse::Entry) {
            for (const std::string_view key : {"search", "title_field", "indexed", "set_by"}) {
                refuse_key(key, map_.has(key));
            }
        }
        if (use_ == FieldUse::Input) {
            refuse_key("was", map_.has("was"));
        }
        if (field.sealed) {
            refuse_sealed("search", field.search);
            refuse_sealed("title_field", field.title_field);
            refuse_sealed("indexed", field.indexed);
        }
        if (field.type == Computed) {
            for (const std::string_view key : {"required", "default", "set_by"}) {
                refuse_key(key, map_.has(key));
            }
        }
    }

    void refuse_key(std::string_view key, bool used) const {
        if (used) {
            values_.faults().error(
                map_.place_of(key), "field.key_not_here", {{"key", std::string{key}}}
            );
        }
    }

    void refuse_sealed(std::string_view key, bool used) const {
        if (used) {
            values_.faults().error(
                map_.place_of(key), "field.sealed_in_the_open", {{"key", std::string{key}}}
            );
        }
    }

    const MapReader& map_;
    const Values& values_;
    FieldUse use_;
};

}  // namespace

std::vector<Field> read_fields(const Node& node, FieldUse use, bool sealed, const Values& values) {
    std::vector<Field> fields;
    if (!values.is_map(node)) {
        return fields;
    }
    const std::size_t most = use == FieldUse::Entry ? kFieldsMax : kRowColumnsMax;
    if (node.items.empty() || node.items.size() > most) {
        values.faults().error(node.place, "value.count", {{"most", std::to_string(most)}});
        return fields;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        // An input is kept in the record, not in a column: any name will do.
        const auto name = use == FieldUse::Input ? values.name(key) : values.sql_name(key);
        const MapReader map{node.items[at], kFieldKeys, values, key.place};
        Field field;
        field.name = name.value_or(key.text);
        field.sealed = sealed;
        field.place = key.place;
        FieldReader{map, values, use}.read(field);
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace duban::declarations
