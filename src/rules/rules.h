// The rule language: SQL SELECTs and expressions in the subset that both databases share, gated,
// compiled against a twin, bound to the org and run within bounds (law 4, E04, E28).
//
//     const Rules rules{model};               // compiles every rule once
//     if (!rules.faults().empty()) { … each names its place in the declaration … }
//     rules.evaluate(tx, "concurrent_post", "paid = false", scope);  // on the row as written
//
// A rule is never handed to a database unless the lexical gate and the twin accepted it. In an
// expression the entry's own columns are named plainly or as `this.<column>`, its lists as
// `<register>_<field>` (own rows only), other registers by their names (all rows of the org).
// docs/formats/rules.md specifies the language.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
    std::string zone = "UTC";                      ///< IANA; in which `since` of a control begins
};

/// One row a control returned: law says what, facts say why.
struct Hit {
    core::Id entry;
    std::string reason;
    std::vector<std::pair<std::string, store::Value>> facts;
};

/// The lexical gate alone: only identifiers, numbers, '…' strings, listed operators, parentheses,
/// comma and dot (stack §5), and nothing that both databases parse but answer differently.
/// `place` is where `sql` begins; empty when it may go on to the twin.
[[nodiscard]] std::vector<declarations::Fault> gate(
    std::string_view sql, const declarations::Place& place
);

/// A table of another room that rules may read beside the registers: units, people, posts (E11).
struct ReadTable {
    std::string name;             ///< in rules: "unit"
    std::string source;           ///< as it is kept: "d_unit"; its key starts with org
    std::vector<Column> columns;  ///< those rules may see
};

class Rules {
public:
    /// Compiles every check, set, `opens` value, computed field and control of `model` on the
    /// twin. Keeps nothing of `model`.
    explicit Rules(const declarations::Model& model, const std::vector<ReadTable>& built_in = {});
    Rules(const Rules&) = delete;
    Rules& operator=(const Rules&) = delete;
    ~Rules();

    /// Every fault of every rule, with its place in the declaration.
    [[nodiscard]] const std::vector<declarations::Fault>& faults() const;

    /// The value of `expression` (a `that:`, `set:`, `opens` or computed text of `register_name`)
    /// on the entry's row as written; of the field's type, a check as bool. Bounded as a guard
    /// (20 ms in steps, E28): past it Problem{Rejected, "rule.too_expensive"}. An input whose JSON
    /// is not of its type is Problem{Invalid, "rule.wrong_value"}.
    [[nodiscard]] store::Value evaluate(
        store::Reader& reader,
        std::string_view register_name,
        std::string_view expression,
        const Scope& scope
    ) const;

    /// Runs `control` over the org (60 s), or over one entry when scope.entry is set and the
    /// control's scope allows it (200 ms, E28). At most `hits_max` hits, ordered by
    /// entry, and those of one entry by reason and facts.
    [[nodiscard]] std::vector<Hit> run(
        store::Reader& reader,
        const declarations::Control& control,
        const Scope& scope,
        std::size_t hits_max = 1000
    ) const;

    /// The names of the control's facts, in order.
    [[nodiscard]] std::vector<std::string> facts(const declarations::Control& control) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The functions of the rule library as SQLite functions; PostgreSQL gets the same by
/// `migrate()`: days_between, add_days, add_months, year_of, month_of, greatest_of, least_of,
/// concat_of, strpos, starts_with, cents_to_text. workdays_between and add_workdays read d_day and
/// are written out when a rule is compiled.
[[nodiscard]] std::vector<store::ScalarFunction> functions();

/// d_day and the PostgreSQL side of the function library. Call before adopting packs.
void migrate(store::Store& store);

/// A row of d_day: `workday_no` counts the workdays from the first day up to this one.
struct CountedDay {
    calendar::Date day;
    std::int64_t workday_no = 0;
    bool workday = false;
};

/// The days of the years `from` to `to`.
[[nodiscard]] std::vector<CountedDay> counted_days(
    const calendar::WorkCalendar& calendar, int from, int to
);

/// Replaces the org's rows of d_day by `calendar`, years `from` to `to`: the days that workdays in
/// rules are counted by. Outside these years they are unknown (null), never guessed.
void write_calendar(
    store::Transaction& tx,
    core::OrgId org,
    const calendar::WorkCalendar& calendar,
    int from,
    int to
);

}  // namespace duban::rules
