#include "registers/internal/act.h"

#include <algorithm>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/backfilling.h"
#include "registers/internal/codec.h"
#include "registers/internal/numbers.h"
#include "registers/internal/opening.h"
#include "registers/internal/past.h"
#include "registers/internal/signing.h"
#include "registers/internal/writing.h"
#include "registers/reading.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Action;
using declarations::Field;
using declarations::FieldType;

constexpr int kCauseDepthMax = 3;  // E03: opens and acts at most three deep

class Act {
public:
    Act(store::Transaction& tx, const Context& context, const std::string& seed)
        : tx_{tx}, context_{context}, drawn_{seed} {}

    Applied request(const Request& request);
    Applied backfill(const Request& request);

private:
    Step step_of(const Request& request, const Table& table, const Action& action);
    EntryRow opened_row(const Request& request, const Table& table, const Action& action);
    void authorise(const Request& request, Step& step);
    Applied carry_out(Step& step);
    Applied note_signature(Step& step, const Round& round);
    void take_effect(Step& step);
    void give_number(Step& step);
    std::string state_after(const Step& step) const;
    void opens(const Step& step);
    void acts(const Step& step);
    Applied finish(Step& step, const std::string& kind, const std::string& state_before);

    store::Transaction& tx_;
    const Context& context_;
    Drawn drawn_;
};

const Action& declared_action(const Table& table, const std::string& name) {
    const Action* action = table.declared->procedure.find_action(name);
    if (action == nullptr) {
        throw Problem{ProblemKind::NotFound, "action.not_found", {{"action", name}}};
    }
    return *action;
}

access::Actor acting_for(const access::Actor& actor, const core::Id& post) {
    access::Actor chosen = actor;
    if (!post.is_nil()) {
        std::erase_if(chosen.standings, [&](const auto& s) { return s.post != post; });
    }
    return chosen;
}

/// Empty when the register knows no such state any more.
core::Texts state_title(const Table& table, const std::string& name) {
    const declarations::State* state = table.declared->procedure.find_state(name);
    return state == nullptr ? core::Texts{} : state->title;
}

void refuse_wrong_state(const Action& action, const EntryRow& row) {
    if (std::find(action.from.begin(), action.from.end(), row.state()) == action.from.end()) {
        throw Problem{
            ProblemKind::Conflict,
            "entry.wrong_state",
            {{"action", action.name}, {"state", row.state()}},
            {{"action", action.title}, {"state", state_title(row.table(), row.state())}}
        };
    }
}

void refuse_other_revision(const Request& request, const EntryRow& row) {
    if (!request.revision) {
        throw Problem{ProblemKind::NoPrecondition, "precondition.required"};
    }
    if (*request.revision != row.revision()) {
        throw Problem{
            ProblemKind::Stale, "entry.stale", {{"revision", std::to_string(row.revision())}}
        };
    }
}

void claim_input_files(store::Transaction& tx, const Context& context, const Step& step) {
    for (const Field& field : step.action->inputs) {
        const core::Json* value = core::find_member(step.inputs, field.name);
        if (field.type == FieldType::File && value != nullptr && value->is_string()) {
            context.claim_file(
                tx,
                context.org,
                step.caused_by ? core::Id{} : context.actor.person,
                std::string{value->get_string()},
                step.table->declared->name,
                step.row.id(),
                field.name
            );
        }
    }
}

void refuse_unknown_unit(const Context& context, const core::Id& unit) {
    if (context.actor.directory->find_unit(unit) == nullptr) {
        throw Problem{ProblemKind::Rejected, "unit.not_found"};
    }
}

