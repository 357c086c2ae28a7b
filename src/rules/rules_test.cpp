#include "rules/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/internal/testing.h"

namespace duban::rules {
namespace {

using declarations::Field;
using declarations::FieldType;
using declarations::Pack;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> codes_of(std::vector<Pack> packs) {
    const Rules rules{declarations::Model{std::move(packs)}};
    std::vector<std::string> codes;
    for (const declarations::Fault& fault : rules.faults()) {
        codes.push_back(fault.code);
    }
    return codes;
}

std::vector<std::string> check_codes(const std::string& that) {
    std::vector<Pack> packs = testing_models::packs();
    testing_models::add_check(packs[0], that);
    return codes_of(std::move(packs));
}

std::vector<std::string> control_codes(
    const std::string& sql, declarations::ControlScope scope = declarations::ControlScope::Register
) {
    std::vector<Pack> packs = testing_models::packs();
    packs[0].controls = {testing_models::control(sql)};
    packs[0].controls[0].scope = scope;
    return codes_of(std::move(packs));
}

struct Case {
    std::string sql;
    std::string code;  ///< empty: accepted
};

class CheckRule : public testing::TestWithParam<Case> {};

TEST_P(CheckRule, IsAcceptedOrNamesItsFault) {
    const std::vector<std::string> codes = check_codes(GetParam().sql);
    EXPECT_EQ(codes.empty() ? "" : codes.front(), GetParam().code) << GetParam().sql;
}

INSTANTIATE_TEST_SUITE_P(
    Accepted,
    CheckRule,
    testing::Values(
        Case{"paid = false", ""},
        Case{"not paid or fee_minor is null", ""},
        Case{"hours <= param('hours_max') and begins_on >= param('foundation.from_day')", ""},
        Case{"input('reason') is not null and input('day') > begins_on", ""},
        Case{"days_between(begins_on, today()) < 30", ""},
        Case{"workdays_between(begins_on, add_workdays(today(), 5)) > 2", ""},
        Case{"(select count(*) from post_steps) > 0", ""},
        Case{
            "not exists (select 1 from post o where o.person = this.person and o.id <> this.id)", ""
        },
        Case{"coalesce(ends_on, add_days(begins_on, 10)) > begins_on", ""}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Refused,
    CheckRule,
    testing::Values(
        Case{"", "rule.empty"},
        Case{"absent = 1", "rule.not_compiled"},
        Case{"org = 1", "rule.not_compiled"},
        Case{"secret = 'a'", "rule.not_compiled"},
        Case{"secret_sealed is null", "rule.not_compiled"},
        Case{"exists (select 1 from dossier)", "rule.not_visible"},
        Case{"exists (select 1 from sqlite_master)", "rule.word"},
        Case{"exists (select 1 from unknown)", "rule.not_compiled"},
        Case{"count(*) > 0", "rule.aggregate"},
        Case{"row_number() over () > 0", "rule.aggregate"},
        Case{"param('unknown') = 1", "rule.parameter"},
        Case{"input('unknown') = 1", "rule.input"},
        Case{"begins_on + 3 > today()", "rule.date_arithmetic"},
        Case{"today() - begins_on > 3", "rule.date_arithmetic"},
        Case{"3 + max_of = 1", "rule.not_compiled"},
        Case{"hours - input('day') = 1", "rule.date_arithmetic"},
        Case{"paid = 1", "rule.types_differ"},
        Case{"body = hours", "rule.types_differ"},
        Case{"person = 'a'", "rule.types_differ"},
        Case{"begins_on = '2023-02-30'", "rule.date_text"},
        Case{"id < person", "rule.order_of_ids"},
        Case{"exists (select min(id) from post)", "rule.order_of_ids"},
        Case{"concat_of(body, paid) = 'a'", "rule.text_of"},
        Case{"cast(paid as text) = 'true'", "rule.text_of"},
        Case{"hours = 'ten'", "rule.types_differ"},
        Case{"hours", "rule.types_differ"},
        Case{"hours and paid", "rule.types_differ"},
        Case{"year_of(body) = 1", "rule.types_differ"},
        Case{"coalesce(hours, body) is null", "rule.types_differ"},
        Case{"case when paid then 1 else 'a' end = 1", "rule.types_differ"},
        Case{"cast(body as bigint) = 1", "rule.types_differ"},
        Case{"hours in (select body from post)", "rule.types_differ"},
        Case{"exists (select 1 from post where hours)", "rule.types_differ"},
        Case{"(select hours from post) = 1", "rule.one_row"},
        Case{"(select hours from post limit 1) = 1", "rule.limit_without_order"},
        Case{"exists (select hours as h from post where h > 1)", "rule.column"},
        Case{"exists (select 1 from post a join post b on a.id = b.id, post c)", "rule.comma_join"},
        Case{"exists (select 1 from post a, post a)", "rule.alias_twice"},
        Case{"(hours, paid) = (1, true)", "rule.not_understood"},
        Case{"1, 2", "rule.not_compiled"}
    )
);

TEST(Rules, SealedRegisterIsSeenByItsOwnPackAlone) {
    std::vector<Pack> packs = testing_models::packs();
    packs[0].needs = {"other"};
    testing_models::add_check(packs[0], "exists (select 1 from dossier)");
    EXPECT_THAT(codes_of(packs), IsEmpty());
    packs[1].registers[0].sealed = true;
    EXPECT_THAT(codes_of(packs), UnorderedElementsAre("rule.not_visible"));
}

TEST(Rules, ComputedFieldReadsItsOwnRowAndLists) {
    const auto codes = [](const std::string& expression) {
        std::vector<Pack> packs = testing_models::packs();
        Field computed = testing_models::field("total", FieldType::Computed);
        computed.expression = expression;
        packs[0].registers[0].fields.push_back(computed);
        return codes_of(std::move(packs));
    };
    EXPECT_THAT(codes("(select sum(points) from post_steps)"), IsEmpty());
    EXPECT_THAT(codes("hours * 2"), IsEmpty());
    EXPECT_THAT(codes("days_between(begins_on, today())"), UnorderedElementsAre("rule.computed"));
    EXPECT_THAT(codes("param('hours_max')"), UnorderedElementsAre("rule.computed"));
    EXPECT_THAT(codes("(select count(*) from post)"), UnorderedElementsAre("rule.computed"));
    EXPECT_THAT(codes("(select count(*) from dossier)"), UnorderedElementsAre("rule.not_visible"));
}

TEST(Rules, ControlSelectsIdReasonAndFacts) {
    EXPECT_THAT(control_codes("select id, 'late' as reason, body from post"), IsEmpty());
    EXPECT_THAT(
        control_codes("select id, body from post"), UnorderedElementsAre("control.columns")
    );
    EXPECT_THAT(control_codes("paid = false"), UnorderedElementsAre("control.not_select"));
    EXPECT_THAT(
        control_codes("select entry as id, 'x' as reason from post_steps"),
        UnorderedElementsAre("control.register")
    );
    EXPECT_THAT(
        control_codes("select id, input('x') as reason from post"),
        UnorderedElementsAre("control.input")
    );
}

/// "code line:column" of each fault of a control that has words for `late` and `early`.
std::vector<std::string> reason_places(const std::string& sql) {
    std::vector<Pack> packs = testing_models::packs();
    packs[0].controls = {testing_models::control(sql)};
    const core::Texts words{{{"zh", "说明"}, {"en", "words"}}};
    packs[0].controls[0].reasons = {
        {.code = "late", .title = words}, {.code = "early", .title = words}
    };
    std::vector<std::string> places;
    const Rules rules{declarations::Model{std::move(packs)}};
    for (const declarations::Fault& fault : rules.faults()) {
        places.push_back(
            fault.code + " " + std::to_string(fault.place.line) + ":" +
            std::to_string(fault.place.column)
        );
    }
    return places;
}

TEST(Rules, ReasonsOfAControlAreCodesWithWords) {
    EXPECT_THAT(reason_places("select distinct id, 'late' as reason from post"), IsEmpty());
    EXPECT_THAT(
        reason_places(
            "select id, case when hours > (select count(*) from post_steps) then 'late' when paid "
            "then case when hours = 1 then 'early' else 'late' end else 'early' end as reason "
            "from post"
        ),
        IsEmpty()
    );
    EXPECT_THAT(
        reason_places("with p as (select id, 'x' as y from post) select id, 'late' as reason from p"
        ),
        IsEmpty()
    );
    EXPECT_THAT(
        reason_places("select id, 'lat' as reason from post"),
        UnorderedElementsAre("control.reason_without_words 3:12")
    );
    EXPECT_THAT(
        reason_places(
            "select id,\n  case when paid then 'late' else 'soon' end as reason\nfrom post"
        ),
        UnorderedElementsAre("control.reason_without_words 4:35")
    );
    EXPECT_THAT(
        reason_places("select id, body as reason from post"),
        UnorderedElementsAre("control.reason_not_code 3:12")
    );
    EXPECT_THAT(
        reason_places("select id, case when paid then 'late' else body end as reason from post"),
        UnorderedElementsAre("control.reason_not_code 3:12")
    );
}

TEST(Rules, SumsOfAFigureAreFactsOfWholeNumbers) {
    const auto codes = [](const std::string& fact) {
        std::vector<Pack> packs = testing_models::packs();
        packs[0].controls = {testing_models::control(
            "select id, state as reason, hours, body, (select count(*) from post_steps) as steps "
            "from post"
        )};
        packs[0].controls[0].kind = declarations::ControlKind::Figure;
        packs[0].controls[0].sums = {fact};
        return codes_of(std::move(packs));
    };
    EXPECT_THAT(codes("hours"), IsEmpty());
    EXPECT_THAT(codes("steps"), IsEmpty());
    EXPECT_THAT(codes("body"), UnorderedElementsAre("control.sum_unknown"));
    EXPECT_THAT(codes("ours"), UnorderedElementsAre("control.sum_unknown"));
}

TEST(Rules, ControlOfOneEntryMayNotFoldEntries) {
    const auto entry = declarations::ControlScope::Entry;
    EXPECT_THAT(control_codes("select id, 'x' as reason from post where paid", entry), IsEmpty());
    EXPECT_THAT(
        control_codes("select p.id, 'x' as reason from post p join post o on o.id = p.id", entry),
        UnorderedElementsAre("control.scope_entry")
    );
    EXPECT_THAT(
        control_codes(
            "select id, 'x' as reason from post where hours > (select count(*) from post_steps)",
            entry
        ),
        UnorderedElementsAre("control.scope_entry")
    );
}

TEST(Rules, BuiltInTablesAreReadByTheirNamesInRules) {
    std::vector<Pack> packs = testing_models::packs();
    testing_models::add_check(packs[0], "exists (select 1 from unit u where u.id = this.unit)");
    const ReadTable unit{
        .name = "unit", .source = "d_unit", .columns = {{"org", "bigint"}, {"id", "uuid"}}
    };
    const Rules rules{declarations::Model{packs}, {unit}};
    EXPECT_THAT(rules.faults(), IsEmpty());
}

TEST(Rules, FaultStandsAtTheRule) {
    std::vector<Pack> packs = testing_models::packs();
    testing_models::add_check(packs[0], "paid = ;");
    const Rules rules{declarations::Model{packs}};
    ASSERT_EQ(rules.faults().size(), 1U);
    EXPECT_EQ(rules.faults()[0].place.line, 30);
    EXPECT_EQ(rules.faults()[0].place.column, 27);
}

TEST(Rules, TablesOfOneNameAreAFault) {
    std::vector<Pack> packs = testing_models::packs();
    declarations::Register twice;
    twice.name = "post_steps";
    twice.pack = "other";
    packs[1].registers.push_back(twice);
    EXPECT_THAT(codes_of(packs), UnorderedElementsAre("rule.table_twice"));
}

TEST(Rules, OneTextWithInputsOfTwoTypesIsRefusedWhereItStandsTheSecondTime) {
    std::vector<Pack> packs = testing_models::packs();
    const auto ask = [&](const std::string& name, FieldType type) {
        testing_models::add_check(packs[0], "input('reason') is not null");
        declarations::Action& action = packs[0].registers[0].procedure.actions.back();
        action.name = name;
        action.inputs[0] = testing_models::field("reason", type);
        action.checks[0].place.line = type == FieldType::Text ? 30 : 40;
    };
    ask("approve", FieldType::Text);
    EXPECT_THAT(codes_of(packs), IsEmpty());
    ask("confirm", FieldType::Integer);
    const Rules rules{declarations::Model{packs}};
    ASSERT_EQ(rules.faults().size(), 1U);
    EXPECT_EQ(rules.faults().front().code, "rule.input_twice");
    EXPECT_EQ(rules.faults().front().place.line, 40);
}

}  // namespace
}  // namespace duban::rules
