#include "rules/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/internal/testing.h"

namespace duban::rules {
namespace {

using declarations::Field;
using declarations::FieldType;
using testing::ElementsAre;
using testing_models::field;

std::vector<std::string> described(const std::vector<Column>& columns) {
    std::vector<std::string> result;
    for (const Column& column : columns) {
        result.push_back(column.name + " " + column.type);
    }
    return result;
}

TEST(Columns, FixedOnesStandFirst) {
    declarations::Register declared;
    declared.fields = {field("body", FieldType::Text)};
    EXPECT_THAT(
        described(columns_of(declared)),
        ElementsAre(
            "org bigint",
            "id uuid",
            "unit uuid",
            "number text",
            "state text",
            "revision bigint",
            "opened_at bigint",
            "opened_by uuid",
            "changed_at bigint",
            "due_on date",
            "body text"
        )
    );
}

TEST(Columns, NameTellsTheUnit) {
    Field area = field("area", FieldType::Decimal);
    area.scale = 2;
    EXPECT_THAT(described(columns_of(area)), ElementsAre("area_e2 bigint"));
    EXPECT_THAT(
        described(columns_of(field("fee", FieldType::Money))),
        ElementsAre("fee_minor bigint", "fee_currency text")
    );
    EXPECT_THAT(
        described(columns_of(field("seen", FieldType::Moment))), ElementsAre("seen_ms bigint")
    );
}

TEST(Columns, ComputedIsKeptAsItsResult) {
    Field late = field("late", FieldType::Computed);
    late.computed_type = FieldType::Boolean;
    EXPECT_THAT(described(columns_of(late)), ElementsAre("late boolean"));
}

TEST(Columns, SealedIsCiphertextUnderItsOwnName) {
    Field illness = field("illness", FieldType::LongText);
    illness.sealed = true;
    const std::vector<Column> columns = columns_of(illness);
    EXPECT_THAT(described(columns), ElementsAre("illness_sealed bytea"));
    EXPECT_TRUE(columns.front().sealed);
}

TEST(Columns, ListsHaveTablesOfTheirOwn) {
    const Field links = field("findings", FieldType::Links);
    Field codes = field("kinds", FieldType::Choice);
    codes.many = true;
    Field rows = field("parts", FieldType::Rows);
    rows.rows = {field("due", FieldType::Date)};
    EXPECT_TRUE(columns_of(links).empty());
    EXPECT_THAT(
        described(child_columns_of(links)),
        ElementsAre("org bigint", "entry uuid", "position bigint", "target uuid")
    );
    EXPECT_THAT(
        described(child_columns_of(codes)),
        ElementsAre("org bigint", "entry uuid", "position bigint", "code text")
    );
    EXPECT_THAT(
        described(child_columns_of(rows)),
        ElementsAre("org bigint", "entry uuid", "position bigint", "due date")
    );
    EXPECT_EQ(child_table("leave", "parts"), "leave_parts");
}

TEST(Columns, RowsOfASealedListAreSealed) {
    Field rows = field("visits", FieldType::Rows);
    rows.sealed = true;
    rows.rows = {field("note", FieldType::Text)};
    EXPECT_TRUE(child_columns_of(rows).back().sealed);
}

}  // namespace
}  // namespace duban::rules
