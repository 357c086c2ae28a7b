#include "calendar/date.h"

#include <gtest/gtest.h>

namespace duban::calendar {
namespace {

Date date_of(std::string_view text) {
    const auto read = Date::parse(text);
    EXPECT_TRUE(read.has_value()) << text;
    return read.value_or(Date{});
}

TEST(Date, ReadsAndWritesIso) {
    EXPECT_EQ(date_of("2026-11-24").text(), "2026-11-24");
    EXPECT_EQ(date_of("1000-01-01").text(), "1000-01-01");
    EXPECT_EQ(date_of("9999-12-31").text(), "9999-12-31");
    EXPECT_EQ(date_of("2024-02-29").day(), 29U);
    EXPECT_EQ(date_of("2024-02-29").month(), 2U);
    EXPECT_EQ(date_of("2024-02-29").year(), 2024);
}

TEST(Date, RefusesWhatIsNoDay) {
    for (const auto* text :
         {"",
          "2026-11-2",
          "2026-11-31",
          "2025-02-29",
          "0999-01-01",
          "2026/11/24",
          "2026-11-24 ",
          "2026-13-01",
          "2026-00-10",
          "2026-01-00",
          "+026-01-01",
          "-026-01-01",
          "20261124"}) {
        EXPECT_FALSE(Date::parse(text).has_value()) << text;
    }
}

TEST(Date, AddsMonthsByCorrespondingDayOrMonthEnd) {
    EXPECT_EQ(date_of("2023-12-31").plus_months(2), date_of("2024-02-29"));
    EXPECT_EQ(date_of("2023-01-31").plus_months(1), date_of("2023-02-28"));
    EXPECT_EQ(date_of("2024-03-31").plus_months(-1), date_of("2024-02-29"));
    EXPECT_EQ(date_of("2024-11-15").plus_months(14), date_of("2026-01-15"));
}

TEST(Date, AddsDaysOverAYear) {
    EXPECT_EQ(date_of("2023-12-31").plus_days(1), date_of("2024-01-01"));
    EXPECT_EQ(date_of("2024-03-01").plus_days(-1), date_of("2024-02-29"));
    EXPECT_LT(date_of("2024-03-01"), date_of("2024-03-02"));
}

}  // namespace
}  // namespace duban::calendar
