// The rule language: SQL SELECTs and expressions in the subset that both databases share, gated,
// compiled against a twin, bound to the org and run within bounds (law 4, E04, E28).
//
//     const Rules rules{model};                              // compiles every rule once
//     const Expression& guard = rules.expression("concurrent_post", "paid = false");
//     rules.evaluate(tx, guard, scope);                      // the value on the row as written
//
// A rule is never handed to a database unless the lexical gate and the twin accepted it.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.h"
#include "core/id.h"
#include "core/json.h"
#include "declarations/model.h"
#include "declarations/reading.h"
#include "rules/columns.h"
#include "store/store.h"

namespace duban::rules {

/// What a run is bound to: `$org`, the entry, `today()`, `param('x')`, `input('x')`.
struct Scope {
    core::OrgId org;
    core::Id entry;  ///< nil: the whole register
    calendar::Date today;
    std::map<std::string, core::Json> parameters;  ///< by "pack.name"
    core::Json inputs = nullptr;                   ///< object of the action's inputs
};

/// One row a control returned: law says what, facts say why.
struct Hit {
    core::Id entry;
    std::string reason;
    std::vector<std::pair<std::string, store::Value>> facts;
};

/// Faults of one SQL text; empty when it may run. `expression`: a scalar over the columns of
/// `register_name`; otherwise a whole SELECT of a control.
enum class RuleForm { Expression, Control };

/// Only identifiers, numbers, '…' strings, listed operators, parentheses, comma and dot (stack §5).
[[nodiscard]] std::vector<declarations::Fault> gate(
    std::string_view sql, const declarations::Place& place
);

class Rules {
public:
    /// Compiles every check, set, computed field and control of `model` on the twin.
    explicit Rules(const declarations::Model& model);
    Rules(const Rules&) = delete;
    Rules& operator=(const Rules&) = delete;
    ~Rules();

    /// Every fault of every rule, with its place in the declaration.
    [[nodiscard]] const std::vector<declarations::Fault>& faults() const;

    /// The value of `expression` (a `that:`, `set:` or computed text of `register_name`) on the
    /// entry's row as written. Bounded as a guard (20 ms in steps, E28): past it
    /// Problem{Rejected, "rule.too_expensive"}.
    [[nodiscard]] store::Value evaluate(
        store::Reader& reader,
        std::string_view register_name,
        std::string_view expression,
        const Scope& scope
    ) const;

    /// Runs `control` over the org, or over one entry when scope.entry is set and the control's
    /// scope allows it. At most `hits_max` hits.
    [[nodiscard]] std::vector<Hit> run(
        store::Reader& reader,
        const declarations::Control& control,
        const Scope& scope,
        std::size_t hits_max = 1000
    ) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The functions of the rule library as SQLite functions; PostgreSQL gets the same by
/// `migrations()`. days_between, add_days, add_months, workdays_between, add_workdays, year_of,
/// month_of, greatest_of, least_of, concat_of, strpos, cents_to_text.
[[nodiscard]] std::vector<store::ScalarFunction> functions();

/// d_day and the PostgreSQL side of the function library. Call before adopting packs.
void migrate(store::Store& store);

/// Replaces the rows of d_day for `calendar`, years `from` to `to` (data for workdays in rules).
void write_calendar(
    store::Transaction& tx,
    core::OrgId org,
    const calendar::WorkCalendar& calendar,
    int from,
    int to
);

}  // namespace duban::rules