/// The unit of an entry that is being opened: the one asked for, or that of the first post that
/// may open one there.
EntryRow Act::opened_row(const Request& request, const Table& table, const Action& action) {
    const core::Id id = core::make_id(core::from_ms(context_.now_ms), drawn_);
    const access::Actor actor = acting_for(context_.actor, request.post);
    core::Id unit = request.unit;
    if (unit.is_nil()) {
        for (const access::Standing& standing : actor.standings) {
            const access::EntryFacts facts{id, standing.unit, actor.person};
            if (access::may(actor, action.by, facts)) {
                unit = standing.unit;
                break;
            }
        }
    }
    if (unit.is_nil()) {
        throw Problem{
            ProblemKind::Forbidden,
            "action.not_yours",
            {{"action", action.name}},
            {{"action", action.title}}
        };
    }
    refuse_unknown_unit(context_, unit);
    EntryRow row{table, context_.org, id, unit};
    row.set_opened(context_.now_ms, context_.actor.person);
    return row;
}

Step Act::step_of(const Request& request, const Table& table, const Action& action) {
    const bool opens = action.name == "open";
    std::optional<EntryRow> row;
    if (opens) {
        row = opened_row(request, table, action);
    } else {
        row = EntryRow::find(tx_, table, context_.org, request.entry);
    }
    if (!row) {
        throw Problem{ProblemKind::NotFound, "entry.not_found"};
    }
    return {
        .table = &table,
        .action = &action,
        .action_name = action.name,
        .opens = opens,
        .row = *std::move(row),
        .fields = {},
        .inputs = {},
        .words = request.words,
        .paper = request.paper,
        .backfill = {},
        .standing = {},
        .caused_by = {},
        .signatures = {},
        .changes = {},
        .signing_only = false,
        .depth = 0
    };
}

/// Who may not even read the entry is told that there is none.
void Act::authorise(const Request& request, Step& step) {
    const Action& action = *step.action;
    const access::Actor actor = acting_for(context_.actor, request.post);
    const auto facts = step.row.facts();
    if (!step.opens &&
        !may_read(tx_, *context_.adopted, context_.actor, *step.table->declared, facts)) {
        throw Problem{ProblemKind::NotFound, "entry.not_found"};
    }
    if (action.reached_by_acts) {
        throw Problem{
            ProblemKind::Forbidden,
            "action.only_caused",
            {{"action", action.name}},
            {{"action", action.title}}
        };
    }
    if (request.paper && action.signatures.empty()) {
        throw Problem{
            ProblemKind::Rejected,
            "signature.none_in_action",
            {{"action", action.name}},
            {{"action", action.title}}
        };
    }
    // Whoever reads the entry may hand in a sheet; the pen's right is asked in sign().
    step.standing = request.paper ? access::may(actor, step.table->declared->readers(), facts)
                                  : access::may(actor, action.roles(), facts);
    if (!step.standing) {
        throw Problem{
            ProblemKind::Forbidden,
            "action.not_yours",
            {{"action", action.name}},
            {{"action", action.title}}
        };
    }
}

void refuse_typing(const Request& request, const Table& table, const Action& action) {
    if (!request.from_sheet && is_typed_elsewhere(*table.declared, action)) {
        throw Problem{
            ProblemKind::Rejected,
            "register.kept_elsewhere",
            {{"register", table.declared->name}, {"system", table.declared->home.system}},
            {{"register", table.declared->title}}
        };
    }
}

Applied Act::request(const Request& request) {
    const Table& table = context_.adopted->table(request.register_name);
    const Action& action = declared_action(table, request.action);
    Step step = step_of(request, table, action);
    authorise(request, step);
    refuse_typing(request, table, action);
    if (!step.opens) {
        refuse_other_revision(request, step.row);
        refuse_wrong_state(action, step.row);
    }
    step.fields = checked_fields(*table.declared, &action, request.fields);
    const auto earlier =
        action.returns ? earlier_states(tx_, context_.org, step.row) : std::vector<std::string>{};
    step.inputs = checked_inputs(*table.declared, action, request.inputs, earlier);
    claim_input_files(tx_, context_, step);
    if (action.signatures.empty()) {
        refuse_unless_apart(tx_, context_.org, step, context_.actor.person);
    }
    return carry_out(step);
}

Applied Act::carry_out(Step& step) {
    const std::string state_before = step.row.state();
    if (!step.action->signatures.empty() && !step.caused_by) {
        const Round round = sign(tx_, context_, step, drawn_);
        if (round.open > 0) {
            return note_signature(step, round);
        }
        step.signatures = round.counted;
    }
    take_effect(step);
    return finish(step, "action", state_before);
}

