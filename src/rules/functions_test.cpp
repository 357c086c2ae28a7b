#include <gtest/gtest.h>

#include "rules/rules.h"
#include "store/testing.h"

namespace duban::rules {
namespace {

using store::Value;

/// Runs on SQLite and on PostgreSQL: the same table, so the same answers.
struct FunctionCase {
    std::string call;
    Value expected;
};

Value null() {
    return {};
}
Value number(std::int64_t value) {
    return value;
}
Value text(std::string value) {
    return value;
}

const std::vector<FunctionCase> kCases = {
    {"days_between(cast('2023-01-01' as day), cast('2023-03-01' as day))", number(59)},
    {"days_between(cast('2024-03-01' as day), cast('2024-02-01' as day))", number(-29)},
    {"days_between(null, cast('2023-03-01' as day))", null()},
    {"add_days(cast('2024-02-28' as day), 1)", text("2024-02-29")},
    {"add_days(cast('2024-01-01' as day), -1)", text("2023-12-31")},
    {"add_days(cast('2024-01-01' as day), null)", null()},
    {"add_days(cast('9999-12-31' as day), 1)", null()},
    {"add_days(cast('2024-01-01' as day), 5000000)", null()},
    {"add_months(cast('2024-01-31' as day), 1)", text("2024-02-29")},
    {"add_months(cast('2023-03-31' as day), -1)", text("2023-02-28")},
    {"add_months(cast('2023-01-15' as day), 12)", text("2024-01-15")},
    {"add_months(cast('2023-01-15' as day), 100000)", null()},
    {"year_of(cast('2023-04-05' as day))", number(2023)},
    {"month_of(cast('2023-04-05' as day))", number(4)},
    {"year_of(null)", null()},
    {"greatest_of(1, 5, 3)", number(5)},
    {"greatest_of(null, 2)", number(2)},
    {"least_of('b', 'a')", text("a")},
    {"least_of(cast('2023-04-05' as day), cast('2023-04-06' as day))", text("2023-04-05")},
    {"concat_of('a', 12, null, 'b')", text("a12b")},
    {"concat_of('x', cast('2023-04-05' as day))", text("x2023-04-05")},
    {"strpos('督查督办', '督办')", number(3)},
    {"strpos('abc', 'z')", number(0)},
    {"strpos('abc', '')", number(1)},
    {"starts_with('督办单', '督办') = (1 = 1)", number(1)},
    {"starts_with('督办单', '办') = (1 = 1)", number(0)},
    {"cents_to_text(123450)", text("1234.50")},
    {"cents_to_text(-5)", text("-0.05")},
    {"cents_to_text(0)", text("0.00")},
    {"length('督办')", number(2)},
    {"abs(-3)", number(3)},
};

/// The words of the call for the database: rules are rendered alike by internal/scoped.cpp.
std::string call_for(store::Dialect dialect, std::string call) {
    const bool postgres = dialect == store::Dialect::Postgres;
    const auto replace = [&](const std::string& from, const std::string& to) {
        for (std::size_t at = call.find(from); at != std::string::npos; at = call.find(from)) {
            call.replace(at, from.size(), to);
        }
    };
    replace("as day)", postgres ? "as date)" : "as text)");
    if (postgres) {
        replace("greatest_of(", "greatest(");
        replace("least_of(", "least(");
        replace("concat_of(", "concat(");
    }
    return call;
}

std::int64_t as_number(bool truth) {
    return truth ? 1 : 0;
}

TEST(Functions, AnswerAlikeOnBothDatabases) {
    const std::unique_ptr<store::Store> store = store::open_test_store(functions());
    migrate(*store);
    store->read([&](store::Reader& reader) {
        for (const FunctionCase& one : kCases) {
            const std::string sql = "select " + call_for(store->dialect(), one.call);
            Value found = reader.query({.name = "test", .sql = sql}, {}).at(0).columns.at(0);
            if (const bool* truth = std::get_if<bool>(&found)) {
                found = as_number(*truth);
            }
            EXPECT_EQ(found, one.expected) << one.call;
        }
    });
}

TEST(Functions, EachIsInTheTable) {
    for (const store::ScalarFunction& function : functions()) {
        const bool tested = std::ranges::any_of(kCases, [&](const FunctionCase& one) {
            return one.call.starts_with(function.name + "(");
        });
        EXPECT_TRUE(tested) << function.name;
    }
}

}  // namespace
}  // namespace duban::rules
