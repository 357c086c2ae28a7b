#include "rules/internal/compiler.h"

#include <algorithm>

#include "rules/internal/faults.h"
#include "rules/internal/portable.h"
#include "rules/internal/reasons.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

using declarations::Field;
using declarations::FieldType;
using declarations::Place;
using declarations::Register;

/// Where an expression stands, which decides what it may name.
enum class Use { Check, Set, Computed };

struct ExpressionSource {
    const Register* declared = nullptr;
    const declarations::Action* action = nullptr;  ///< of a check or set
    Use use = Use::Check;
    std::string text = {};
    std::string type = {};
    Place place = {};
};

std::string_view parameter_type(std::string_view type) {
    return type == "integer" ? "bigint" : type;
}

class Compiler {
public:
    Compiler(const declarations::Model& model, const std::vector<ReadTable>& built_in)
        : model_{model},
          tables_{model, built_in},
          seen_{tables_.all(), Twin::Kind::Seen},
          scoped_{tables_.all(), Twin::Kind::Scoped} {}

    CompiledRules run() {
        result_.faults = tables_.faults();
        for (const declarations::Pack& pack : model_.packs()) {
            for (const declarations::Parameter& parameter : pack.parameters) {
                result_.parameters.emplace(pack.name + "." + parameter.name, parameter.initial);
            }
            for (const Register& declared : pack.registers) {
                compile_register(declared);
            }
            for (const declarations::Control& control : pack.controls) {
                compile_control(control);
            }
        }
        return std::move(result_);
    }

private:
    void compile_register(const Register& declared) {
        result_.expressions[declared.name];
        for (const Field& field : declared.fields) {
            if (field.type == FieldType::Computed) {
                compile_expression(
                    {.declared = &declared,
                     .use = Use::Computed,
                     .text = field.expression,
                     .type = type_of(field),
                     .place = field.place}
                );
            }
        }
        for (const declarations::Action& action : declared.procedure.actions) {
            compile_action(declared, action);
        }
    }

    void compile_action(const Register& declared, const declarations::Action& action) {
        ExpressionSource source{
            .declared = &declared,
            .action = &action,
            .use = Use::Check,
            .text = {},
            .type = {},
            .place = {}
        };
        for (const declarations::Check& check : action.checks) {
            source.text = check.that;
            source.type = "boolean";
            source.place = check.place;
            compile_expression(source);
        }
        source.use = Use::Set;
        for (const declarations::SetRule& rule : action.sets) {
            const Field* field = declared.find_field(rule.field);
            source.text = rule.expression;
            source.type = field != nullptr ? type_of(*field) : "";
            source.place = rule.place;
            compile_expression(source);
        }
        for (const declarations::Opens& opens : action.opens) {
            const Register* opened = model_.find_register(opens.register_name);
            for (const auto& [name, expression] : opens.set) {
                const Field* own = declared.find_field(expression);
                if (expression.starts_with("row.") ||
                    (own != nullptr && own->type == declarations::FieldType::Links)) {
                    continue;  // of a list, no column: the model check looks at it
                }
                const Field* field = opened != nullptr ? opened->find_field(name) : nullptr;
                source.text = expression;
                source.type = field != nullptr ? type_of(*field) : "";
                source.place = opens.place;
                compile_expression(source);
            }
        }
    }

    static std::string type_of(const Field& field) {
        const std::vector<Column> columns = columns_of(field);
        return columns.empty() ? std::string{} : columns.front().type;
    }

    void compile_expression(const ExpressionSource& source) {
        const Lexed lexed = lex(source.text);
        Names names;
        if (!accepts(lexed, source.place) || !finds_names(lexed.script, source, names)) {
            return;
        }
        const Script& script = lexed.script;
        const std::string& own = source.declared->name;
        if (has_bare_aggregate(script)) {
            return refuse(source.place, "rule.aggregate");
        }
        if (source.use == Use::Computed && count_named(script, own) > 0) {
            return refuse(source.place, "rule.computed");
        }
        const std::set<std::string> visible = source.use == Use::Computed
                                                  ? tables_.own(own)
                                                  : tables_.visible_to(source.declared->pack);
        const std::string plain = plain_text(script);
        const TwinAnswer answer =
            seen_.compile("select (" + plain + ") from " + own + " as this", visible);
        if (!answer.ok()) {
            return refuse(answer, source.place);
        }
        std::vector<ScopedTable> scoped = {
            {.table = tables_.find(own), .entry_column = "id", .alias = "this"}
        };
        for (const RuleTable* table : tables_.named(script, visible)) {
            const bool own_list = table->child && table->register_name == own;
            scoped.push_back(
                {.table = table, .entry_column = own_list ? "entry" : "", .alias = table->name}
            );
        }
        Compiled compiled{
            .name = "rules.evaluate_" + own,
            .whole = scoped_expression(script, scoped, names),
            .entry = {},
            .type = source.type,
            .columns = {}
        };
        if (add(expression_faults(script, type_names(scoped, names), source.type), source.place) &&
            runs(compiled.whole, source.place)) {
            keep(source, std::move(compiled));
        }
    }

