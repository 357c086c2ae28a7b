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

struct GateCase {
    std::string sql;
    std::string code;  ///< empty: accepted
};

class Gate : public testing::TestWithParam<GateCase> {};

TEST_P(Gate, AnswersAsTheTableSays) {
    EXPECT_EQ(first_code(GetParam().sql), GetParam().code) << GetParam().sql;
}

INSTANTIATE_TEST_SUITE_P(
    Accepted,
    Gate,
    testing::Values(
        GateCase{"paid = false and ends_on is null", ""},
        GateCase{
            "select id, 'late' as reason, begins_on from post where begins_on < '2023-01-01'", ""
        },
        GateCase{"count_of = 3", ""},
        GateCase{"body <> 'it''s'", ""},
        GateCase{
            "not exists (select 1 from post o where o.person = this.person and o.id <> this.id)", ""
        },
        GateCase{
            "select id, 'x' as reason from post where hours in (1, 2) order by hours nulls last "
            "limit 3",
            ""
        },
        GateCase{"hours between 1 and 5 and (fee_minor / 100) > 3", ""},
        GateCase{"hours / nullif(fee_minor, 0) = 1", ""},
        GateCase{"begins_on is distinct from ends_on", ""},
        GateCase{"case when paid then 'a' else 'b' end = 'a'", ""},
        GateCase{"select person, count(*) as n from post group by person", ""},
        GateCase{"select coalesce(sum(hours), 0) from post", ""},
        GateCase{
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
        GateCase{"select j[ ' ], ' ], pg_sleep(0.3), j['[ ' ] from doc", "rule.character"},
        GateCase{"\"abc\" = 1", "rule.character"},
        GateCase{"`abc` = 1", "rule.character"},
        GateCase{"$1 = 1", "rule.character"},
        GateCase{"a = 1; drop table a", "rule.character"},
        GateCase{"body = 'a\\' or 1 = 1 --'", "rule.text_character"},
        GateCase{"body = E'a'", "rule.text_prefix"},
        GateCase{"body = 'a'b", "rule.text_prefix"},
        GateCase{"hours::text = '1'", "rule.operator"},
        GateCase{"hours -- 1", "rule.comment"},
        GateCase{"hours /* 1 */", "rule.comment"},
        GateCase{"hours =-1", "rule.operator"},
        GateCase{"hours == 1", "rule.operator"},
        GateCase{"hours = 1e5", "rule.number"},
        GateCase{"hours = 0x10", "rule.number"},
        GateCase{"hours * 1.5 > 2", "rule.number"},
        GateCase{"body = 'open", "rule.text_open"},
        GateCase{"body = 'a\xFF'", "rule.text_encoding"},
        GateCase{"(1", "rule.parenthesis"},
        GateCase{"1) from post; (", "rule.character"},
        GateCase{"1) from (post", "rule.parenthesis"},
        GateCase{"begins_on < date '2023-01-01'", "rule.text_place"},
        GateCase{"'a' 'b' = body", "rule.text_place"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    AnsweredApart,
    Gate,
    testing::Values(
        GateCase{"hours / fee_minor = 1", "rule.division"},
        GateCase{"hours % 0 = 1", "rule.division"},
        GateCase{"hours in ()", "rule.in"},
        GateCase{"hours in post", "rule.in"},
        GateCase{"hours is 5", "rule.is"},
        GateCase{"select id from post order by hours", "rule.order_of_nulls"},
        GateCase{"select id from post limit 1, 2", "rule.limit"},
        GateCase{"cast(hours as date) = '1'", "rule.cast"},
        GateCase{"max(hours, 3) = 3", "rule.arguments"},
        GateCase{"hours = 1 = paid", "rule.precedence"},
        GateCase{"hours = 3 between 1 and 2", "rule.precedence"},
        GateCase{"body || hours + 1 = 'x'", "rule.precedence"},
        GateCase{"select body, count(*) from post", "rule.group"},
        GateCase{"select body from post group by person", "rule.group"},
        GateCase{"select * from post group by person", "rule.group"},
        GateCase{"param(kind) = 'a'", "rule.quoted_name"},
        GateCase{"round(hours) = 1", "rule.function"},
        GateCase{"pg_sleep(1) = 1", "rule.word"},
        GateCase{"lower(body) = 'a'", "rule.function"},
        GateCase{"body like 'a%'", "rule.word"},
        GateCase{"user = 'a'", "rule.word"},
        GateCase{"select id from main.post", "rule.word"},
        GateCase{"select id from d_account", "rule.word"},
        GateCase{"select id from post intersect select id from post", "rule.word"},
        GateCase{"current_date > begins_on", "rule.word"},
        GateCase{"greatest(1, 2) = 2", "rule.word"}
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
