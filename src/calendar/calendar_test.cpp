#include "calendar/calendar.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::calendar {
namespace {

Date day(std::string_view text) {
    return Date::parse(text).value();
}

const WorkCalendar& cn() {
    static const WorkCalendar kCalendar = [] {
        const char* root = std::getenv("DUBAN_SOURCE_DIR");
        std::ifstream file{std::string{root == nullptr ? "." : root} + "/data/calendars/cn.json"};
        std::stringstream text;
        text << file.rdbuf();
        return parse_calendar(text.str());
    }();
    return kCalendar;
}

struct Case {
    std::string_view start;
    int amount;
    TermUnit unit;
    CountFrom from;
    EndOnRestDay end;
    std::string_view last;
    bool provisional;
};

constexpr auto kDays = TermUnit::Days;
constexpr auto kWork = TermUnit::Workdays;
constexpr auto kMonths = TermUnit::Months;
constexpr auto kNext = CountFrom::NextDay;
constexpr auto kSame = CountFrom::SameDay;
constexpr auto kMove = EndOnRestDay::NextWorkday;
constexpr auto kKeep = EndOnRestDay::Keep;

// Counted by hand on the printed calendars of 2023 to 2026.
constexpr Case kCases[] = {
    {"2023-09-28", 1, kWork, kNext, kMove, "2023-10-07", false},  // National Day, then make-up
    {"2023-09-28", 2, kWork, kNext, kMove, "2023-10-08", false},
    {"2024-02-08", 2, kWork, kNext, kMove, "2024-02-18", false},  // 9 February was a workday
    {"2024-02-08", 1, kWork, kNext, kMove, "2024-02-09", false},
    {"2024-09-13", 1, kWork, kNext, kMove, "2024-09-14", false},  // a Saturday worked
    {"2025-01-24", 3, kWork, kNext, kMove, "2025-02-05", false},  // 26 and 27 January, 5 February
    {"2026-02-13", 1, kWork, kNext, kMove, "2026-02-14", false},
    {"2026-02-13", 2, kWork, kNext, kMove, "2026-02-24", false},
    {"2026-02-24", 15, kWork, kNext, kMove, "2026-03-16", false},  // 28 February worked
    {"2026-02-24", 15, kWork, kSame, kMove, "2026-03-13", false},
    {"2026-11-24", 5, kWork, kNext, kMove, "2026-12-01", false},
    {"2026-11-24", 30, kWork, kNext, kMove, "2027-01-05", true},  // 1 January counted as worked
    {"2026-12-24", 5, kWork, kNext, kMove, "2026-12-31", false},
    {"2026-12-24", 6, kWork, kNext, kMove, "2027-01-01", true},
    {"2026-09-18", 10, kDays, kNext, kMove, "2026-09-28", false},
    {"2026-09-18", 10, kDays, kSame, kMove, "2026-09-28", false},  // 27 September is a holiday
    {"2026-09-18", 10, kDays, kSame, kKeep, "2026-09-27", false},
    {"2026-09-24", 1, kDays, kNext, kMove, "2026-09-28", false},
    {"2026-09-24", 1, kDays, kNext, kKeep, "2026-09-25", false},
    {"2026-11-24", 60, kDays, kNext, kMove, "2027-01-25", true},  // 23 January 2027 is a Saturday
    {"2026-11-24", 60, kDays, kNext, kKeep, "2027-01-23", false},
    {"2026-01-31", 1, kMonths, kNext, kMove, "2026-02-28", false},  // a Saturday worked
    {"2025-12-31", 2, kMonths, kNext, kKeep, "2026-02-28", false},
    {"2026-03-01", 1, kMonths, kSame, kKeep, "2026-03-31", false},
    {"2026-01-31", 1, kMonths, kSame, kKeep, "2026-02-28", false},
    {"2026-07-01", 3, kMonths, kNext, kMove, "2026-10-08", false},
    {"2026-02-15", 0, kWork, kNext, kMove, "2026-02-24", false},
    {"2026-02-15", 0, kDays, kSame, kKeep, "2026-02-15", false},
};

TEST(Calendar, CountsTermsAsTheHandTable) {
    for (const Case& one : kCases) {
        const CountingRule rule{.count_from = one.from, .end_on_rest_day = one.end};
        const Due due = due_of(day(one.start), {one.amount, one.unit}, rule, cn());
        EXPECT_EQ(due.on.text(), one.last) << one.start << " + " << one.amount;
        EXPECT_EQ(due.provisional, one.provisional) << one.start << " + " << one.amount;
    }
}

TEST(Calendar, KnowsHolidaysAndMakeUpWorkdays) {
    EXPECT_TRUE(cn().is_workday(day("2026-10-10")));   // Saturday, made up
    EXPECT_FALSE(cn().is_workday(day("2026-10-07")));  // Wednesday, National Day
    EXPECT_FALSE(cn().is_workday(day("2026-10-11")));
    EXPECT_FALSE(cn().knows(2027));
    EXPECT_FALSE(cn().knows(2022));
}

// Weekdays of the year, less holidays on weekdays, plus make-up days: 260 - 18 + 7 in 2023, and so
// on.
TEST(Calendar, CountsTheWorkdaysOfAYear) {
    EXPECT_EQ(workdays_between(day("2022-12-31"), day("2023-12-31"), cn()), 249);
    EXPECT_EQ(workdays_between(day("2023-12-31"), day("2024-12-31"), cn()), 251);
    EXPECT_EQ(workdays_between(day("2024-12-31"), day("2025-12-31"), cn()), 248);
    EXPECT_EQ(workdays_between(day("2025-12-31"), day("2026-12-31"), cn()), 248);
}

TEST(Calendar, WorkdaysBetweenAgreesWithWalking) {
    const Date first = day("2023-01-01");
    for (int from = 0; from < 1400; from += 97) {
        int walked = 0;
        for (int to = from + 1; to < from + 120; ++to) {
            walked += cn().is_workday(first.plus_days(to)) ? 1 : 0;
            EXPECT_EQ(workdays_between(first.plus_days(from), first.plus_days(to), cn()), walked);
            EXPECT_EQ(workdays_between(first.plus_days(to), first.plus_days(from), cn()), -walked);
        }
    }
}

TEST(Calendar, PauseMovesTheLastDay) {
    const CountingRule rule;
    const Due due{.on = day("2026-09-18"), .provisional = false};
    // Workdays paused from Friday 4 to Wednesday 9 September: three.
    EXPECT_EQ(
        resumed(due, day("2026-09-04"), day("2026-09-09"), kWork, rule, cn()).on,
        day("2026-09-22")  // 20 September, a Sunday, is worked; 19 is not: 20, 21, 22
    );
    // Five calendar days lead to Wednesday 23 September.
    EXPECT_EQ(
        resumed(due, day("2026-09-04"), day("2026-09-09"), kDays, rule, cn()).on, day("2026-09-23")
    );
    // Seven lead into the holiday and on to Monday 28.
    EXPECT_EQ(
        resumed(due, day("2026-09-04"), day("2026-09-11"), kDays, rule, cn()).on, day("2026-09-28")
    );
}

TEST(Calendar, ProvisionalStaysProvisionalThroughAPause) {
    const Due due{.on = day("2026-12-01"), .provisional = true};
    EXPECT_TRUE(
        resumed(due, day("2026-11-24"), day("2026-11-24"), kWork, CountingRule{}, cn()).provisional
    );
}

TEST(Calendar, PauseWithinADayMovesNothing) {
    const Due saturday{.on = day("2026-09-19"), .provisional = false};
    for (const auto unit : {kDays, kWork}) {
        EXPECT_EQ(
            resumed(saturday, day("2026-09-04"), day("2026-09-04"), unit, CountingRule{}, cn()),
            saturday
        );
    }
}

TEST(Calendar, RefusesATermWithoutBound) {
    for (const Term term : {Term{-1, kDays}, Term{36'526, kDays}, Term{1'201, kMonths}}) {
        try {
            static_cast<void>(due_of(day("2026-01-01"), term, CountingRule{}, cn()));
            ADD_FAILURE() << term.amount;
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "calendar.term_out_of_range");
        }
    }
}

