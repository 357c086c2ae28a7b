#include "registers/internal/writing.h"

#include <algorithm>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/clocks.h"
#include "registers/internal/codec.h"
#include "registers/internal/past.h"
#include "registers/reading.h"

namespace duban::registers {

namespace {

using core::Json;
using core::Problem;
using core::ProblemKind;
using declarations::Field;
using declarations::FieldType;

std::string string_of(const Json& value) {
    return {value.get_string().data(), value.get_string().size()};
}

core::Id id_of(const Json& value) {
    const auto id = core::Id::parse(string_of(value));
    core::check(id.has_value(), "a normal id parses");
    return *id;
}

/// A value and where it stands in the request: "begins_on", "members/0/person".
struct Given {
    const Field& field;
    const Json& value;
    std::string place;
};

[[noreturn]] void refuse_field(const Given& given, const char* code) {
    Problem problem{ProblemKind::Rejected, "entry.invalid_fields"};
    problem.errors.push_back({"/fields/" + given.place, code, {{"field", given.field.name}}, {}});
    throw problem;
}

void refuse_broken_reference(
    store::Transaction& tx, const Context& context, const Step& step, const Given& given
) {
    const auto& [field, value, place] = given;
    const access::Directory& directory = *context.actor.directory;
    if (field.type == FieldType::Person && directory.find_person(id_of(value)) == nullptr) {
        refuse_field(given, "field.no_such_person");
    }
    if (field.type == FieldType::Unit && directory.find_unit(id_of(value)) == nullptr) {
        refuse_field(given, "field.no_such_unit");
    }
    if (field.type == FieldType::Link || field.type == FieldType::Links) {
        const Table& to = context.adopted->table(field.to);
        const auto row = EntryRow::find(tx, to, context.org, id_of(value));
        const bool named_by_person = !step.caused_by;
        if (!row || (named_by_person &&
                     !may_read(tx, *context.adopted, context.actor, *to.declared, row->facts()))) {
            refuse_field(given, "field.no_such_entry");
        }
    }
    if (field.type == FieldType::File) {
        context.claim_file(
            tx,
            context.org,
            step.caused_by ? core::Id{} : context.actor.person,
            string_of(value),
            step.table->declared->name,
            step.row.id(),
            place.substr(0, place.find('/'))
        );
    }
}

void put(
    store::Transaction& tx,
    const Context& context,
    Step& step,
    const Field& field,
    const Json& value
) {
    if (const ChildTable* child = step.table->find_child(field.name)) {
        const core::JsonArray& rows = value.get_array();
        if (field.type == FieldType::Links) {
            for (const Json& target : rows) {
                refuse_broken_reference(tx, context, step, {field, target, field.name});
            }
        }
        for (const Field& column : field.rows) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const Json& cell = rows[i].at(column.name);
                if (!cell.is_null()) {
                    const std::string place = std::to_string(i) + "/" + column.name;
                    refuse_broken_reference(
                        tx, context, step, {column, cell, field.name + "/" + place}
                    );
                }
            }
        }
        save_list(tx, *child, context.org, step.row.id(), rows);
        step.changes.push_back(
            {.field = field.name,
             .value = nullptr,
             .is_list = true,
             .rows = {rows.begin(), rows.end()}}
        );
        return;
    }
    if (!value.is_null()) {
        refuse_broken_reference(tx, context, step, {field, value, field.name});
    }
    step.row.set_scalar(field, value);
    step.changes.push_back({.field = field.name, .value = value, .is_list = false, .rows = {}});
}

void put_defaults(Step& step) {
    for (const Field& field : step.table->declared->fields) {
        if (field.initial && !step.fields.contains(field.name)) {
            step.fields[field.name] = *field.initial;
        }
    }
}

/// A `set:` that needs no database: today(), an input, a literal truth.
std::optional<Json> simple_value(
    const Context& context, const Step& step, const std::string& expression
) {
    if (expression == "today()") {
        return Json(context.today.text());
    }
    if (expression == "null") {
        return Json(nullptr);
    }
    if (expression == "true" || expression == "false") {
        return Json(expression == "true");
    }
    constexpr std::string_view kInput = "input('";
    if (expression.starts_with(kInput) && expression.ends_with("')") &&
        expression.find('\'', kInput.size()) == expression.size() - 2) {
        const std::string name =
            expression.substr(kInput.size(), expression.size() - kInput.size() - 2);
        const Json* value = core::find_member(step.inputs, name);
        return value == nullptr ? Json(nullptr) : *value;
    }
    return std::nullopt;
}

