#include "text/zh/dates.h"

#include <array>
#include <cstdio>

#include "text/zh/chars.h"
#include "text/zh/markers.h"
#include "text/zh/numerals.h"

namespace duban::text::zh {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2100;

/// Which part of a month or year is meant.
enum class Part : std::uint8_t {
    Whole,
    First,
    Second,
    Third,
    Begin,
    End,
    FirstHalf,
    SecondHalf,
    Quarter
};

/// One end of a range, as it is written.
struct Point {
    std::size_t length = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    int quarter = 0;
    Part part = Part::Whole;
    bool corrupted = false;
    bool open = false;  ///< the last number has no unit: 4月18(至24日)
};

std::size_t past_few_blanks(std::u32string_view text, std::size_t at) {
    const std::size_t start = at;
    while (at < text.size() && at - start < 4 && is_blank(text[at])) {
        ++at;
    }
    return at;
}

bool is_year(std::int64_t value) {
    return value >= kYearMin && value <= kYearMax;
}

/// A number and the character after it, blanks passed.
struct Figure {
    std::int64_t value = 0;
    std::size_t digits = 0;
    std::size_t end = 0;  ///< past the blanks behind the number
    char32_t unit = 0;
};

Figure figure_at(std::u32string_view text, std::size_t at) {
    const std::size_t begin = past_few_blanks(text, at);
    const Numeral numeral = number_at(text, begin);
    if (numeral.length == 0) {
        return {};
    }
    const std::size_t end = past_few_blanks(text, begin + numeral.length);
    return {numeral.value, numeral.length, end, char_at(text, end)};
}

/// 上旬 中旬 下旬 初 底 末 behind a month.
std::size_t month_part(std::u32string_view text, std::size_t at, Part& part) {
    const char32_t c = char_at(text, at);
    if (char_at(text, at + 1) == U'旬') {
        part = c == U'上'   ? Part::First
               : c == U'中' ? Part::Second
               : c == U'下' ? Part::Third
                            : part;
        return part == Part::Whole ? 0 : 2;
    }
    if (c == U'初') {
        part = Part::Begin;
        return 1;
    }
    if (c == U'底' || c == U'末') {
        part = Part::End;
        return 1;
    }
    return 0;
}

/// 上半年, 第一季度, 年底 behind a year.
std::size_t year_part(std::u32string_view text, std::size_t at, Point& point) {
    if (char_at(text, at + 1) == U'半' && char_at(text, at + 2) == U'年') {
        const char32_t c = char_at(text, at);
        point.part = c == U'上' ? Part::FirstHalf : c == U'下' ? Part::SecondHalf : Part::Whole;
        return point.part == Part::Whole ? 0 : 3;
    }
    const std::size_t number = at + (char_at(text, at) == U'第' ? 1 : 0);
    const Numeral quarter = number_at(text, number);
    const std::size_t after = number + quarter.length;
    if (quarter.length == 1 && quarter.value >= 1 && quarter.value <= 4 &&
        char_at(text, after) == U'季' && char_at(text, after + 1) == U'度') {
        point.part = Part::Quarter;
        point.quarter = static_cast<int>(quarter.value);
        return after + 2 - at;
    }
    return month_part(text, at, point.part);
}

/// The day behind M月, or the part of the month.
void read_day(std::u32string_view text, std::size_t begin, Point& point) {
    std::size_t at = begin + point.length;
    if (const std::size_t part = month_part(text, at, point.part); part != 0) {
        point.length += part;
        return;
    }
    const Figure day = figure_at(text, at);
    if (day.digits == 0) {
        if (at = past_few_blanks(text, at);
            at > begin + point.length && char_at(text, at) == U'日') {
            point.corrupted = true;
            point.length = at + 1 - begin;
        }
        return;
    }
    if (day.unit == U'日' || day.unit == U'号') {
        point.day = day.digits <= 3 ? static_cast<int>(day.value) : 99;
        point.length = day.end + 1 - begin;
    } else if (day.digits <= 2 && day.value <= 31 &&
               (day.unit == U'至' || day.unit == U'到' || day.unit == U'-' || day.unit == U'—')) {
        point.day = static_cast<int>(day.value);
        point.open = true;
        point.length = past_few_blanks(text, at) + day.digits - begin;
    }
}

/// What stands behind Y年.
void read_month(std::u32string_view text, std::size_t begin, Point& point) {
    const std::size_t at = begin + point.length;
    const Figure month = figure_at(text, at);
    if (month.digits != 0 && month.unit == U'月') {
        point.month = month.digits <= 3 ? static_cast<int>(month.value) : 99;
        point.length = month.end + 1 - begin;
        read_day(text, begin, point);
        return;
    }
    if (month.digits != 0 && month.unit == U'日') {  // 2021年915日: a 月 was lost
        point.corrupted = true;
        point.length = month.end + 1 - begin;
        return;
    }
    if (month.digits != 0 && month.digits <= 2 && month.value >= 1 && month.value <= 12 &&
        (month.unit == U'-' || month.unit == U'—' || month.unit == U'至' || month.unit == U'到')) {
        const Figure second = figure_at(text, month.end + 1);
        if (second.digits != 0 && second.unit == U'月') {  // 2023年7-8月
            point.month = static_cast<int>(month.value);
            point.open = true;
            point.length = past_few_blanks(text, at) + month.digits - begin;
            return;
        }
    }
    const std::size_t blank = past_few_blanks(text, at);
    const char32_t lost = char_at(text, blank);
    const bool masked =
        lost == U'X' || lost == U'x' || lost == U'×' || lost == U'*' || lost == U'_';
    if ((masked && char_at(text, blank + 1) != 0) || (blank > at && lost == U'月')) {
        std::size_t end = blank;
        while (end - blank < 8 && (is_blank(char_at(text, end)) || char_at(text, end) == lost ||
                                   char_at(text, end) == U'月' || char_at(text, end) == U'日')) {
            ++end;
        }
        if (text.substr(blank, end - blank).find(U'月') != std::u32string_view::npos) {
            point.corrupted = true;
            point.length = end - begin;
        }
        return;
    }
    point.length += year_part(text, at, point);
}

/// 2023-07-25, 2023/7/25, 2023.7.25.
Point numeric_point(std::u32string_view text, std::size_t at, const Numeral& year) {
    const char32_t separator = char_at(text, at + year.length);
    if (year.length != 4 || !is_year(year.value) ||
        (separator != U'-' && separator != U'/' && separator != U'.')) {
        return {};
    }
    const Numeral month = digits_at(text, at + 5);
    const std::size_t second = at + 5 + month.length;
    const Numeral day =
        char_at(text, second) == separator ? digits_at(text, second + 1) : Numeral{};
    if (month.length == 0 || month.length > 2 || day.length == 0 || day.length > 2) {
        return {};
    }
    const char32_t after = char_at(text, second + 1 + day.length);
    if (after == separator && separator == U'.' && char_at(text, second + 2 + day.length) >= U'0' &&
        char_at(text, second + 2 + day.length) <= U'9') {
        return {};  // 2023.7.25.1 is no date
    }
    Point point;
    point.length = second + 1 + day.length - at;
    point.year = static_cast<int>(year.value);
    point.month = static_cast<int>(month.value);
    point.day = static_cast<int>(day.value);
    return point;
}

Point point_at(std::u32string_view text, std::size_t at) {
    const Numeral digits = digits_at(text, at);
    if (digits.length != 0) {
        if (const Point numeric = numeric_point(text, at, digits); numeric.length != 0) {
            return numeric;
        }
    }
    const Figure first = figure_at(text, at);
    if (first.digits == 0) {
        return {};
    }
    Point point;
    point.length = first.end + 1 - at;
    if (first.unit == U'年' && first.digits == 4 && is_year(first.value)) {
        point.year = static_cast<int>(first.value);
        read_month(text, at, point);
        return point;
    }
    if (first.unit == U'月' && first.digits <= 2 && first.value >= 1 && first.value <= 12) {
        point.month = static_cast<int>(first.value);
        read_day(text, at, point);
        return point;
    }
    if (first.unit == U'日' && first.digits <= 2 && first.value >= 1 && first.value <= 31) {
        point.day = static_cast<int>(first.value);
        return point;
    }
    const bool run_together = first.digits >= 5 && first.digits <= 8 && digits.length != 0 &&
                              (text[at] == U'1' || text[at] == U'2');
    if (run_together && (first.unit == U'日' || first.unit == U'月')) {  // 2021915日
        point.corrupted = true;
        return point;
    }
    if (first.unit == U'年' && first.digits == 3 && text[at] == U'2' && text[at + 1] == U'0') {
        const Figure month = figure_at(text, first.end + 1);
        if (month.unit == U'月') {  // 202年9月: a digit was lost
            point.year = kYearMin;
            read_month(text, at, point);
            point.corrupted = true;
            return point;
        }
    }
    return {};
}

/// 至 到 - — ~, with 起 and blanks around: how long, or 0.
std::size_t connector_at(std::u32string_view text, std::size_t at) {
    std::size_t end = past_few_blanks(text, at);
    if (char_at(text, end) == U'起') {
        ++end;
    }
    std::size_t signs = 0;
    while (signs < 3) {
        const char32_t c = char_at(text, end);
        const bool dash =
            c == U'-' || c == U'—' || c == U'~' || c == U'–' || c == U'―' || c == U'─';
        if (!dash && !(signs == 0 && (c == U'至' || c == U'到'))) {
            break;
        }
        ++end;
        ++signs;
        if (!dash) {
            break;
        }
    }
    return signs == 0 ? 0 : past_few_blanks(text, end) - at;
}

bool is_real(const Point& p) {
    return !p.corrupted && (p.month == 0 || (p.month >= 1 && p.month <= 12)) &&
           (p.day == 0 || (p.day >= 1 && p.month != 0 && p.day <= days_in_month(p.year, p.month)));
}

std::array<Day, 2> bounds(const Point& p) {
    const auto month = [&](int first, int last) {
        return std::array<Day, 2>{
            Day{p.year, first, 1}, Day{p.year, last, days_in_month(p.year, last)}
        };
    };
    if (p.month == 0) {
        switch (p.part) {
            case Part::FirstHalf: return month(1, 6);
            case Part::SecondHalf: return month(7, 12);
            case Part::Quarter: return month(p.quarter * 3 - 2, p.quarter * 3);
            case Part::Begin: return month(1, 1);
            case Part::End: return month(12, 12);
            case Part::Whole:
            case Part::First:
            case Part::Second:
            case Part::Third: break;
        }
        return month(1, 12);
    }
    if (p.day != 0) {
        return {Day{p.year, p.month, p.day}, Day{p.year, p.month, p.day}};
    }
    const int last = days_in_month(p.year, p.month);
    switch (p.part) {
        case Part::First:
        case Part::Begin: return {Day{p.year, p.month, 1}, Day{p.year, p.month, 10}};
        case Part::Second: return {Day{p.year, p.month, 11}, Day{p.year, p.month, 20}};
        case Part::Third:
        case Part::End: return {Day{p.year, p.month, 21}, Day{p.year, p.month, last}};
        case Part::Whole:
        case Part::FirstHalf:
        case Part::SecondHalf:
        case Part::Quarter: break;
    }
    return month(p.month, p.month);
}

/// The year that a date without one takes from the date before it; 0 when none can be told.
int carried_year(const Point& point, const DateContext& context) {
    if (!context.before || point.month == 0 || point.month < context.before->month) {
        return 0;
    }
    return context.before->year;
}

/// Year and month of the second end from the first; true when the year had to wrap.
bool complete(Point& second, const Point& first) {
    if (second.month == 0 && second.year == 0) {
        second.month = first.month;
    }
    if (second.year != 0) {
        return false;
    }
    second.year = first.year;
    const bool earlier = second.month < first.month ||
                         (second.month == first.month && second.day != 0 && second.day < first.day);
    if (earlier) {
        ++second.year;
    }
    return earlier;
}

/// Reads the other end of a range behind `first`; length 0 when there is none.
Point second_point(std::u32string_view text, std::size_t at, const Point& first, std::size_t& gap) {
    gap = connector_at(text, at + first.length);
    if (gap == 0) {
        return {};
    }
    Point second = point_at(text, at + first.length + gap);
    const bool whole_year = first.month == 0 && first.day == 0;
    if (second.length != 0 && second.year == 0 && second.month == 0 && whole_year) {
        return {};
    }
    return second;
}

/// 2020-2022年: a year whose 年 stands behind the other one.
DateText years_at(std::u32string_view text, std::size_t at) {
    const Numeral first = digits_at(text, at);
    if (first.length != 4 || !is_year(first.value)) {
        return {};
    }
    const std::size_t gap = connector_at(text, at + 4);
    const std::size_t second_at = at + 4 + gap;
    const Numeral second = gap == 0 ? Numeral{} : digits_at(text, second_at);
    if (second.length != 4 || !is_year(second.value) || second.value <= first.value ||
        char_at(text, second_at + 4) != U'年') {
        return {};
    }
    DateText date;
    date.length = second_at + 5 - at;
    date.range = true;
    date.from = Day{static_cast<int>(first.value), 1, 1};
    date.to = Day{static_cast<int>(second.value), 12, 31};
    return date;
}

bool is_vague(const Point& p) {
    return p.part != Part::Whole && p.part != Part::FirstHalf && p.part != Part::SecondHalf &&
           p.part != Part::Quarter;
}

/// Gives the ends their days, or the reason why they have none.
void settle(DateText& date, Point first, Point second) {
    if (second.length != 0 && complete(second, first)) {
        date.fault = DateFault::CarriedYear;
    }
    if (is_vague(first) || is_vague(second)) {
        date.fault = DateFault::Vague;
    }
    const bool two = second.length != 0;
    if (!is_real(first) || (two && !is_real(second))) {
        date.fault = DateFault::Corrupted;
        return;
    }
    const Day from = bounds(first)[0];
    const Day to = bounds(two ? second : first)[1];
    if (to < from) {
        date.fault = DateFault::Corrupted;
        return;
    }
    date.from = from;
    date.to = to;
}

}  // namespace

std::string Day::iso() const {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
    return text.data();
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 || year == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month)];
}

DateText date_at(std::u32string_view text, std::size_t at, const DateContext& context) {
    Point first = point_at(text, at);
    if (first.length == 0) {
        return years_at(text, at);
    }
    std::size_t gap = 0;
    Point second = second_point(text, at, first, gap);
    const bool lone_day = first.year == 0 && first.month == 0 && !first.corrupted;
    if (lone_day || (first.open && second.length == 0)) {
        return {};
    }
    DateText date;
    date.length = first.length;
    date.range = second.length != 0;
    if (date.range) {
        date.length += gap + second.length;
    }
    if (first.corrupted) {
        date.fault = DateFault::Corrupted;
        return date;
    }
    bool carried = false;
    if (first.year == 0 && second.year != 0 && second.month >= first.month) {
        first.year = second.year;
    } else if (first.year == 0) {
        first.year = carried_year(first, context);
        carried = first.year != 0;
    }
    if (first.year == 0) {
        date.fault = DateFault::NoYear;
        return date;
    }
    settle(date, first, second);
    if (carried && date.fault == DateFault::None) {
        date.fault = DateFault::CarriedYear;
    }
    return date;
}

}  // namespace duban::text::zh