TEST(Calendar, CivilDateFollowsTheZone) {
    const core::Instant at = core::from_ms(1'795'449'600'000);  // 2026-11-23T16:00:00Z
    EXPECT_EQ(civil_date(at, "Asia/Shanghai"), day("2026-11-24"));
    EXPECT_EQ(civil_date(at - std::chrono::milliseconds{1}, "Asia/Shanghai"), day("2026-11-23"));
    EXPECT_EQ(civil_date(at, "UTC"), day("2026-11-23"));
    EXPECT_EQ(civil_date(at, "Pacific/Auckland"), day("2026-11-24"));
    EXPECT_EQ(civil_date(at, "America/Los_Angeles"), day("2026-11-23"));
    EXPECT_EQ(day_start(day("2026-11-24"), "Asia/Shanghai"), at);
    EXPECT_EQ(civil_date(core::from_ms(-1), "UTC"), day("1969-12-31"));
}

TEST(Calendar, CivilDateRefusesWhatIsNoZone) {
    for (const std::string_view zone : {"", "Asia/Nowhere", "GMT+8", "+08:00", "Etc/Unknown"}) {
        try {
            static_cast<void>(civil_date(core::from_ms(0), zone));
            ADD_FAILURE() << zone;
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "calendar.unknown_zone");
        }
    }
}

}  // namespace
}  // namespace duban::calendar
