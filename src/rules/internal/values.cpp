#include "rules/internal/values.h"

#include <charconv>

#include "calendar/date.h"
#include "core/problem.h"

namespace duban::rules {

namespace {

using store::Value;

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number}
                                                                    : std::nullopt;
}

/// "12.5" at scale 2 is 1250; more places than the scale are no value.
std::optional<std::int64_t> scaled_number(std::string_view text, int scale) {
    const std::size_t dot = text.find('.');
    std::string digits{text.substr(0, dot)};
    const std::string_view places = dot == std::string_view::npos ? "" : text.substr(dot + 1);
    if (places.size() > static_cast<std::size_t>(scale) ||
        places.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    digits += places;
    digits.append(static_cast<std::size_t>(scale) - places.size(), '0');
    return whole_number(digits);
}

std::optional<Value> text_value(std::string_view text, const Binding& binding) {
    if (binding.type == "text") {
        return Value{std::string{text}};
    }
    if (binding.type == "date") {
        return calendar::Date::parse(text) ? std::optional{Value{std::string{text}}} : std::nullopt;
    }
    if (binding.type == "uuid") {
        const std::optional<core::Id> id = core::Id::parse(text);
        return id ? std::optional{store::value(*id)} : std::nullopt;
    }
    if (binding.type == "bigint") {
        const std::optional<std::int64_t> number = scaled_number(text, binding.scale);
        return number ? std::optional{Value{*number}} : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Value> find_value(const core::Json& json, const Binding& binding) {
    if (json.is_null()) {
        return Value{};
    }
    if (json.is_bool() && binding.type == "boolean") {
        return Value{json.get_bool()};
    }
    if (json.is_int64() && binding.type == "bigint") {
        return binding.scale == 0 ? std::optional{Value{json.get_int64()}}
                                  : text_value(std::to_string(json.get_int64()), binding);
    }
    if (json.is_string()) {
        return text_value(json.get_string(), binding);
    }
    return std::nullopt;
}

}  // namespace

Value value_of(const core::Json& json, const Binding& binding) {
    std::optional<Value> found = find_value(json, binding);
    if (!found) {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "rule.wrong_value",
            {{"name", binding.name}, {"type", binding.type}}
        };
    }
    return *std::move(found);
}

Value typed_value(Value value, std::string_view type) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (type == "boolean" && number != nullptr) {
        return *number != 0;
    }
    return value;
}

Value fact_value(Value value, std::string_view column_type) {
    const bool* truth = std::get_if<bool>(&value);
    if (truth != nullptr && column_type != "boolean") {
        return std::int64_t{*truth ? 1 : 0};
    }
    return typed_value(std::move(value), column_type);
}

}  // namespace duban::rules
