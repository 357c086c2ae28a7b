#include "registers/internal/list_query.h"

#include <algorithm>
#include <charconv>

#include "core/check.h"
#include "core/problem.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "registers/decimal.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Field;
using declarations::FieldType;
using declarations::Register;
using declarations::View;

constexpr std::int64_t kStepsMax = 5'000'000;
constexpr std::int64_t kMsMax = 1000;

bool is_fixed(const std::string& name) {
    return name == "number" || name == "opened_at" || name == "changed_at" || name == "due_on" ||
           name == "state" || name == "unit";
}

[[noreturn]] void refuse_value(const std::string& field) {
    throw Problem{ProblemKind::Invalid, "query.value_malformed", {{"field", field}}};
}

store::Value integer_value(const std::string& field, const std::string& text) {
    std::int64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || end.ptr != text.data() + text.size() || end.ec != std::errc{}) {
        refuse_value(field);
    }
    return number;
}

store::Value id_value(const std::string& field, const std::string& text) {
    const auto id = core::Id::parse(text);
    if (!id) {
        refuse_value(field);
    }
    return store::value(*id);
}

store::Value date_value(const std::string& field, const std::string& text) {
    if (!calendar::Date::parse(text)) {
        refuse_value(field);
    }
    return text;
}

store::Value fixed_value(const std::string& column, const std::string& text) {
    if (column == "unit") {
        return id_value(column, text);
    }
    if (column == "due_on") {
        return date_value(column, text);
    }
    if (column == "opened_at" || column == "changed_at") {
        return integer_value(column, text);
    }
    return text;
}

/// What the cursor belongs to: everything of the request but the place itself.
std::string query_digest(const ListRequest& request) {
    core::JsonArray parts;
    parts.emplace_back(request.register_name);
    parts.emplace_back(request.view);
    parts.emplace_back(request.sort);
    parts.emplace_back(request.below);
    for (const Filter& filter : request.filters) {
        parts.emplace_back(filter.field);
        for (const std::string& value : filter.values) {
            parts.emplace_back(value);
        }
        parts.emplace_back(filter.from);
        parts.emplace_back(filter.to);
    }
    return crypto::sha256(core::canonical_json(parts)).hex().substr(0, 16);
}

std::string column_of(const Register& declared, const std::string& name) {
    if (name == "due") {
        return "due_on";
    }
    if (is_fixed(name)) {
        return name;
    }
    const Field* field = declared.find_field(name);
    if (field == nullptr || rules::has_child_table(*field) || field->sealed) {
        throw Problem{ProblemKind::Invalid, "query.filter_not_declared", {{"field", name}}};
    }
    return codec::first_column(*field);
}

/// A cursor comes from a client, whatever we wrote into it: bytes are ids, and ids are bytes. Other
/// values that the column cannot hold are refused by the query.
bool fits(const Order& order, const store::Value& value) {
    if (std::holds_alternative<std::monostate>(value)) {
        return true;
    }
    const bool is_id = order.field == nullptr ? order.column == "unit"
                                              : order.field->type == FieldType::Person ||
                                                    order.field->type == FieldType::Unit ||
                                                    order.field->type == FieldType::Link;
    const auto* bytes = std::get_if<core::Bytes>(&value);
    return is_id ? bytes != nullptr && bytes->data.size() == core::Id{}.octets.size()
                 : bytes == nullptr;
}

bool declares(const View* view, const std::string& name) {
    if (name == "state" || name == "unit" || name == "due" || view == nullptr) {
        return true;
    }
    return std::find(view->filters.begin(), view->filters.end(), name) != view->filters.end();
}