    void keep(const ExpressionSource& source, Compiled compiled) {
        Expressions& expressions = result_.expressions[source.declared->name];
        const auto found = expressions.find(source.text);
        if (found == expressions.end()) {
            expressions.emplace(source.text, std::move(compiled));
        } else if (found->second.whole.bindings != compiled.whole.bindings) {
            refuse(source.place, "rule.input_twice");
        }
    }

    void compile_control(const declarations::Control& control) {
        const Lexed lexed = lex(control.sql);
        Names names;
        const ExpressionSource source{
            .declared = model_.find_register(control.register_name),
            .text = {},
            .type = {},
            .place = control.sql_place
        };
        if (!accepts(lexed, control.sql_place)) {
            return;
        }
        const Script& script = lexed.script;
        if (!script.is(0, "select") && !script.is(0, "with")) {
            return refuse(control.sql_place, "control.not_select");
        }
        if (source.declared == nullptr || count_named(script, control.register_name) == 0) {
            return refuse(
                control.sql_place, "control.register", {{"register", control.register_name}}
            );
        }
        if (!finds_control_names(script, control, names)) {
            return;
        }
        const std::set<std::string> visible = tables_.visible_to(control.pack);
        const TwinAnswer answer = seen_.compile(plain_text(script), visible);
        if (!answer.ok()) {
            return refuse(answer, control.sql_place);
        }
        if (answer.columns.size() < 2 || answer.columns[0].name != "id" ||
            answer.columns[1].name != "reason") {
            return refuse(control.sql_place, "control.columns");
        }
        finish_control(control, script, names, answer);
    }

    void finish_control(
        const declarations::Control& control,
        const Script& script,
        const Names& names,
        const TwinAnswer& answer
    ) {
        std::vector<ScopedTable> scoped;
        for (const RuleTable* table : tables_.named(script, tables_.visible_to(control.pack))) {
            scoped.push_back({.table = table, .entry_column = {}, .alias = table->name});
        }
        if (!add(reason_faults(script, control), control.sql_place) || !has_sums(control, answer)) {
            return;
        }
        Compiled compiled{
            .name = "rules.run_" + control.name,
            .whole = scoped_control(script, scoped, names, control),
            .entry = {},
            .type = {},
            .columns = answer.columns
        };
        if (!add(control_faults(script, type_names(scoped, names)), control.sql_place) ||
            !runs(compiled.whole, control.sql_place)) {
            return;
        }
        if (control.scope == declarations::ControlScope::Entry) {
            if (!is_of_one_entry(script, control.register_name)) {
                return refuse(control.sql_place, "control.scope_entry");
            }
            for (ScopedTable& table : scoped) {
                table.entry_column = table.alias == control.register_name ? "id" : "";
            }
            compiled.entry = scoped_control(script, scoped, names, control);
        }
        result_.controls.insert_or_assign(control.pack + "." + control.name, std::move(compiled));
    }

    /// A fact without a type of its own is computed: whether it is a number shows when it runs.
    bool has_sums(const declarations::Control& control, const TwinAnswer& answer) {
        for (const std::string& name : control.sums) {
            const auto fact = std::ranges::find(answer.columns, name, &TwinColumn::name);
            if (fact == answer.columns.end() || !(fact->type.empty() || fact->type == "bigint")) {
                refuse(control.place, "control.sum_unknown", {{"name", name}});
                return false;
            }
        }
        return true;
    }

    /// Whether running over one entry gives what running over all gives for it (E04).
    static bool is_of_one_entry(const Script& script, std::string_view register_name) {
        for (std::size_t i = 0; i < script.size(); ++i) {
            const std::string& word = script.tokens[i].text;
            if (script.is(i, "except") || script.is(i, "limit") || script.is(i, "distinct") ||
                (script.is_call(i) && (is_aggregate(word) || is_window_function(word)))) {
                return false;
            }
        }
        return count_named(script, register_name) == 1;
    }

    bool accepts(const Lexed& lexed, const Place& place) {
        std::vector<ScriptFault> faults = lexed.faults;
        if (faults.empty() && lexed.script.tokens.empty()) {
            faults.push_back({
                .code = "rule.empty",
            });
        }
        if (faults.empty()) {
            faults = portable_faults(lexed.script);
        }
        return add(faults, place);
    }

