#include "calendar/date.h"

namespace duban::calendar {

namespace {

std::chrono::year_month_day civil(Date date) {
    return {date.days};
}

/// The number written by `digits`; nullopt unless all are ASCII digits.
std::optional<int> number_of(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        value = value * 10 + (digit - '0');
    }
    return value;
}

}  // namespace

std::string Date::text() const {
    const auto put = [](std::string& out, int value, int width) {
        for (int power = width == 4 ? 1000 : 10; power > 0; power /= 10) {
            out += static_cast<char>('0' + value / power % 10);
        }
    };
    std::string out;
    put(out, year(), 4);
    out += '-';
    put(out, static_cast<int>(month()), 2);
    out += '-';
    put(out, static_cast<int>(day()), 2);
    return out;
}

int Date::year() const {
    return static_cast<int>(civil(*this).year());
}
unsigned Date::month() const {
    return static_cast<unsigned>(civil(*this).month());
}
unsigned Date::day() const {
    return static_cast<unsigned>(civil(*this).day());
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = number_of(text.substr(0, 4));
    const auto month = number_of(text.substr(5, 2));
    const auto day = number_of(text.substr(8, 2));
    if (!year || !month || !day || *year < 1000) {
        return std::nullopt;
    }
    const std::chrono::year_month_day read{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}
    };
    if (!read.ok()) {
        return std::nullopt;
    }
    return Date{std::chrono::sys_days{read}};
}

Date Date::plus_months(int count) const {
    const auto from = civil(*this);
    const auto month = from.year() / from.month() + std::chrono::months{count};
    const std::chrono::year_month_day there = month / from.day();
    return {std::chrono::sys_days{there.ok() ? there : month / std::chrono::last}};
}

}  // namespace duban::calendar