/// Whether one value comes before another in a way that people mean: dates, instants and numbers.
bool is_ordered(const std::string& column, const Field* field) {
    if (field == nullptr) {
        return column != "state" && column != "unit";
    }
    switch (field->type == FieldType::Computed ? field->computed_type : field->type) {
        case FieldType::Integer:
        case FieldType::Moment:
        case FieldType::Money:
        case FieldType::Decimal:
        case FieldType::Date: return true;
        case FieldType::Boolean:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Choice:
        case FieldType::File:
        case FieldType::Links:
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    return false;
}

/// A list of what never is would be empty, and look like an answer.
void refuse_unknown_values(const Register& declared, const Field* field, const Filter& filter) {
    const auto is_known = [&](const std::string& value) {
        if (filter.field == "state") {
            return declared.procedure.find_state(value) != nullptr;
        }
        return field == nullptr || field->type != FieldType::Choice ||
               std::ranges::find(field->choices, value, &declarations::Choice::code) !=
                   field->choices.end();
    };
    if (!std::ranges::all_of(filter.values, is_known)) {
        refuse_value(filter.field);
    }
}

void add_units(
    Conditions& conditions, const Filter& filter, bool below, const access::Directory& directory
) {
    std::vector<store::Value> units;
    for (const std::string& text : filter.values) {
        const auto id = core::Id::parse(text);
        if (!id) {
            refuse_value("unit");
        }
        if (!below) {
            units.push_back(store::value(*id));
            continue;
        }
        for (const core::Id& unit : directory.with_descendants(*id)) {
            units.push_back(store::value(unit));
        }
    }
    conditions.one_of("unit", units);
}

}  // namespace

Conditions::Conditions(core::OrgId org) : text_{"org = $1"}, values_{store::value(org)} {}

std::string Conditions::bind(store::Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
}

void Conditions::equal(const std::string& column, store::Value value) {
    compare(column, "=", std::move(value));
}

void Conditions::compare(const std::string& column, const char* sign, store::Value value) {
    add(column + " " + sign + " " + bind(std::move(value)));
}

void Conditions::one_of(const std::string& column, const std::vector<store::Value>& values) {
    if (values.size() == 1) {
        equal(column, values.front());
        return;
    }
    std::string places;
    for (const store::Value& value : values) {
        places += (places.empty() ? "" : ", ") + bind(value);
    }
    add(values.empty() ? "1 = 0" : column + " in (" + places + ")");
}

Order order_of(const Register& declared, const View* view, const std::string& sort) {
    std::string name = sort;
    if (name.empty()) {
        name = view != nullptr && !view->sorts.empty() ? view->sorts.front() : "-changed_at";
    }
    const bool descends = name.starts_with('-');
    const std::string bare = descends ? name.substr(1) : name;
    const auto named = [&](const std::string& other) {
        return (other.starts_with('-') ? other.substr(1) : other) == bare;
    };
    if (view != nullptr && !sort.empty() &&
        std::none_of(view->sorts.begin(), view->sorts.end(), named)) {
        throw Problem{ProblemKind::Invalid, "query.sort_not_declared", {{"sort", bare}}};
    }
    const Field* field = declared.find_field(bare);
    return {.column = column_of(declared, bare), .descends = descends, .field = field};
}