    bool add(const std::vector<ScriptFault>& faults, const Place& place) {
        for (const ScriptFault& fault : faults) {
            result_.faults.push_back(fault_at(fault, place));
        }
        return faults.empty();
    }

    bool finds_names(const Script& script, const ExpressionSource& source, Names& names) {
        bool found = true;
        for (std::size_t i = 0; i < script.size(); ++i) {
            const bool parameter = script.is(i, "param") && script.is_call(i);
            const bool input = script.is(i, "input") && script.is_call(i);
            const bool today = script.is(i, "today") && script.is_call(i);
            if (source.use == Use::Computed && (parameter || input || today)) {
                refuse(source.place, "rule.computed");
                found = false;
            } else if (parameter) {
                found =
                    find_parameter(script, i, source.declared->pack, source.place, names) && found;
            } else if (input) {
                found = find_input(script, i, source, names) && found;
            }
        }
        return found;
    }

    bool finds_control_names(
        const Script& script, const declarations::Control& control, Names& names
    ) {
        bool found = true;
        for (std::size_t i = 0; i < script.size(); ++i) {
            if (script.is(i, "param") && script.is_call(i)) {
                found = find_parameter(script, i, control.pack, control.sql_place, names) && found;
            } else if (script.is(i, "input") && script.is_call(i)) {
                refuse(control.sql_place, "control.input");
                found = false;
            }
        }
        return found;
    }

    static std::string quoted(const Script& script, std::size_t call) {
        const std::string& text = script.tokens[call + 2].text;
        return text.substr(1, text.size() - 2);
    }

    bool find_parameter(
        const Script& script,
        std::size_t call,
        const std::string& pack,
        const Place& place,
        Names& names
    ) {
        const std::string name = quoted(script, call);
        const std::size_t dot = name.find('.');
        const std::string owner = dot == std::string::npos ? pack : name.substr(0, dot);
        const std::string own = dot == std::string::npos ? name : name.substr(dot + 1);
        const declarations::Parameter* parameter = model_.find_parameter(owner, own);
        if (parameter == nullptr) {
            refuse(place, "rule.parameter", {{"name", name}});
            return false;
        }
        names["param " + name] = {
            .kind = BindingKind::Parameter,
            .name = owner + "." + own,
            .type = std::string{parameter_type(parameter->type)}
        };
        return true;
    }

    bool find_input(
        const Script& script, std::size_t call, const ExpressionSource& source, Names& names
    ) {
        const std::string name = quoted(script, call);
        const std::vector<Field>& inputs = source.action->inputs;
        const auto found = std::ranges::find(inputs, name, &Field::name);
        const std::vector<Column> columns =
            found != inputs.end() && found->type != FieldType::Computed ? columns_of(*found)
                                                                        : std::vector<Column>{};
        if (columns.size() != 1) {
            refuse(source.place, "rule.input", {{"name", name}});
            return false;
        }
        const bool sealed = columns[0].sealed;
        names["input " + name] = {
            .kind = BindingKind::Input,
            .name = name,
            .type = sealed ? type_unsealed(*found) : columns[0].type,
            .scale = found->type == FieldType::Decimal ? found->scale : 0
        };
        return true;
    }

    /// A guard reads a sealed input before it is sealed (E05).
    static std::string type_unsealed(Field field) {
        field.sealed = false;
        return columns_of(field).front().type;
    }

    static TypeNames type_names(const std::vector<ScopedTable>& scoped, const Names& names) {
        TypeNames types;
        for (const ScopedTable& table : scoped) {
            if (table.alias == "this") {
                types.own = table.table;
            } else {
                types.tables.push_back(table.table);
            }
        }
        for (const auto& [name, binding] : names) {
            types.values[name] = rules::type_of(binding.type);
        }
        return types;
    }

    /// The text of our own making compiles too.
    bool runs(const Statement& statement, const Place& place) {
        const TwinAnswer answer = scoped_.compile(statement.sqlite, tables_.sources());
        if (!answer.ok()) {
            refuse(answer, place);
        }
        return answer.ok();
    }

    void refuse(const TwinAnswer& answer, const Place& place) {
        if (answer.denied) {
            refuse(place, "rule.not_visible", {{"name", answer.error}});
        } else {
            refuse(place, "rule.not_compiled", {{"reason", answer.error}});
        }
    }

    void refuse(const Place& place, std::string code, core::Params params = {}) {
        result_.faults.push_back(
            fault_at({.code = std::move(code), .params = std::move(params)}, place)
        );
    }

    const declarations::Model& model_;
    RuleTables tables_;
    Twin seen_;
    Twin scoped_;
    CompiledRules result_;
};

}  // namespace

CompiledRules compile_rules(
    const declarations::Model& model, const std::vector<ReadTable>& built_in
) {
    return Compiler{model, built_in}.run();
}

}  // namespace duban::rules
