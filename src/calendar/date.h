// A civil date: what deadlines and records count in. Pure.

#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace duban::calendar {

struct Date {
    std::chrono::sys_days days{};

    auto operator<=>(const Date&) const = default;

    /// ISO 8601: "2026-11-24".
    [[nodiscard]] std::string text() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] unsigned month() const;
    [[nodiscard]] unsigned day() const;

    /// Reads "YYYY-MM-DD" of a day that exists, years 1000–9999.
    [[nodiscard]] static std::optional<Date> parse(std::string_view text);
    [[nodiscard]] Date plus_days(int count) const { return {days + std::chrono::days{count}}; }
    /// The same day `count` months later, or the last day of that month.
    [[nodiscard]] Date plus_months(int count) const;
};

}  // namespace duban::calendar
