// Dates and ranges of dates as Chinese papers write them, in folded text, with what was left out
// filled in from the other end of the range:
//
//     2022年4月18日至6月24日 · 2022年4月18—24日 · 二〇二三年七月 · 2023-07-25 ·
//     2022年8月下旬至9月底
//
//     const DateText d = date_at(text, at, {});     // d.from, d.to: civil days; d.length:
//     characters
//
// A date that lost characters (2021915日) is recognised as one and left without a value.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duban::text::zh {

struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
    auto operator<=>(const Day&) const = default;

    [[nodiscard]] std::string iso() const;  ///< 2023-07-25
};

[[nodiscard]] int days_in_month(int year, int month);

enum class DateFault : std::uint8_t {
    None,
    NoYear,       ///< no year is written and none was carried
    CarriedYear,  ///< the year was taken from the date before
    Vague,        ///< 上旬, 年底: the days are the usual ones
    Corrupted     ///< characters are missing, or there is no such day
};

struct DateText {
    std::size_t length = 0;  ///< folded characters; 0 when no date begins here
    std::optional<Day> from;
    std::optional<Day> to;
    DateFault fault = DateFault::None;
    bool range = false;  ///< two ends were written
};

/// The date before, in the same paragraph: where an omitted year comes from.
struct DateContext {
    std::optional<Day> before;
};

/// The date that begins at `at`.
[[nodiscard]] DateText date_at(
    std::u32string_view text, std::size_t at, const DateContext& context
);

}  // namespace duban::text::zh
