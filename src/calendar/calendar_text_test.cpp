#include <gtest/gtest.h>

#include "calendar/calendar.h"
#include "core/problem.h"

namespace duban::calendar {
namespace {

constexpr std::string_view kSmall =
    R"({"name":"x","rest_weekdays":[0],"known_years":[2026],"holidays":["2026-01-01"],)"
    R"("makeup_workdays":["2026-01-04"]})";

std::string fault_of(std::string_view json) {
    try {
        static_cast<void>(parse_calendar(json));
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.kind, core::ProblemKind::Invalid);
        EXPECT_EQ(problem.code, "calendar.malformed");
        return problem.params.at("at");
    }
    return "read";
}

std::string changed(std::string_view from, std::string_view to) {
    std::string text{kSmall};
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST(CalendarText, IsReadBackAsItWasWritten) {
    const WorkCalendar calendar = parse_calendar(kSmall);
    EXPECT_EQ(calendar.rest_weekdays, std::set<unsigned>{0});
    EXPECT_TRUE(calendar.knows(2026));
    EXPECT_EQ(calendar_text(parse_calendar(calendar_text(calendar))), calendar_text(calendar));
}

TEST(CalendarText, NamesThePlaceOfAFault) {
    EXPECT_EQ(fault_of("[]"), "");
    EXPECT_EQ(fault_of("{"), "");
    EXPECT_EQ(fault_of(changed("\"x\"", "\"\"")), "/name");
    EXPECT_EQ(fault_of(changed("[0]", "[0,1,2,3,4,5,6]")), "/rest_weekdays");
    EXPECT_EQ(fault_of(changed("[0]", "[7]")), "/rest_weekdays");
    EXPECT_EQ(fault_of(changed("[0]", "[0,0]")), "/rest_weekdays");
    EXPECT_EQ(fault_of(changed("[2026]", "[\"2026\"]")), "/known_years");
    EXPECT_EQ(fault_of(changed("2026-01-01", "2026-02-30")), "/holidays/0");
    EXPECT_EQ(fault_of(changed("2026-01-01", "2027-01-01")), "/holidays/0");
    EXPECT_EQ(fault_of(changed("2026-01-04", "2026-01-01")), "/makeup_workdays");
    EXPECT_EQ(fault_of(changed("holidays", "hollidays")), "/hollidays");
    EXPECT_EQ(fault_of(std::string(1'000'001, ' ')), "");
}

}  // namespace
}  // namespace duban::calendar
