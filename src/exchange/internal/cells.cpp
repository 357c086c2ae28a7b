#include "exchange/internal/cells.h"

#include <algorithm>
#include <charconv>

#include "calendar/date.h"
#include "registers/decimal.h"

namespace duban::exchange {

namespace {

using core::Json;
using declarations::Field;
using declarations::FieldType;

constexpr int kMinorDigits = 2;  // ISO 4217: fen, cent
constexpr std::size_t kHashHexLength = 64;

/// Where a cell stands, and where its errors go.
struct Place {
    const SheetWords& words;
    const SheetNames& names;
    std::string pointer;
    std::vector<core::FieldError>& errors;
};

Json wrong(const Place& place, const char* code, core::Params params = {}, core::Words words = {}) {
    place.errors.push_back({place.pointer, code, std::move(params), {}, std::move(words)});
    return nullptr;
}

Json wrong_type(const Place& place, const char* type) {
    return wrong(place, "field.wrong_type", {{"type", type}});
}

std::string without_commas(std::string text) {
    std::erase(text, ',');
    return text;
}

Json integer_of(const std::string& cell, const Place& place) {
    const std::string digits = without_commas(cell);
    std::int64_t value = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end.ec != std::errc{} || end.ptr != digits.data() + digits.size()) {
        return wrong_type(place, "integer");
    }
    return value;
}

/// "1,234.50", or "1,234.50 USD" where the amount is of another currency than the org's.
Json money_of(const std::string& cell, const Place& place) {
    constexpr std::size_t kCodeLength = 3;
    std::string amount = without_commas(cell);
    std::string currency = place.names.currency;
    const std::size_t space = amount.find(' ');
    if (space != std::string::npos && amount.size() == space + 1 + kCodeLength) {
        currency = amount.substr(space + 1);
        amount.resize(space);
    }
    const auto minor = registers::parse_decimal(amount, kMinorDigits);
    if (!minor) {
        return wrong_type(place, "money");
    }
    return core::JsonObject{{"minor", *minor}, {"currency", currency}};
}

Json truth_of(const std::string& cell, const Place& place) {
    const auto says = [&](const std::vector<std::string>& words) {
        return std::ranges::find(words, cell) != words.end();
    };
    if (says(place.words.yes) || cell == "true" || cell == "1") {
        return true;
    }
    if (says(place.words.no) || cell == "false" || cell == "0") {
        return false;
    }
    return wrong_type(place, "boolean");
}

Json choice_of(const Field& field, const std::string& cell, const Place& place) {
    for (const declarations::Choice& choice : field.choices) {
        if (choice.code == cell || is_called(choice.title, cell)) {
            return Json(choice.code);
        }
    }
    return wrong(place, "field.not_a_choice");
}

/// Why a name does not tell who is meant.
const char* code_of(std::size_t called) {
    return called == 0 ? "field.name_unknown" : "field.name_ambiguous";
}

Json person_of(const std::string& cell, const Place& place) {
    if (const auto id = core::Id::parse(cell)) {
        return Json(id->text());
    }
    const auto people = people_called(*place.names.directory, cell);
    if (people.size() != 1) {
        return wrong(place, code_of(people.size()), {{"name", cell}});
    }
    return Json(people.front()->id.text());
}

Json entry_of(const Field& field, const std::string& cell, const Place& place) {
    if (const auto id = core::Id::parse(cell)) {
        return Json(id->text());
    }
    const auto found = place.names.find_number(field.to, cell);
    return found ? Json(found->text()) : wrong(place, "field.no_such_entry");
}

Json scalar_of(const Field& field, const std::string& cell, const Place& place) {
    switch (field.type) {
        case FieldType::Text:
        case FieldType::LongText: return Json(cell);
        case FieldType::Integer: return integer_of(cell, place);
        case FieldType::Decimal: return Json(without_commas(cell));
        case FieldType::Money: return money_of(cell, place);
        case FieldType::Boolean: return truth_of(cell, place);
        case FieldType::Date: {
            const auto date = find_date(cell);
            return date ? Json(date->text()) : wrong_type(place, "date");
        }
        case FieldType::Moment: return integer_of(cell, place);
        case FieldType::Choice: return choice_of(field, cell, place);
        case FieldType::Person: return person_of(cell, place);
        case FieldType::Unit: {
            const access::Unit* unit = find_unit(cell, place.names, place.pointer, place.errors);
            return unit == nullptr ? Json(nullptr) : Json(unit->id.text());
        }
        case FieldType::Link:
        case FieldType::Links: return entry_of(field, cell, place);
        case FieldType::File:
            return cell.size() == kHashHexLength ? Json(cell) : wrong_type(place, "file");
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    return wrong(place, "field.not_in_action", {{"field", field.name}}, {{"field", field.title}});
}

bool is_list(const Field& field) {
    return field.type == FieldType::Links || field.many;
}

/// Elements of a list stand between semicolons or on lines of their own.
Json list_of(const Field& field, const std::string& cell, const Place& place) {
    core::JsonArray out;
    for (std::size_t at = 0; at <= cell.size();) {
        const std::size_t end = std::min(cell.find_first_of(";\n", at), cell.size());
        const std::string element = plain(std::string_view{cell}.substr(at, end - at));
        if (!element.empty()) {
            out.push_back(scalar_of(field, element, place));
        }
        at = end + 1;
    }
    return out;
}

std::string money_cell(const Json& value, const SheetNames& names) {
    const std::string currency = core::find_string(value, "currency").value_or("");
    const std::int64_t minor = core::find_integer(value, "minor").value_or(0);
    const std::string amount = registers::decimal_text(minor, kMinorDigits);
    return currency == names.currency ? amount : amount + " " + currency;
}

std::string named_cell(const Field& field, const std::string& text, const SheetNames& names) {
    const auto id = core::Id::parse(text);
    if (!id) {
        return text;
    }
    if (field.type == FieldType::Person) {
        const access::Person* person = names.directory->find_person(*id);
        return person == nullptr ? text : person->name;
    }
    if (field.type == FieldType::Unit) {
        const access::Unit* unit = names.directory->find_unit(*id);
        return unit == nullptr ? text : unit->name;
    }
    return names.number_of(field.to, *id);
}

std::string choice_cell(const Field& field, const std::string& code, const SheetWords& words) {
    const auto found = std::ranges::find(field.choices, code, &declarations::Choice::code);
    const std::string title =
        found == field.choices.end() ? "" : std::string{found->title.in(words.language)};
    return title.empty() ? code : title;
}

}  // namespace

bool is_called(const core::Texts& texts, const std::string& cell) {
    return std::ranges::any_of(texts.by_tag, [&](const auto& text) {
        return plain(text.second) == cell;
    });
}

const access::Unit* find_unit(
    const std::string& cell,
    const SheetNames& names,
    const std::string& pointer,
    std::vector<core::FieldError>& errors
) {
    const auto units = units_called(*names.directory, cell);
    if (units.size() != 1) {
        errors.push_back({pointer, code_of(units.size()), {{"name", cell}}, {}});
        return nullptr;
    }
    return units.front();
}

std::optional<calendar::Date> find_date(const std::string& cell) {
    std::vector<std::string> parts(1);
    for (const char c : cell) {
        if (c == '-' || c == '/' || c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    if (parts.size() == 1 && cell.size() == 8) {
        parts = {cell.substr(0, 4), cell.substr(4, 2), cell.substr(6, 2)};
    }
    if (parts.size() != 3 || parts[1].size() > 2 || parts[2].size() > 2) {
        return std::nullopt;
    }
    for (std::string& part : parts) {
        part.insert(0, part.size() < 2 ? 2 - part.size() : 0, '0');
    }
    return calendar::Date::parse(parts[0] + "-" + parts[1] + "-" + parts[2]);
}

Json value_of_cell(
    const Field& field,
    const std::string& cell,
    const SheetWords& words,
    const SheetNames& names,
    std::vector<core::FieldError>& errors
) {
    const Place place{words, names, "/fields/" + field.name, errors};
    const std::string text = plain(cell);
    if (text.empty()) {
        return nullptr;
    }
    if (field.type == FieldType::Rows) {
        auto rows = core::find_json(cell);
        return rows && rows->is_array() ? *std::move(rows) : wrong_type(place, "rows");
    }
    if (is_list(field)) {
        return list_of(field, text, place);
    }
    const bool is_words = field.type == FieldType::Text || field.type == FieldType::LongText;
    return scalar_of(field, is_words ? cell : text, place);
}

std::string cell_of_value(
    const Field& field, const Json& value, const SheetWords& words, const SheetNames& names
) {
    if (value.is_null()) {
        return {};
    }
    if (field.type == FieldType::Rows) {
        return value.get_array().empty() ? "" : core::json_text(value);
    }
    if (value.is_array()) {
        std::string out;
        for (const Json& element : value.get_array()) {
            out += (out.empty() ? "" : "; ") + cell_of_value(field, element, words, names);
        }
        return out;
    }
    if (value.is_bool()) {
        return (value.get_bool() ? words.yes : words.no).front();
    }
    if (field.type == FieldType::Money) {
        return money_cell(value, names);
    }
    if (!value.is_string()) {
        return core::json_text(value);
    }
    const std::string text{value.get_string()};
    if (field.type == FieldType::Choice) {
        return choice_cell(field, text, words);
    }
    const bool names_something = field.type == FieldType::Person || field.type == FieldType::Unit ||
                                 field.type == FieldType::Link || field.type == FieldType::Links;
    return names_something ? named_cell(field, text, names) : text;
}

}  // namespace duban::exchange
