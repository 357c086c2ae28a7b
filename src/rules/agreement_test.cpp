// What passes the gate and the twin means the same on both databases: rules made at random from
// the words of the language, each evaluated on SQLite and on the database under test.

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/check.h"
#include "core/problem.h"
#include "rules/internal/rule_maker.h"
#include "rules/internal/testing.h"
#include "rules/rules.h"
#include "store/testing.h"

namespace duban::rules {
namespace {

using store::Value;

constexpr core::OrgId kOrg{7};

core::Id id_of(std::uint8_t number) {
    core::Id id;
    id.octets[15] = number;
    return id;
}

/// Valid rules, which random changes turn into near misses.
const std::vector<std::string> kSeeds = {
    "paid = false and hours <= param('hours_max')",
    "days_between(begins_on, today()) < 30 or ends_on is null",
    "not exists (select 1 from post o where o.person = this.person and o.id <> this.id)",
    "(select count(*) from post_steps where points > 3) = 1",
    "(select sum(o.hours) from post o where o.paid) > hours * 2",
    "case when paid then 'a' else body end = 'a'",
    "coalesce(ends_on, add_days(begins_on, 10)) > begins_on",
    "hours between 1 and 20 and body <> 'x'",
    "hours in (1, 2, 10) and not paid",
    "hours / 3 % 2 = 1",
    "strpos(body, 'b') > 0 and length(body) >= 6",
    "concat_of(body, hours, begins_on) = 'body 1102023-01-05'",
    "greatest_of(hours, 12) = least_of(12, 90)",
    "begins_on is distinct from ends_on",
    "workdays_between(begins_on, today()) > 2 and add_workdays(begins_on, hours) < today()",
    "(select max(s.points) from post_steps s where s.position <> 1) is not null",
    "exists (select 1 from post o left join post p on p.id = o.id where p.hours > o.hours)",
    "(select min(q.n) from (select hours, count(*) as n from post group by hours) q) = 1",
    "(select hours from post order by hours desc nulls last limit 1) = 20",
    "input('reason') = 'r' and input('amount') > 5",
    "body || 'x' = 'body 1x'",
    "cast(hours as text) = '10' and abs(- hours) = 10",
    "nullif(hours, 10) is null and cents_to_text(hours) = '0.10'",
    "state in ('draft', 'review') and (number is null) = true",
};

const std::vector<std::string> kWords = {
    "paid",
    "hours",
    "body",
    "begins_on",
    "ends_on",
    "person",
    "id",
    "this.hours",
    "post",
    "post_steps",
    "points",
    "position",
    "and",
    "or",
    "not",
    "is",
    "null",
    "true",
    "false",
    "in",
    "between",
    "case",
    "when",
    "then",
    "else",
    "end",
    "select",
    "from",
    "where",
    "group by",
    "order by",
    "nulls last",
    "limit 1",
    "union",
    "as",
    "distinct",
    "exists",
    "count(*)",
    "sum(hours)",
    "max(points)",
    "(",
    ")",
    ",",
    ".",
    "+",
    "-",
    "*",
    "/",
    "%",
    "=",
    "<>",
    "<",
    ">=",
    "||",
    "0",
    "1",
    "7",
    "'a'",
    "''",
    "'2023-01-05'",
    "today()",
    "param('kind')",
    "input('day')",
    "add_days(begins_on, 1)",
    "[",
    "]",
    "\"",
    "'",
    "--",
    "/*",
    "::",
    "E'a'",
    "$1",
    ";",
    "\\",
    "=-1",
    "1e3",
    "user",
    "ctid",
    "main.post",
    "pg_sleep(1)",
    "current_date",
    "like",
    "(select 1)",
    "hours is",
    "cast(",
    "as text)",
    "as bigint)",
};

/// The tokens of a seed as far as blanks tell them.
std::vector<std::string> pieces_of(const std::string& seed) {
    std::vector<std::string> pieces(1);
    for (const char c : seed) {
        if (c == ' ' || c == '(' || c == ')' || c == ',') {
            pieces.emplace_back(c == ' ' ? "" : std::string(1, c));
            pieces.emplace_back();
        } else {
            pieces.back() += c;
        }
    }
    std::erase(pieces, "");
    return pieces;
}

std::string changed(std::mt19937& random, const std::string& rule) {
    std::vector<std::string> pieces = pieces_of(rule);
    const std::vector<std::string> other = pieces_of(kSeeds[random() % kSeeds.size()]);
    for (std::uint64_t change = random() % 3; change < 3; ++change) {
        const std::size_t at = random() % pieces.size();
        const auto place = pieces.begin() + static_cast<std::ptrdiff_t>(at);
        switch (random() % 5) {
            case 0: pieces[at] = kWords[random() % kWords.size()]; break;
            case 1: pieces.insert(place, kWords[random() % kWords.size()]); break;
            case 2: pieces[at] = other[random() % other.size()]; break;
            case 3: std::swap(pieces[at], pieces[random() % pieces.size()]); break;
            default: pieces.erase(place); break;
        }
        if (pieces.empty()) {
            pieces.emplace_back("paid");
        }
    }
    std::string text;
    for (const std::string& piece : pieces) {
        text += (text.empty() || random() % 12 == 0 ? "" : " ") + piece;
    }
    return text;
}

void fill(store::Store& store, const std::vector<declarations::Pack>& packs) {
    migrate(store);
    store.write(kOrg, [&](store::Transaction& tx) {
        const auto create = [&](const std::string& name, const std::vector<Column>& columns) {
            std::string sql = "create table " + name + " (";
            for (const Column& column : columns) {
                sql += column.name + " " + column.type + ", ";
            }
            sql.resize(sql.size() - 2);
            tx.execute_ddl(sql + ")");
        };
        const declarations::Register& post = packs[0].registers[0];
        create("post", columns_of(post));
        create("post_steps", child_columns_of(post.fields[8]));
        static constexpr store::Query kPost{
            "test.insert_post",
            "insert into post (org, id, unit, state, revision, person, body, paid, begins_on, "
            "hours) "
            "values ($1, $2, $2, 'draft', 1, $2, $3, $4, $5, $6)"
        };
        static constexpr store::Query kStep{
            "test.insert_step",
            "insert into post_steps (org, entry, position, points) values ($1, $2, $3, $4)"
        };
        for (const std::int64_t i : {1, 2, 3}) {
            const Value id = store::value(id_of(static_cast<std::uint8_t>(i)));
            const Value body = i == 3 ? Value{} : Value{"body " + std::to_string(i)};
            const Value paid = i == 3 ? Value{} : Value{i == 2};
            const std::string day = "2023-0" + std::to_string(i) + "-05";
            tx.execute(kPost, {store::value(kOrg), id, body, paid, day, i * 10});
            tx.execute(kStep, {store::value(kOrg), id, std::int64_t{1}, i * 3});
            tx.execute(kStep, {store::value(kOrg), id, std::int64_t{2}, Value{}});
        }
        write_calendar(tx, kOrg, {}, 2023, 2023);
    });
}

/// What an evaluation gave: a value, or the code of its Problem, or "types" where PostgreSQL
/// refuses types that SQLite lets pass.
struct Outcome {
    Value value;
    std::string problem;
    bool operator==(const Outcome&) const = default;
};

Outcome outcome_of(
    store::Store& store, const Rules& rules, const std::string& rule, const Scope& scope
) {
    Outcome outcome;
    try {
        store.read([&](store::Reader& reader) {
            outcome.value = rules.evaluate(reader, "post", rule, scope);
        });
    } catch (const core::Problem& problem) {
        outcome.problem = problem.code;
    } catch (const core::Bug& bug) {
        outcome.problem = bug.what();
    }
    return outcome;
}

/// A message that says the databases read the text apart, rather than that its types differ.
bool is_read_apart(const std::string& message) {
    for (const char* sign :
         {"syntax error", "column \"", "relation \"", "missing FROM", "permission"}) {
        if (message.find(sign) != std::string::npos) {
            return true;
        }
    }
    return false;
}

class Agreement : public testing::TestWithParam<unsigned> {
protected:
    Agreement()
        : packs_{testing_models::packs()},
          tested_{store::open_test_store(functions())},
          reference_{store::open_sqlite(
              {.path = directory_.path("reference.db"),
               .vfs = {},
               .functions = functions(),
               .on_fatal = {}}
          )} {
        fill(*tested_, packs_);
        fill(*reference_, packs_);
    }