/// A part of a round: the entry stays as it is, but its revision says that somebody signed.
Applied Act::note_signature(Step& step, const Round& round) {
    step.signing_only = true;
    write_fields(tx_, context_, step);
    step.signatures = round.given;
    Applied applied = finish(step, "signature", step.row.state());
    applied.signatures_open = round.open;
    return applied;
}

std::string Act::state_after(const Step& step) const {
    const Action& action = *step.action;
    if (step.opens) {
        return action.to.value_or(step.table->declared->procedure.initial);
    }
    if (action.returns) {
        const std::string wish = core::find_string(step.inputs, "to").value_or("");
        if (!was_in_state(tx_, context_.org, step.row.id(), wish)) {
            throw Problem{
                ProblemKind::Rejected,
                "action.not_an_earlier_state",
                {{"state", wish}},
                {{"state", state_title(*step.table, wish)}}
            };
        }
        return wish;
    }
    return action.to.value_or(step.row.state());
}

/// The person's values, the declared ones, the state, the number and the clocks; then the guards
/// see the row as written.
void Act::take_effect(Step& step) {
    const declarations::Register& declared = *step.table->declared;
    const std::string state = state_after(step);
    const bool moves = state != step.row.state();
    if (moves && !step.opens) {
        end_rounds(tx_, context_.org, step.row.id(), step.signatures.empty() ? "void" : "counted");
    } else if (!step.signatures.empty()) {
        end_rounds(tx_, context_.org, step.row.id(), "counted");
    }
    step.row.set_state(state);
    step.unit_before = step.row.unit();
    if (const auto unit = unit_moved_to(step)) {
        refuse_unknown_unit(context_, *unit);
        step.row.set_unit(*unit);
    }
    if (declared.number && declared.number->at == step.action_name) {
        give_number(step);
    }
    write_fields(tx_, context_, step);
    apply_sets(tx_, context_, step);
    refuse_missing(tx_, context_, step);
    apply_clocks(tx_, context_, step);
    if (!moves && step.signatures.empty() && changes_content(declared, step.changes)) {
        end_rounds(tx_, context_.org, step.row.id(), "void");
    }
    refuse_by_checks(tx_, context_, step);
}

void Act::give_number(Step& step) {
    const declarations::Register& declared = *step.table->declared;
    if (!declared.number || !step.row.number().empty()) {
        return;
    }
    const access::Unit* unit = context_.actor.directory->find_unit(step.row.unit());
    step.row.set_number(next_number(
        tx_,
        context_.org,
        declared.name,
        *declared.number,
        context_.today,
        unit == nullptr ? std::string{} : unit->code
    ));
}

Applied Act::finish(Step& step, const std::string& kind, const std::string& state_before) {
    const std::int64_t position = write_record(tx_, context_, step, kind, state_before, drawn_);
    count_move(
        tx_,
        context_.org,
        step.table->declared->name,
        step.unit_before.is_nil() ? step.row.unit() : step.unit_before,
        state_before,
        step.row.unit(),
        step.row.state()
    );
    if (kind != "signature" && step.action != nullptr) {
        opens(step);
        acts(step);
    }
    return {
        .entry = step.row.id(),
        .revision = step.row.revision(),
        .state = step.row.state(),
        .number = step.row.number(),
        .position = position,
        .signatures_open = 0,
        .repeated = false
    };
}

Step caused_step(const Step& parent, const Table& table, const Action& action, EntryRow row) {
    return {
        .table = &table,
        .action = &action,
        .action_name = action.name,
        .opens = false,
        .row = std::move(row),
        .fields = {},
        .inputs = {},
        .words = {},
        .paper = {},
        .backfill = {},
        .standing = {},
        .caused_by =
            journal::Cause{parent.table->declared->name, parent.row.id(), parent.row.revision()},
        .signatures = {},
        .changes = {},
        .signing_only = false,
        .depth = parent.depth + 1
    };
}