Json evaluated(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    const Field& field,
    const std::string& expression
) {
    return codec::from_rule(
        field,
        context.adopted->rules().evaluate(
            tx, step.table->declared->name, expression, scope_of(context, step)
        )
    );
}

bool has_computed(const declarations::Register& declared) {
    return std::any_of(declared.fields.begin(), declared.fields.end(), [](const Field& field) {
        return field.type == FieldType::Computed;
    });
}

Json current_value(store::Reader& reader, core::OrgId org, const Step& step, const Field& field) {
    const ChildTable* child = step.table->find_child(field.name);
    return child == nullptr ? step.row.scalar(field)
                            : Json(load_list(reader, *child, org, step.row.id()));
}

const Field* find_input(const declarations::Action& action, std::string_view name) {
    const auto found = std::find_if(
        action.inputs.begin(), action.inputs.end(), [&](const Field& f) { return f.name == name; }
    );
    return found == action.inputs.end() ? nullptr : &*found;
}

bool must_be_complete(const Step& step) {
    const declarations::Procedure& procedure = step.table->declared->procedure;
    const declarations::State* state = procedure.find_state(step.row.state());
    return step.row.state() != procedure.initial && (state == nullptr || !state->ended_otherwise);
}

core::Texts message(const Context& context, const std::string& code) {
    const core::Texts* texts = context.adopted->model().find_message(code);
    return texts == nullptr ? core::Texts{} : *texts;
}

}  // namespace

void compute_fields(
    store::Transaction& tx, const rules::Rules& rules, const rules::Scope& scope, EntryRow& row
) {
    const declarations::Register& declared = *row.table().declared;
    if (!has_computed(declared)) {
        return;
    }
    for (const Field& field : declared.fields) {
        if (field.type == FieldType::Computed) {
            const Field scalar = codec::computed_scalar(field);
            row.set_scalar(
                scalar,
                codec::from_rule(scalar, rules.evaluate(tx, declared.name, field.expression, scope))
            );
        }
    }
    row.update(tx);
}

void write_fields(store::Transaction& tx, const Context& context, Step& step) {
    if (step.opens) {
        put_defaults(step);
    }
    step.row.set_revision(step.row.revision() + 1);
    step.row.set_changed(context.now_ms);
    for (const Field& field : step.table->declared->fields) {
        if (const auto value = step.fields.find(field.name); value != step.fields.end()) {
            put(tx, context, step, field, value->second);
        }
    }
    if (step.action != nullptr && !step.signing_only) {
        for (const declarations::SetRule& rule : step.action->sets) {
            const Field* field = step.table->declared->find_field(rule.field);
            core::check(field != nullptr, "set: fills a declared field");
            if (const auto value = simple_value(context, step, rule.expression)) {
                put(tx, context, step, *field, *value);
            }
        }
    }
    if (step.opens) {
        step.row.insert(tx);
    } else {
        step.row.update(tx);
    }
    compute_fields(tx, context.adopted->rules(), scope_of(context, step), step.row);
}

void apply_sets(store::Transaction& tx, const Context& context, Step& step) {
    bool changed = false;
    for (const declarations::SetRule& rule : step.action->sets) {
        if (simple_value(context, step, rule.expression)) {
            continue;
        }
        const Field* field = step.table->declared->find_field(rule.field);
        put(tx, context, step, *field, evaluated(tx, context, step, *field, rule.expression));
        changed = true;
    }
    if (changed) {
        step.row.update(tx);
    }
    compute_fields(tx, context.adopted->rules(), scope_of(context, step), step.row);
}