    store::TestDirectory directory_;
    std::vector<declarations::Pack> packs_;
    std::unique_ptr<store::Store> tested_;
    std::unique_ptr<store::Store> reference_;
};

TEST_P(Agreement, AcceptedRulesAnswerAlike) {
    std::mt19937 random{GetParam()};
    std::vector<std::string> texts = kSeeds;
    RuleMaker maker{random};
    for (int i = 0; i < 250; ++i) {
        texts.push_back(changed(random, maker.check()));
        texts.push_back(changed(random, kSeeds[random() % kSeeds.size()]));
        texts.push_back(maker.check());
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        testing_models::add_check(packs_[0], texts[i]);
        packs_[0].registers[0].procedure.actions.back().checks[0].place.file = std::to_string(i);
    }
    const Rules rules{declarations::Model{packs_}};
    std::set<std::string> refused;
    for (const declarations::Fault& fault : rules.faults()) {
        refused.insert(fault.place.file);
    }
    int accepted = 0;
    int typed = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (refused.contains(std::to_string(i))) {
            EXPECT_GE(i, kSeeds.size()) << texts[i];
            continue;
        }
        ++accepted;
        for (const std::uint8_t entry : {std::uint8_t{1}, std::uint8_t{3}}) {
            const Scope scope{
                .org = kOrg,
                .entry = id_of(entry),
                .today = calendar::Date::parse("2023-03-01").value(),
                .parameters = {},
                .inputs = core::parse_json(R"({"reason":"r","day":"2023-01-06","amount":"12.5"})")
            };
            const Outcome expected = outcome_of(*reference_, rules, texts[i], scope);
            const Outcome found = outcome_of(*tested_, rules, texts[i], scope);
            EXPECT_FALSE(is_read_apart(found.problem)) << texts[i] << "\n" << found.problem;
            if (found.problem.starts_with("query ")) {
                ++typed;
            } else {
                EXPECT_EQ(found.problem, expected.problem) << texts[i];
                EXPECT_EQ(found.value, expected.value) << texts[i];
            }
        }
    }
    EXPECT_GT(accepted, 200);
    RecordProperty("accepted", accepted);
    RecordProperty("refused_by_types", typed);
    if (testing::Test::HasFailure()) {
        GTEST_LOG_(INFO) << accepted << " accepted, " << typed << " refused by types";
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Agreement, testing::Values(20261124U, 7U));

}  // namespace
}  // namespace duban::rules
