#include "registers/internal/codec.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/check.h"
#include "core/id.h"
#include "registers/decimal.h"
#include "text/utf8.h"

namespace duban::registers::codec {

namespace {

using core::Json;
using declarations::Field;
using declarations::FieldType;

constexpr std::int64_t kSafeIntegerMax = 9007199254740992;  // 2⁵³ (E16)
constexpr std::int64_t kTextMax = 500;
constexpr std::int64_t kLongTextMax = 20000;
constexpr std::int64_t kListMax = 2000;
constexpr std::size_t kHashHexLength = 64;

Json fault(
    const std::string& pointer,
    const char* code,
    std::vector<core::FieldError>& errors,
    core::Params params = {},
    core::Words words = {}
) {
    errors.push_back({pointer, code, std::move(params), {}, std::move(words)});
    return nullptr;
}

std::string string_of(const Json& value) {
    return {value.get_string().data(), value.get_string().size()};
}

bool is_safe(std::int64_t number) {
    return number >= -kSafeIntegerMax && number <= kSafeIntegerMax;
}

Json normal_text(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    if (!value.is_string()) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "text"}});
    }
    const std::string text = string_of(value);
    const bool multiline = field.type == FieldType::LongText;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if ((octet < 0x20 && !(multiline && (c == '\n' || c == '\t'))) || octet == 0x7F) {
            return fault(pointer, "field.control_character", errors);
        }
    }
    const std::int64_t most = field.max > 0 ? field.max : (multiline ? kLongTextMax : kTextMax);
    const auto length = static_cast<std::int64_t>(text::length(text));
    if (length > most) {
        return fault(
            pointer,
            "field.too_long",
            errors,
            {{"max", std::to_string(most)}, {"length", std::to_string(length)}}
        );
    }
    if (text.empty()) {
        return nullptr;
    }
    return value;
}

Json normal_integer(
    const Json& value, const std::string& pointer, std::vector<core::FieldError>& errors
) {
    if (!value.is_int64() || !is_safe(value.get_int64())) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "integer"}});
    }
    return value;
}

Json normal_decimal(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    const auto scaled =
        value.is_string() ? parse_decimal(string_of(value), field.scale) : std::nullopt;
    if (!scaled) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "decimal"}});
    }
    return Json(decimal_text(*scaled, field.scale));
}

Json normal_money(
    const Json& value, const std::string& pointer, std::vector<core::FieldError>& errors
) {
    const auto minor = core::find_integer(value, "minor");
    const auto currency = core::find_string(value, "currency");
    const bool good = minor && is_safe(*minor) && currency && currency->size() == 3 &&
                      std::all_of(currency->begin(), currency->end(), [](char c) {
                          return c >= 'A' && c <= 'Z';
                      });
    if (!good) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "money"}});
    }
    return core::JsonObject{{"minor", *minor}, {"currency", *currency}};
}

Json normal_date(
    const Json& value, const std::string& pointer, std::vector<core::FieldError>& errors
) {
    const auto date = value.is_string() ? calendar::Date::parse(string_of(value)) : std::nullopt;
    if (!date) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "date"}});
    }
    return Json(date->text());
}

Json normal_choice(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    const bool known =
        value.is_string() &&
        std::any_of(field.choices.begin(), field.choices.end(), [&](const auto& choice) {
            return choice.code == string_of(value);
        });
    if (!known) {
        return fault(pointer, "field.not_a_choice", errors);
    }
    return value;
}

Json normal_id(
    const Json& value, const std::string& pointer, std::vector<core::FieldError>& errors
) {
    const auto id = value.is_string() ? core::Id::parse(string_of(value)) : std::nullopt;
    if (!id) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "id"}});
    }
    return Json(id->text());
}

Json normal_file(
    const Json& value, const std::string& pointer, std::vector<core::FieldError>& errors
) {
    const bool hash = value.is_string() && value.get_string().size() == kHashHexLength &&
                      string_of(value).find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hash) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "file"}});
    }
    return value;
}

Json normal_scalar(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    switch (field.type) {
        case FieldType::Text:
        case FieldType::LongText: return normal_text(field, value, pointer, errors);
        case FieldType::Integer:
        case FieldType::Moment: return normal_integer(value, pointer, errors);
        case FieldType::Decimal: return normal_decimal(field, value, pointer, errors);
        case FieldType::Money: return normal_money(value, pointer, errors);
        case FieldType::Boolean:
            if (!value.is_bool()) {
                return fault(pointer, "field.wrong_type", errors, {{"type", "boolean"}});
            }
            return value;
        case FieldType::Date: return normal_date(value, pointer, errors);
        case FieldType::Choice: return normal_choice(field, value, pointer, errors);
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Links: return normal_id(value, pointer, errors);
        case FieldType::File: return normal_file(value, pointer, errors);
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    return fault(
        pointer, "field.not_in_action", errors, {{"field", field.name}}, {{"field", field.title}}
    );
}

Json normal_row(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    if (!value.is_object()) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "rows"}});
    }
    core::JsonObject row;
    for (const auto& member : value.get_object()) {
        const std::string name{member.key().data(), member.key().size()};
        const auto found = std::find_if(field.rows.begin(), field.rows.end(), [&](const auto& f) {
            return f.name == name;
        });
        if (found == field.rows.end()) {
            fault(pointer + "/" + name, "field.unknown", errors, {{"field", name}});
        }
    }
    for (const Field& column : field.rows) {
        const Json* given = core::find_member(value, column.name);
        Json normal = normalised(
            column, given == nullptr ? Json(nullptr) : *given, pointer + "/" + column.name, errors
        );
        if (column.required && is_empty(normal)) {
            fault(
                pointer + "/" + column.name,
                "field.required",
                errors,
                {{"field", column.name}},
                {{"field", column.title}}
            );
        }
        row.emplace(column.name, std::move(normal));
    }
    return row;
}