store::Value column_value(const Field* field, const std::string& column, const std::string& text) {
    if (field == nullptr) {
        return fixed_value(column, text);
    }
    switch (field->type == FieldType::Computed ? field->computed_type : field->type) {
        case FieldType::Integer:
        case FieldType::Moment:
        case FieldType::Money: return integer_value(field->name, text);
        case FieldType::Decimal: {
            const auto scaled = parse_decimal(text, field->scale);
            if (!scaled) {
                refuse_value(field->name);
            }
            return *scaled;
        }
        case FieldType::Boolean:
            if (text != "true" && text != "false") {
                refuse_value(field->name);
            }
            return text == "true";
        case FieldType::Date: return date_value(field->name, text);
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link: return id_value(field->name, text);
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Choice:
        case FieldType::File: return text;
        case FieldType::Links:
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    refuse_value(field->name);
}

void add_filters(
    Conditions& conditions,
    const Register& declared,
    const View* view,
    const ListRequest& request,
    const access::Directory& directory
) {
    if (view != nullptr && !view->states.empty()) {
        std::vector<store::Value> states{view->states.begin(), view->states.end()};
        conditions.one_of("state", states);
    }
    for (const Filter& filter : request.filters) {
        if (!declares(view, filter.field)) {
            throw Problem{
                ProblemKind::Invalid, "query.filter_not_declared", {{"field", filter.field}}
            };
        }
        const std::string column = column_of(declared, filter.field);
        const Field* field = declared.find_field(filter.field);
        const bool is_range = !filter.from.empty() || !filter.to.empty();
        if (is_range && !is_ordered(column, field)) {
            refuse_value(filter.field);
        }
        if (filter.field == "unit") {
            add_units(conditions, filter, request.below, directory);
            continue;
        }
        refuse_unknown_values(declared, field, filter);
        std::vector<store::Value> values;
        for (const std::string& text : filter.values) {
            values.push_back(column_value(field, column, text));
        }
        if (!values.empty()) {
            conditions.one_of(column, values);
        }
        if (!filter.from.empty()) {
            conditions.compare(column, ">=", column_value(field, column, filter.from));
        }
        if (!filter.to.empty()) {
            conditions.compare(column, "<=", column_value(field, column, filter.to));
        }
    }
}

store::Rows run_bounded(
    store::Reader& reader,
    const std::string& sql,
    const Conditions& conditions,
    std::size_t rows_max
) {
    return reader.query_bounded(
        {"registers.list_entries", sql},
        conditions.values(),
        {.steps_max = kStepsMax, .ms_max = kMsMax, .rows_max = rows_max}
    );
}

std::string write_cursor(const Place& place, const ListRequest& request) {
    core::JsonObject json;
    json["q"] = query_digest(request);
    json["n"] = place.in_nulls;
    json["i"] = place.id.text();
    if (const auto* number = std::get_if<std::int64_t>(&place.value)) {
        json["v"] = *number;
    } else if (const auto* text = std::get_if<std::string>(&place.value)) {
        json["v"] = *text;
    } else if (const auto* truth = std::get_if<bool>(&place.value)) {
        json["v"] = *truth;
    } else if (const auto* bytes = std::get_if<core::Bytes>(&place.value)) {
        json["b"] = crypto::base64url_encode(bytes->data);
    }
    return crypto::base64url_encode(core::canonical_json(json));
}

Place read_cursor(const ListRequest& request, const Order& order) {
    const auto text = crypto::base64url_decode(request.cursor);
    const auto json = text ? core::find_json(*text) : std::nullopt;
    const auto id =
        json ? core::Id::parse(core::find_string(*json, "i").value_or("")) : std::nullopt;
    if (!id) {
        throw Problem{ProblemKind::Invalid, "cursor.malformed"};
    }
    if (core::find_string(*json, "q").value_or("") != query_digest(request)) {
        throw Problem{ProblemKind::Invalid, "cursor.other_query"};
    }
    Place place{.in_nulls = false, .value = {}, .id = *id};
    const core::Json* nulls = core::find_member(*json, "n");
    place.in_nulls = nulls != nullptr && nulls->is_bool() && nulls->get_bool();
    if (const core::Json* value = core::find_member(*json, "v")) {
        if (value->is_int64()) {
            place.value = value->get_int64();
        } else if (value->is_string()) {
            place.value = std::string{value->get_string()};
        } else if (value->is_bool()) {
            place.value = value->get_bool();
        }
    } else if (const auto bytes = core::find_string(*json, "b")) {
        place.value = core::Bytes{crypto::base64url_decode(*bytes).value_or("")};
    }
    if (!fits(order, place.value)) {
        throw Problem{ProblemKind::Invalid, "cursor.malformed"};
    }
    return place;
}

}  // namespace duban::registers
