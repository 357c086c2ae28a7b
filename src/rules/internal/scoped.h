// From the tokens of an accepted rule to the SQL that runs: bound to the org, with `today()`,
// `param(…)` and `input(…)` as parameters, in each database's own words (E04).
//
//     with leave as not materialized (select id, … from main.leave where org = $1)
//     select q.* from (RULE) as q order by 1 limit $2

#pragma once

#include <map>
#include <string>
#include <vector>

#include "declarations/model.h"
#include "rules/internal/script.h"
#include "rules/internal/twin.h"
#include "store/store.h"

namespace duban::rules {

enum class BindingKind { Org, Entry, Today, Parameter, Input, HitsMax, Since };

/// What `$n` is bound to at a run.
struct Binding {
    BindingKind kind = BindingKind::Org;
    std::string name = {};  ///< of a parameter ("pack.name") or an input; the day of `Since`
    std::string type = {};  ///< SQL type of a parameter or an input
    int scale = 0;          ///< decimal places of an input that is a decimal
    bool operator==(const Binding&) const = default;
};

/// What `param(…)` and `input(…)` mean in a rule, by "param x" and "input x".
using Names = std::map<std::string, Binding>;

/// One rule as it runs; the bindings are $1, $2 … of both texts.
struct Statement {
    std::string sqlite = {};
    std::string postgres = {};
    std::vector<Binding> bindings = {};
};

/// A table in a rule's WITH: the whole org's rows, or those of the entry alone.
struct ScopedTable {
    const RuleTable* table = nullptr;
    std::string entry_column = {};  ///< `id` or `entry`; empty: the whole org
    std::string alias = {};         ///< its name in the rule
};

/// `select (EXPRESSION) from this`.
[[nodiscard]] Statement scoped_expression(
    const Script& script, const std::vector<ScopedTable>& tables, const Names& names
);
/// `select q.* from (RULE) as q order by 1 limit $n`; where the control judges entries `since` a
/// day, of those alone that were opened on it or later.
[[nodiscard]] Statement scoped_control(
    const Script& script,
    const std::vector<ScopedTable>& tables,
    const Names& names,
    const declarations::Control& control
);

/// The tokens with blanks between them, as the twin reads them.
[[nodiscard]] std::string plain_text(const Script& script);

}  // namespace duban::rules