Json normal_list(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    if (!value.is_array()) {
        return fault(pointer, "field.wrong_type", errors, {{"type", "list"}});
    }
    const auto& elements = value.get_array();
    const std::int64_t most = field.max > 0 ? field.max : kListMax;
    if (static_cast<std::int64_t>(elements.size()) > most) {
        return fault(pointer, "field.too_many_rows", errors, {{"max", std::to_string(most)}});
    }
    core::JsonArray out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::string at = pointer + "/" + std::to_string(i);
        if (field.type == FieldType::Rows) {
            out.push_back(normal_row(field, elements[i], at, errors));
            continue;
        }
        Json element = normal_scalar(field, elements[i], at, errors);
        if (element.is_string() && !seen.insert(string_of(element)).second) {
            fault(at, "field.named_twice", errors);
        }
        out.push_back(std::move(element));
    }
    return out;
}

core::Id id_of(const Json& value) {
    const auto id = core::Id::parse(string_of(value));
    core::check(id.has_value(), "a normal id parses");
    return *id;
}

}  // namespace

bool is_empty(const Json& value) {
    return value.is_null() || (value.is_array() && value.get_array().empty()) ||
           (value.is_string() && value.get_string().empty());
}

Json normalised(
    const Field& field,
    const Json& value,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    if (rules::has_child_table(field)) {
        return value.is_null() ? Json(core::JsonArray{})
                               : normal_list(field, value, pointer, errors);
    }
    return value.is_null() ? Json(nullptr) : normal_scalar(field, value, pointer, errors);
}

calendar::Date stored_date(const std::string& text) {
    const auto date = calendar::Date::parse(text);
    core::check(date.has_value(), "a stored date is a date");
    return *date;
}

std::size_t width(const Field& field) {
    return field.type == FieldType::Money ? 2 : 1;
}

std::string first_column(const Field& field) {
    return rules::columns_of(field).front().name;
}

void store_scalar(
    const Field& field, const Json& value, std::vector<store::Value>& row, std::size_t first
) {
    if (value.is_null()) {
        std::fill_n(row.begin() + static_cast<std::ptrdiff_t>(first), width(field), store::Value{});
        return;
    }
    switch (field.type) {
        case FieldType::Integer:
        case FieldType::Moment: row[first] = value.get_int64(); return;
        case FieldType::Decimal: {
            const auto scaled = parse_decimal(string_of(value), field.scale);
            core::check(scaled.has_value(), "a normal decimal parses");
            row[first] = *scaled;
            return;
        }
        case FieldType::Money:
            row[first] = *core::find_integer(value, "minor");
            row[first + 1] = *core::find_string(value, "currency");
            return;
        case FieldType::Boolean: row[first] = value.get_bool(); return;
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Links: row[first] = store::value(id_of(value)); return;
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Date:
        case FieldType::Choice:
        case FieldType::File: row[first] = string_of(value); return;
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    core::check(false, "a scalar field is stored by its type");
}

Json load_scalar(const Field& field, const store::Row& row, std::size_t first) {
    if (row.is_null(first)) {
        return nullptr;
    }
    switch (field.type == FieldType::Computed ? field.computed_type : field.type) {
        case FieldType::Integer:
        case FieldType::Moment: return row.integer(first);
        case FieldType::Decimal: return Json(decimal_text(row.integer(first), field.scale));
        case FieldType::Money:
            return core::JsonObject{
                {"minor", row.integer(first)}, {"currency", row.text(first + 1)}
            };
        case FieldType::Boolean: return row.truth(first);
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Links: return Json(row.id(first).text());
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Date:
        case FieldType::Choice:
        case FieldType::File: return Json(row.text(first));
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    core::check(false, "a scalar field is read by its type");
    return nullptr;
}

Field computed_scalar(const Field& field) {
    Field scalar = field;
    scalar.type = field.computed_type;
    return scalar;
}

Json from_rule(const Field& field, const store::Value& value) {
    if (std::holds_alternative<std::monostate>(value)) {
        return nullptr;
    }
    const store::Row row{{value}};
    switch (field.type) {
        case FieldType::Integer:
        case FieldType::Moment:
            if (std::abs(row.integer(0)) > kSafeIntegerMax) {
                break;
            }
            return row.integer(0);
        case FieldType::Decimal: return Json(decimal_text(row.integer(0), field.scale));
        case FieldType::Boolean: return row.truth(0);
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
            return std::holds_alternative<core::Bytes>(value) ? Json(row.id(0).text())
                                                              : Json(row.text(0));
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Date:
        case FieldType::Choice:
        case FieldType::File: return Json(row.text(0));
        case FieldType::Money:
        case FieldType::Links:
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    throw core::Problem{core::ProblemKind::Rejected, "rule.wrong_type", {{"field", field.name}}};
}

}  // namespace duban::registers::codec
