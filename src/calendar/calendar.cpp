#include "calendar/calendar.h"

#include <algorithm>

#include "core/check.h"
#include "core/problem.h"

namespace duban::calendar {

namespace {

// A term is bounded so that every last day stays a date: a century in each unit.
constexpr int kDaysMax = 36'525;
constexpr int kWorkdaysMax = 25'000;
constexpr int kMonthsMax = 1'200;
// The longest holiday of any calendar is far shorter; past it the calendar has no workdays at all.
constexpr int kRestDaysMax = 366;

unsigned weekday_of(Date day) {
    return std::chrono::weekday{day.days}.c_encoding();
}

int amount_max(TermUnit unit) {
    switch (unit) {
        case TermUnit::Days: return kDaysMax;
        case TermUnit::Workdays: return kWorkdaysMax;
        case TermUnit::Months: return kMonthsMax;
    }
    return 0;
}

/// Moves day by day and remembers whether a year without an official calendar was looked at.
class Walker {
public:
    Walker(Date start, const WorkCalendar& calendar) : day_{start}, calendar_{calendar} {}

    void to_workday() {
        for (int steps = 0; !looks_at_workday(); ++steps) {
            core::check(steps < kRestDaysMax, "a calendar has a workday in every year");
            day_ = day_.plus_days(1);
        }
    }

    void pass_workdays(int count) {
        for (int passed = 0; passed < count; ++passed) {
            day_ = day_.plus_days(1);
            to_workday();
        }
    }

    [[nodiscard]] Due due() const { return {.on = day_, .provisional = provisional_}; }

private:
    bool looks_at_workday() {
        provisional_ = provisional_ || !calendar_.knows(day_.year());
        return calendar_.is_workday(day_);
    }

    Date day_;
    const WorkCalendar& calendar_;
    bool provisional_ = false;
};

Date last_of_months(Date start, int months, CountFrom from) {
    const Date same_day = start.plus_months(months);
    // Without a corresponding day the month's last day ends the term, wherever counting began.
    const bool clamped = same_day.day() != start.day();
    return from == CountFrom::SameDay && !clamped && months > 0 ? same_day.plus_days(-1) : same_day;
}

Due last_of_workdays(
    Date start, const Term& term, const CountingRule& rule, const WorkCalendar& calendar
) {
    const bool counts_start = rule.count_from == CountFrom::SameDay && term.amount > 0;
    Walker walker{counts_start ? start.plus_days(-1) : start, calendar};
    walker.pass_workdays(term.amount);
    if (term.amount == 0 && rule.end_on_rest_day == EndOnRestDay::NextWorkday) {
        walker.to_workday();
    }
    return walker.due();
}

Due kept_off_rest_days(Date last, const CountingRule& rule, const WorkCalendar& calendar) {
    Walker walker{last, calendar};
    if (rule.end_on_rest_day == EndOnRestDay::NextWorkday) {
        walker.to_workday();
    }
    return walker.due();
}

/// Days of `days` after `from`, up to `to`, for which `counts` holds.
template <typename Counts>
int count_in(const std::set<Date>& days, Date from, Date to, Counts counts) {
    return static_cast<int>(std::count_if(days.upper_bound(from), days.upper_bound(to), counts));
}

}  // namespace

bool WorkCalendar::is_workday(Date day) const {
    if (makeup_workdays.contains(day)) {
        return true;
    }
    return !rest_weekdays.contains(weekday_of(day)) && !holidays.contains(day);
}

Due due_of(Date start, const Term& term, const CountingRule& rule, const WorkCalendar& calendar) {
    const int most = amount_max(term.unit);
    if (term.amount < 0 || term.amount > most) {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "calendar.term_out_of_range",
            {{"amount", std::to_string(term.amount)}, {"most", std::to_string(most)}}
        };
    }
    switch (term.unit) {
        case TermUnit::Days: {
            const bool counts_start = rule.count_from == CountFrom::SameDay && term.amount > 0;
            const Date last = start.plus_days(term.amount - (counts_start ? 1 : 0));
            return kept_off_rest_days(last, rule, calendar);
        }
        case TermUnit::Months:
            return kept_off_rest_days(
                last_of_months(start, term.amount, rule.count_from), rule, calendar
            );
        case TermUnit::Workdays: return last_of_workdays(start, term, rule, calendar);
    }
    core::check(false, "a term has one of three units");
    return {};
}

Due resumed(
    Due due,
    Date paused_on,
    Date resumed_on,
    TermUnit unit,
    const CountingRule& rule,
    const WorkCalendar& calendar
) {
    core::check(paused_on <= resumed_on, "a pause ends after it began");
    if (paused_on == resumed_on) {
        return due;
    }
    Due moved;
    if (unit == TermUnit::Workdays) {
        Walker walker{due.on, calendar};
        walker.pass_workdays(workdays_between(paused_on, resumed_on, calendar));
        moved = walker.due();
    } else {
        const auto paused = static_cast<int>((resumed_on.days - paused_on.days).count());
        moved = kept_off_rest_days(due.on.plus_days(paused), rule, calendar);
    }
    moved.provisional = moved.provisional || due.provisional;
    return moved;
}

int workdays_between(Date from, Date to, const WorkCalendar& calendar) {
    if (to < from) {
        return -workdays_between(to, from, calendar);
    }
    const auto days = static_cast<int>((to.days - from.days).count());
    int count = days / 7 * (7 - static_cast<int>(calendar.rest_weekdays.size()));
    for (int day = days / 7 * 7 + 1; day <= days; ++day) {
        count += calendar.rest_weekdays.contains(weekday_of(from.plus_days(day))) ? 0 : 1;
    }
    // Whole weeks know nothing of exceptions: holidays on working weekdays, rest days worked.
    const auto rests = [&calendar](Date day) {
        return calendar.rest_weekdays.contains(weekday_of(day));
    };
    count -= count_in(calendar.holidays, from, to, [&](Date day) {
        return !rests(day) && !calendar.makeup_workdays.contains(day);
    });
    count += count_in(calendar.makeup_workdays, from, to, rests);
    return count;
}

}  // namespace duban::calendar
