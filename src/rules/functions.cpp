#include <algorithm>
#include <array>
#include <charconv>

#include "rules/rules.h"

// The same functions stand in library.cpp for PostgreSQL; functions_test.cpp holds both together.

namespace duban::rules {

namespace {

using calendar::Date;
using store::Value;
using Arguments = std::span<const Value>;

/// No day outside the years that Date knows comes out of arithmetic.
constexpr std::int64_t kDaysMax = 4'000'000;
constexpr std::int64_t kMonthsMax = 120'000;

std::optional<Date> date_of(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? Date::parse(*text) : std::nullopt;
}

std::optional<std::int64_t> number_of(const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number != nullptr ? std::optional{*number} : std::nullopt;
}

Value known_day(Date day) {
    return day.year() >= 1000 && day.year() <= 9999 ? Value{day.text()} : Value{};
}

Value days_between(Arguments given) {
    const std::optional<Date> from = date_of(given[0]);
    const std::optional<Date> to = date_of(given[1]);
    return from && to ? Value{std::int64_t{(to->days - from->days).count()}} : Value{};
}

Value add_days(Arguments given) {
    const std::optional<Date> day = date_of(given[0]);
    const std::optional<std::int64_t> count = number_of(given[1]);
    return day && count && std::abs(*count) <= kDaysMax
               ? known_day(day->plus_days(static_cast<int>(*count)))
               : Value{};
}

Value add_months(Arguments given) {
    const std::optional<Date> day = date_of(given[0]);
    const std::optional<std::int64_t> count = number_of(given[1]);
    return day && count && std::abs(*count) <= kMonthsMax
               ? known_day(day->plus_months(static_cast<int>(*count)))
               : Value{};
}

Value year_of(Arguments given) {
    const std::optional<Date> day = date_of(given[0]);
    return day ? Value{std::int64_t{day->year()}} : Value{};
}

Value month_of(Arguments given) {
    const std::optional<Date> day = date_of(given[0]);
    return day ? Value{std::int64_t{day->month()}} : Value{};
}

/// The first or last of what is not null, as PostgreSQL's greatest and least.
Value extreme_of(Arguments given, bool greatest) {
    const Value* best = nullptr;
    for (const Value& value : given) {
        const bool null = std::holds_alternative<std::monostate>(value);
        if (!null && (best == nullptr || (greatest ? *best < value : value < *best))) {
            best = &value;
        }
    }
    return best != nullptr ? *best : Value{};
}

Value concat_of(Arguments given) {
    std::string text;
    for (const Value& value : given) {
        if (const auto* part = std::get_if<std::string>(&value)) {
            text += *part;
        } else if (const std::optional<std::int64_t> number = number_of(value)) {
            text += std::to_string(*number);
        }
    }
    return text;
}

/// The place of the second text in the first by characters from 1; 0 when it is not there.
Value strpos(Arguments given) {
    const auto* text = std::get_if<std::string>(&given[0]);
    const auto* part = std::get_if<std::string>(&given[1]);
    if (text == nullptr || part == nullptr) {
        return {};
    }
    const std::size_t found = text->find(*part);
    if (found == std::string::npos) {
        return std::int64_t{0};
    }
    const std::string_view before = std::string_view{*text}.substr(0, found);
    return 1 + std::ranges::count_if(before, [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
           });
}

Value starts_with(Arguments given) {
    const auto* text = std::get_if<std::string>(&given[0]);
    const auto* part = std::get_if<std::string>(&given[1]);
    return text != nullptr && part != nullptr ? Value{text->starts_with(*part)} : Value{};
}

Value cents_to_text(Arguments given) {
    const std::optional<std::int64_t> cents = number_of(given[0]);
    if (!cents) {
        return {};
    }
    // Through unsigned, because the least integer has no positive counterpart.
    const auto bits = static_cast<std::uint64_t>(*cents);
    const std::uint64_t size = *cents < 0 ? 0 - bits : bits;
    const std::string places = std::to_string(size % 100);
    return (*cents < 0 ? "-" : "") + std::to_string(size / 100) +
           (places.size() == 1 ? ".0" : ".") + places;
}

}  // namespace

std::vector<store::ScalarFunction> functions() {
    return {
        {"days_between", 2, true, days_between},
        {"add_days", 2, true, add_days},
        {"add_months", 2, true, add_months},
        {"year_of", 1, true, year_of},
        {"month_of", 1, true, month_of},
        {"greatest_of", -1, true, [](Arguments given) { return extreme_of(given, true); }},
        {"least_of", -1, true, [](Arguments given) { return extreme_of(given, false); }},
        {"concat_of", -1, true, concat_of},
        {"strpos", 2, true, strpos},
        {"starts_with", 2, true, starts_with},
        {"cents_to_text", 1, true, cents_to_text},
    };
}

}  // namespace duban::rules
