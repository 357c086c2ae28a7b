// Workdays and terms: when something that starts today is due (P11, P33, E18). Pure; the days
// themselves are data (data/calendars/), the time zone is an IANA name resolved by ICU.
//
//     const Due due = due_of(start, {.amount = 15, .unit = TermUnit::Workdays}, profile, calendar);
//     due.on;           // the last day; it ends at 24:00
//     due.provisional;  // 暂定: a year without an official calendar was counted by rest days

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "calendar/date.h"
#include "core/clock.h"

namespace duban::calendar {

/// The days of one country or office: rest days of the week, and the exceptions of known years.
struct WorkCalendar {
    std::string name;                           ///< "cn"
    std::set<unsigned> rest_weekdays = {6, 0};  ///< 0 = Sunday … 6 = Saturday
    std::set<Date> holidays;                    ///< official days off
    std::set<Date> makeup_workdays;             ///< 调休上班日: rest days worked
    std::set<int> known_years;                  ///< years with an official calendar

    [[nodiscard]] bool is_workday(Date day) const;
    [[nodiscard]] bool knows(int year) const { return known_years.contains(year); }
};

/// Reads the calendar format of data/calendars/*.yaml's JSON form. Throws Problem{Invalid,
/// "calendar.malformed"}.
[[nodiscard]] WorkCalendar parse_calendar(std::string_view json);
/// The canonical JSON of a calendar: what its journal record keeps.
[[nodiscard]] std::string calendar_text(const WorkCalendar& calendar);

enum class TermUnit { Days, Workdays, Months };
enum class CountFrom { NextDay, SameDay };
enum class EndOnRestDay { NextWorkday, Keep };

/// "next_day" or "same_day"; "next_workday" or "keep": how both are written wherever they are kept.
[[nodiscard]] std::string_view text_of(CountFrom count_from);
[[nodiscard]] std::string_view text_of(EndOnRestDay end_on_rest_day);
[[nodiscard]] std::optional<CountFrom> find_count_from(std::string_view text);
[[nodiscard]] std::optional<EndOnRestDay> find_end_on_rest_day(std::string_view text);

struct Term {
    int amount = 0;
    TermUnit unit = TermUnit::Days;
    bool operator==(const Term&) const = default;
};

/// How a place counts (P11): part of a deadline profile.
struct CountingRule {
    CountFrom count_from = CountFrom::NextDay;
    EndOnRestDay end_on_rest_day = EndOnRestDay::NextWorkday;
    bool operator==(const CountingRule&) const = default;
};

struct Due {
    Date on;                   ///< last day of the term; it ends at 24:00
    bool provisional = false;  ///< 暂定
    bool operator==(const Due&) const = default;
};

/// The last day of `term` started on `start`.
[[nodiscard]] Due due_of(
    Date start, const Term& term, const CountingRule& rule, const WorkCalendar& calendar
);

/// `due` moved by the days a pause lasted: calendar days for Days and Months, workdays for
/// Workdays. A pause that ends on its first day moves nothing, not even off a day of rest that a
/// person has named.
[[nodiscard]] Due resumed(
    Due due,
    Date paused_on,
    Date resumed_on,
    TermUnit unit,
    const CountingRule& rule,
    const WorkCalendar& calendar
);

/// Workdays after `from` up to and including `to`; negative when `to` is earlier.
[[nodiscard]] int workdays_between(Date from, Date to, const WorkCalendar& calendar);

/// The civil date at `at` in the IANA zone `zone` ("Asia/Shanghai").
/// Throws Problem{Invalid, "calendar.unknown_zone"}.
[[nodiscard]] Date civil_date(core::Instant at, std::string_view zone);
/// When `day` begins in the IANA zone `zone`. Throws as civil_date() does.
[[nodiscard]] core::Instant day_start(Date day, std::string_view zone);

}  // namespace duban::calendar