void refuse_missing(store::Transaction& tx, const Context& context, const Step& step) {
    Problem problem{ProblemKind::Rejected, "entry.incomplete"};
    const auto miss = [&](const Field& field, const std::string& part) {
        problem.errors.push_back(
            {part + field.name,
             "field.required",
             {{"field", field.name}},
             {},
             {{"field", field.title}}}
        );
    };
    for (const std::string& name : step.action->need) {
        const Field* input = find_input(*step.action, name);
        if (input != nullptr) {
            const Json* value = core::find_member(step.inputs, name);
            if (value == nullptr || codec::is_empty(*value)) {
                miss(*input, "/inputs/");
            }
            continue;
        }
        const Field* field = step.table->declared->find_field(name);
        core::check(field != nullptr, "need: names a field or an input");
        if (codec::is_empty(current_value(tx, context.org, step, *field))) {
            miss(*field, "/fields/");
        }
    }
    if (must_be_complete(step)) {
        for (const Field& field : step.table->declared->fields) {
            const auto& need = step.action->need;
            const bool asked = std::find(need.begin(), need.end(), field.name) != need.end();
            if (field.required && !asked &&
                codec::is_empty(current_value(tx, context.org, step, field))) {
                miss(field, "/fields/");
            }
        }
    }
    if (!problem.errors.empty()) {
        throw problem;
    }
}

void apply_clocks(store::Transaction& tx, const Context& context, Step& step) {
    const std::string before = step.row.due_on();
    std::vector<journal::Change> moved =
        move_clocks(tx, context.org, *context.profile, step.row, step.action_name, context.today);
    if (!moved.empty() || step.row.due_on() != before) {
        step.row.update(tx);
    }
    for (journal::Change& change : moved) {
        std::erase_if(step.changes, [&](const auto& one) { return one.field == change.field; });
        step.changes.push_back(std::move(change));
    }
}

void refuse_by_checks(store::Transaction& tx, const Context& context, const Step& step) {
    for (const declarations::Check& check : step.action->checks) {
        const store::Value value = context.adopted->rules().evaluate(
            tx, step.table->declared->name, check.that, scope_of(context, step)
        );
        // Like SQL's own CHECK, a condition that is unknown does not refuse: `need:` asks for
        // values.
        const store::Row row{{value}};
        if (!row.is_null(0) && !row.truth(0)) {
            Problem problem{ProblemKind::Rejected, check.code};
            problem.texts = message(context, check.code);
            throw problem;
        }
    }
}

std::int64_t write_record(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    const std::string& kind,
    std::string_view state_before,
    Drawn& drawn
) {
    journal::Draft draft;
    draft.org = context.org;
    draft.register_name = step.table->declared->name;
    draft.entry = step.row.id();
    draft.revision = step.row.revision();
    draft.action = step.action_name;
    draft.kind = kind;
    draft.actor = context.actor.person;
    draft.post = step.standing ? step.standing->post : core::Id{};
    draft.unit = step.row.unit();
    draft.number = step.row.number();
    draft.state_before = std::string{state_before};
    draft.state_after = step.row.state();
    draft.declaration = context.adopted->digest(step.table->declared->pack);
    draft.parameters = context.profile->parameters_digest;
    draft.signatures = step.signatures;
    draft.changes = step.changes;
    for (const auto& input : step.inputs) {
        draft.inputs.push_back(
            {.field = std::string{input.key()}, .value = input.value(), .is_list = false, .rows = {}
            }
        );
    }
    draft.caused_by = step.caused_by;
    if (step.backfill) {
        draft.decision = step.backfill->decision.text();
        const auto claimed = calendar::Date::parse(step.backfill->claimed_on);
        core::check(claimed.has_value(), "a backfill's date was checked");
        draft.claimed_at_ms = core::to_ms(claimed->days);
    }
    draft.on = context.today.text();
    draft.recorded_at_ms = context.now_ms;
    draft.salt_seed = drawn.bytes(32);
    const journal::Appended appended = context.journal->append(tx, draft);
    note_step(tx, context, step, state_before);
    return appended.position;
}

std::vector<core::Id> linked_entries(
    store::Reader& reader, core::OrgId org, const Step& step, const Field& field
) {
    const Json value = current_value(reader, org, step, field);
    std::vector<core::Id> out;
    if (value.is_array()) {
        for (const Json& element : value.get_array()) {
            out.push_back(id_of(element));
        }
    } else if (!value.is_null()) {
        out.push_back(id_of(value));
    }
    return out;
}

}  // namespace duban::registers
