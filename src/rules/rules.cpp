#include "rules/rules.h"

#include <algorithm>
#include <tuple>

#include "calendar/calendar.h"
#include "core/check.h"
#include "core/problem.h"
#include "rules/internal/compiler.h"
#include "rules/internal/faults.h"
#include "rules/internal/portable.h"
#include "rules/internal/values.h"

namespace duban::rules {

namespace {

using store::Dialect;
using store::Value;

// E28, by what a virtual machine step costs; a wall clock on a loaded machine needs more room.
constexpr store::Bound kGuardBound{.steps_max = 1'000'000, .ms_max = 200, .rows_max = 2};
constexpr store::Bound kEntryBound{.steps_max = 10'000'000, .ms_max = 1'000, .rows_max = 0};
constexpr store::Bound kRegisterBound{.steps_max = 3'000'000'000, .ms_max = 60'000, .rows_max = 0};

std::vector<Value> bound_values(
    const Statement& statement, const Scope& scope, const CompiledRules& rules, std::size_t hits_max
) {
    std::vector<Value> values;
    for (const Binding& binding : statement.bindings) {
        switch (binding.kind) {
            case BindingKind::Org: values.push_back(store::value(scope.org)); break;
            case BindingKind::Entry: values.push_back(store::value(scope.entry)); break;
            case BindingKind::Today: values.emplace_back(scope.today.text()); break;
            case BindingKind::HitsMax:
                values.emplace_back(static_cast<std::int64_t>(hits_max));
                break;
            case BindingKind::Since:
                values.emplace_back(core::to_ms(
                    calendar::day_start(*calendar::Date::parse(binding.name), scope.zone)
                ));
                break;
            case BindingKind::Input: {
                const core::Json* input = core::find_member(scope.inputs, binding.name);
                values.push_back(input != nullptr ? value_of(*input, binding) : Value{});
                break;
            }
            case BindingKind::Parameter: {
                const auto given = scope.parameters.find(binding.name);
                const auto initial = rules.parameters.find(binding.name);
                core::check(initial != rules.parameters.end(), "a parameter is declared");
                values.push_back(value_of(
                    given != scope.parameters.end() ? given->second : initial->second, binding
                ));
                break;
            }
        }
    }
    return values;
}

store::Rows run_bounded(
    store::Reader& reader,
    const Compiled& rule,
    const Statement& statement,
    const std::vector<Value>& values,
    const store::Bound& bound
) {
    const bool sqlite = reader.dialect() == Dialect::Sqlite;
    try {
        return reader.query_bounded(
            {.name = rule.name, .sql = sqlite ? statement.sqlite : statement.postgres},
            values,
            bound
        );
    } catch (const core::Problem& problem) {
        using core::ProblemKind::Rejected;
        if (problem.code == "query.too_expensive") {
            throw core::Problem{Rejected, "rule.too_expensive", {{"rule", rule.name}}};
        }
        // An overflow, mostly: the rule is at fault, not who asks.
        if (problem.code == "query.failed") {
            throw core::Problem{Rejected, "rule.failed", {{"rule", rule.name}}};
        }
        throw;
    }
}

}  // namespace

struct Rules::State {
    CompiledRules compiled;

    [[nodiscard]] const Compiled& control(const declarations::Control& declared) const {
        const auto found = compiled.controls.find(declared.pack + "." + declared.name);
        core::check(found != compiled.controls.end(), "the control was compiled without a fault");
        return found->second;
    }
};

std::vector<declarations::Fault> gate(std::string_view sql, const declarations::Place& place) {
    const Lexed lexed = lex(sql);
    std::vector<declarations::Fault> faults;
    for (const ScriptFault& fault : lexed.ok() ? portable_faults(lexed.script) : lexed.faults) {
        faults.push_back(fault_at(fault, place));
    }
    return faults;
}

Rules::Rules(const declarations::Model& model, const std::vector<ReadTable>& built_in)
    : state_{std::make_unique<State>(State{compile_rules(model, built_in)})} {}

Rules::~Rules() = default;

const std::vector<declarations::Fault>& Rules::faults() const {
    return state_->compiled.faults;
}

Value Rules::evaluate(
    store::Reader& reader,
    std::string_view register_name,
    std::string_view expression,
    const Scope& scope
) const {
    const auto of_register = state_->compiled.expressions.find(register_name);
    core::check(of_register != state_->compiled.expressions.end(), "the register was compiled");
    const auto found = of_register->second.find(expression);
    core::check(found != of_register->second.end(), "the expression was compiled without a fault");
    const Compiled& rule = found->second;
    const std::vector<Value> values = bound_values(rule.whole, scope, state_->compiled, 0);
    const store::Rows rows = run_bounded(reader, rule, rule.whole, values, kGuardBound);
    core::check(rows.size() == 1, "an expression is evaluated on one row that exists");
    return typed_value(rows[0].columns[0], rule.type);
}

std::vector<Hit> Rules::run(
    store::Reader& reader,
    const declarations::Control& control,
    const Scope& scope,
    std::size_t hits_max
) const {
    const Compiled& rule = state_->control(control);
    const bool one = !scope.entry.is_nil() && !rule.entry.sqlite.empty();
    const Statement& statement = one ? rule.entry : rule.whole;
    const std::vector<Value> values = bound_values(statement, scope, state_->compiled, hits_max);

    std::vector<Hit> hits;
    for (const store::Row& row :
         run_bounded(reader, rule, statement, values, one ? kEntryBound : kRegisterBound)) {
        Hit hit{.entry = row.id(0), .reason = row.find_text(1).value_or(""), .facts = {}};
        for (std::size_t i = 2; i < row.columns.size(); ++i) {
            hit.facts.emplace_back(
                rule.columns[i].name, fact_value(row.columns[i], rule.columns[i].type)
            );
        }
        hits.push_back(std::move(hit));
    }
    // Several rows of one entry come as each database likes; a rule's answer has one order.
    std::ranges::sort(hits, [](const Hit& left, const Hit& right) {
        return std::tie(left.entry, left.reason, left.facts) <
               std::tie(right.entry, right.reason, right.facts);
    });
    return hits;
}

std::vector<std::string> Rules::facts(const declarations::Control& control) const {
    std::vector<std::string> names;
    for (const TwinColumn& column : state_->control(control).columns) {
        names.push_back(column.name);
    }
    names.erase(names.begin(), names.begin() + 2);  // id, reason
    return names;
}

}  // namespace duban::rules