void Act::opens(const Step& step) {
    for (const declarations::Opens& declared : step.action->opens) {
        core::check(
            step.depth < kCauseDepthMax, "the model check bounds how deep actions cause others"
        );
        const Table& table = context_.adopted->table(declared.register_name);
        const Action& action = declared_action(table, "open");
        for (Opening& opening : openings(tx_, context_.org, step, declared, table)) {
            refuse_unknown_unit(context_, opening.unit);
            const core::Id id = core::make_id(core::from_ms(context_.now_ms), drawn_);
            EntryRow row{table, context_.org, id, opening.unit};
            row.set_opened(context_.now_ms, context_.actor.person);
            Step child = caused_step(step, table, action, std::move(row));
            child.opens = true;
            child.fields = std::move(opening.fields);
            carry_out(child);
        }
    }
}

void Act::acts(const Step& step) {
    for (const declarations::Acts& declared : step.action->acts) {
        core::check(
            step.depth < kCauseDepthMax, "the model check bounds how deep actions cause others"
        );
        const Field* field = step.table->declared->find_field(declared.on);
        core::check(field != nullptr, "acts: on names a link field");
        const Table& table = context_.adopted->table(field->to);
        const Action& action = declared_action(table, declared.action);
        for (const core::Id& target : linked_entries(tx_, context_.org, step, *field)) {
            auto row = EntryRow::find(tx_, table, context_.org, target);
            if (!row) {
                throw Problem{ProblemKind::Corrupt, "entry.link_broken"};
            }
            refuse_wrong_state(action, *row);
            if (!action.reached_by_acts && !access::may(context_.actor, action.by, row->facts())) {
                throw Problem{
                    ProblemKind::Forbidden,
                    "action.not_yours",
                    {{"action", action.name}},
                    {{"action", action.title}}
                };
            }
            Step child = caused_step(step, table, action, *std::move(row));
            carry_out(child);
        }
    }
}

Applied Act::backfill(const Request& request) {
    const Table& table = context_.adopted->table(request.register_name);
    const bool opens = request.entry.is_nil();
    std::optional<EntryRow> row;
    if (opens) {
        row.emplace(
            table, context_.org, core::make_id(core::from_ms(context_.now_ms), drawn_), request.unit
        );
        row->set_opened(context_.now_ms, context_.actor.person);
    } else {
        row = EntryRow::find(tx_, table, context_.org, request.entry);
    }
    if (!row || !access::may(context_.actor, table.declared->readers(), row->facts())) {
        throw Problem{ProblemKind::NotFound, "entry.not_found"};
    }
    if (!opens) {
        refuse_other_revision(request, *row);
    }
    const std::string state_before = row->state();
    Step step{
        .table = &table,
        .action = nullptr,
        .action_name = request.action,
        .opens = opens,
        .row = *std::move(row),
        .fields = checked_fields(*table.declared, nullptr, request.fields),
        .inputs = request.backfill ? core::JsonObject{{"paper", request.backfill->paper}}
                                   : core::JsonObject{},
        .words = request.words,
        .paper = {},
        .backfill = request.backfill,
        .standing = access::may(context_.actor, table.declared->readers(), {{}, request.unit, {}}),
        .caused_by = {},
        .signatures = {},
        .changes = {},
        .signing_only = false,
        .depth = 0
    };
    if (request.action == "confirm_backfill") {
        confirm_backfill(tx_, context_, step);
    } else {
        record_backfill(tx_, context_, step);
        if (step.row.state() != table.declared->procedure.initial) {
            give_number(step);
        }
        write_fields(tx_, context_, step);
    }
    return finish(step, "backfill", state_before);
}

}  // namespace

Applied act(
    store::Transaction& tx, const Context& context, const Request& request, const std::string& seed
) {
    Act work{tx, context, seed};
    const bool backfills = request.action == "backfill" || request.action == "confirm_backfill";
    return backfills ? work.backfill(request) : work.request(request);
}

}  // namespace duban::registers
