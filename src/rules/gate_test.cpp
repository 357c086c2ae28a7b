#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/rules.h"

namespace duban::rules {
namespace {

const declarations::Place kPlace{.file = "a.sql", .line = 5, .column = 9};

std::string first_code(std::string_view sql) {
    const std::vector<declarations::Fault> faults = gate(sql, kPlace);
    return faults.empty() ? "" : faults.front().code;
}

struct Case {
    std::string sql;
    std::string code;  ///< empty: accepted
};

class Gate : public testing::TestWithParam<Case> {};

TEST_P(Gate, AnswersAsTheTableSays) {
    EXPECT_EQ(first_code(GetParam().sql), GetParam().code) << GetParam().sql;
}

INSTANTIATE_TEST_SUITE_P(
    Accepted,
    Gate,
    testing::Values(
        Case{"paid = false and ends_on is null", ""},
        Case{"select id, 'late' as reason, begins_on from post where begins_on < '2023-01-01'", ""},
        Case{"count_of = 3", ""},
        Case{"body <> 'it''s'", ""},
        Case{
            "not exists (select 1 from post o where o.person = this.person and o.id <> this.id)", ""
        },
        Case{
            "select id, 'x' as reason from post where hours in (1, 2) order by hours nulls last "
            "limit 3",
            ""
        },
        Case{"hours between 1 and 5 and (fee_minor / 100) > 3", ""},
        Case{"hours / nullif(fee_minor, 0) = 1", ""},
        Case{"begins_on is distinct from ends_on", ""},
        Case{"case when paid then 'a' else 'b' end = 'a'", ""},
        Case{"select person, count(*) as n from post group by person", ""},
        Case{"select coalesce(sum(hours), 0) from post", ""},
        Case{
            "select id, row_number() over (partition by person order by id nulls last) as n from "
            "post",
            ""
        }
    )
);

INSTANTIATE_TEST_SUITE_P(
    ReadApart,
    Gate,
    testing::Values(
        Case{"select j[ ' ], ' ], pg_sleep(0.3), j['[ ' ] from doc", "rule.character"},
        Case{"\"abc\" = 1", "rule.character"},
        Case{"`abc` = 1", "rule.character"},
        Case{"$1 = 1", "rule.character"},
        Case{"a = 1; drop table a", "rule.character"},
        Case{"body = 'a\\' or 1 = 1 --'", "rule.text_character"},
        Case{"body = E'a'", "rule.text_prefix"},
        Case{"body = 'a'b", "rule.text_prefix"},
        Case{"hours::text = '1'", "rule.operator"},
        Case{"hours -- 1", "rule.comment"},
        Case{"hours /* 1 */", "rule.comment"},
        Case{"hours =-1", "rule.operator"},
        Case{"hours == 1", "rule.operator"},
        Case{"hours = 1e5", "rule.number"},
        Case{"hours = 0x10", "rule.number"},
        Case{"hours * 1.5 > 2", "rule.number"},
        Case{"body = 'open", "rule.text_open"},
        Case{"body = 'a\xFF'", "rule.text_encoding"},
        Case{"(1", "rule.parenthesis"},
        Case{"1) from post; (", "rule.character"},
        Case{"1) from (post", "rule.parenthesis"},
        Case{"begins_on < date '2023-01-01'", "rule.text_place"},
        Case{"'a' 'b' = body", "rule.text_place"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    AnsweredApart,
    Gate,
    testing::Values(
        Case{"hours / fee_minor = 1", "rule.division"},
        Case{"hours % 0 = 1", "rule.division"},
        Case{"hours in ()", "rule.in"},
        Case{"hours in post", "rule.in"},
        Case{"hours is 5", "rule.is"},
        Case{"select id from post order by hours", "rule.order_of_nulls"},
        Case{"select id from post limit 1, 2", "rule.limit"},
        Case{"cast(hours as date) = '1'", "rule.cast"},
        Case{"max(hours, 3) = 3", "rule.arguments"},
        Case{"hours = 1 = paid", "rule.precedence"},
        Case{"hours = 3 between 1 and 2", "rule.precedence"},
        Case{"body || hours + 1 = 'x'", "rule.precedence"},
        Case{"select body, count(*) from post", "rule.group"},
        Case{"select body from post group by person", "rule.group"},
        Case{"select * from post group by person", "rule.group"},
        Case{"param(kind) = 'a'", "rule.quoted_name"},
        Case{"round(hours) = 1", "rule.function"},
        Case{"pg_sleep(1) = 1", "rule.word"},
        Case{"lower(body) = 'a'", "rule.function"},
        Case{"body like 'a%'", "rule.word"},
        Case{"user = 'a'", "rule.word"},
        Case{"select id from main.post", "rule.word"},
        Case{"select id from d_account", "rule.word"},
        Case{"select id from post intersect select id from post", "rule.word"},
        Case{"current_date > begins_on", "rule.word"},
        Case{"greatest(1, 2) = 2", "rule.word"}
    )
);

TEST(Gate, FaultNamesItsPlace) {
    const auto on_first = gate("paid = ;", kPlace);
    ASSERT_EQ(on_first.size(), 1U);
    EXPECT_EQ(on_first[0].place.line, 5);
    EXPECT_EQ(on_first[0].place.column, 16);
    const auto on_third = gate("paid\n\n = ;", kPlace);
    ASSERT_EQ(on_third.size(), 1U);
    EXPECT_EQ(on_third[0].place.line, 7);
    EXPECT_EQ(on_third[0].place.column, 4);
}

TEST(Gate, LongAndDeepRulesAreRefused) {
    EXPECT_EQ(first_code(std::string(20'001, ' ')), "rule.too_long");
    EXPECT_EQ(first_code(std::string(41, '(') + "1" + std::string(41, ')')), "rule.too_deep");
}

TEST(Gate, SentenceSaysWhatToDo) {
    const auto faults = gate("lower(body) = 'a'", kPlace);
    ASSERT_FALSE(faults.empty());
    EXPECT_THAT(std::string{faults[0].text.in("en")}, testing::HasSubstr("\"lower\""));
}

}  // namespace
}  // namespace duban::rules
