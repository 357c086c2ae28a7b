#include "registers/internal/backfilling.h"

#include <algorithm>

#include "core/problem.h"
#include "registers/decisions.h"
#include "registers/internal/clocks.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr store::Query kInsertBackfill{
    "registers.insert_backfill",
    "insert into d_backfill (org, entry, revision, register, decision, recorder, checker,"
    " claimed_on, paper) values ($1, $2, $3, $4, $5, $6, null, $7, $8)"
};
constexpr store::Query kFindOpen{
    "registers.find_open_backfill",
    "select revision, decision, claimed_on, paper from d_backfill"
    " where org = $1 and entry = $2 and checker is null order by revision"
};
constexpr store::Query kConfirm{
    "registers.confirm_backfill",
    "update d_backfill set checker = $4 where org = $1 and entry = $2 and revision = $3"
};

Decision covering_decision(store::Transaction& tx, const Context& context, const Step& step) {
    const auto decision = find_decision(tx, context.org, step.backfill->decision);
    const std::string& name = step.table->declared->name;
    if (!decision || !decision->covers(name)) {
        throw Problem{
            ProblemKind::Rejected,
            "backfill.no_decision",
            {{"register", name}},
            {{"register", step.table->declared->title}}
        };
    }
    if (decision->recorder != context.actor.person) {
        throw Problem{ProblemKind::Forbidden, "backfill.not_recorder"};
    }
    const auto claimed = calendar::Date::parse(step.backfill->claimed_on);
    if (!claimed || *claimed < decision->from || *claimed > decision->to) {
        throw Problem{
            ProblemKind::Rejected,
            "backfill.outside_period",
            {{"from", decision->from.text()}, {"to", decision->to.text()}}
        };
    }
    return *decision;
}

/// What is on paper may bring the first date of an entry that has none; it moves none (P22).
void refuse_other_first_date(store::Transaction& tx, const Context& context, const Step& step) {
    const declarations::Register& declared = *step.table->declared;
    for (const RunningDeadline& clock :
         load_clocks(tx, context.org, *context.profile, declared, step.row.id(), context.today)) {
        const auto found = std::find_if(
            declared.procedure.deadlines.begin(),
            declared.procedure.deadlines.end(),
            [&](const declarations::Deadline& one) { return one.name == clock.name; }
        );
        const auto given = step.fields.find(found->first_field);
        if (given != step.fields.end() && given->second != core::Json(clock.first_on)) {
            throw Problem{
                ProblemKind::Rejected, "deadline.first_date_kept", {{"first_on", clock.first_on}}
            };
        }
    }
}

}  // namespace

void record_backfill(store::Transaction& tx, const Context& context, Step& step) {
    if (!step.backfill) {
        throw Problem{
            ProblemKind::Invalid,
            "backfill.no_decision",
            {{"register", step.table->declared->name}},
            {{"register", step.table->declared->title}}
        };
    }
    const Decision decision = covering_decision(tx, context, step);
    const declarations::State* state =
        step.table->declared->procedure.find_state(step.backfill->state);
    if (state == nullptr || !state->backfillable) {
        throw Problem{
            ProblemKind::Rejected,
            "backfill.state_not_allowed",
            {{"state", step.backfill->state}},
            {{"state", state == nullptr ? core::Texts{} : state->title}}
        };
    }
    refuse_other_first_date(tx, context, step);
    step.row.set_state(step.backfill->state);
    tx.execute(
        kInsertBackfill,
        {store::value(context.org),
         store::value(step.row.id()),
         step.row.revision() + 1,
         step.table->declared->name,
         store::value(decision.id),
         store::value(context.actor.person),
         step.backfill->claimed_on,
         step.backfill->paper}
    );
}

void confirm_backfill(store::Transaction& tx, const Context& context, Step& step) {
    const store::Rows rows =
        tx.query(kFindOpen, {store::value(context.org), store::value(step.row.id())});
    if (rows.empty()) {
        throw Problem{ProblemKind::Conflict, "backfill.nothing_to_confirm"};
    }
    const auto decision = find_decision(tx, context.org, rows.back().id(1));
    if (!decision || decision->checker != context.actor.person) {
        throw Problem{ProblemKind::Forbidden, "backfill.not_checker"};
    }
    for (const store::Row& row : rows) {
        tx.execute(
            kConfirm,
            {store::value(context.org),
             store::value(step.row.id()),
             row.integer(0),
             store::value(context.actor.person)}
        );
    }
    step.backfill = Backfill{
        .decision = decision->id,
        .state = step.row.state(),
        .claimed_on = rows.back().text(2),
        .paper = rows.back().find_text(3).value_or("")
    };
    step.row.set_revision(step.row.revision() + 1);
    step.row.set_changed(context.now_ms);
    step.row.update(tx);
}

}  // namespace duban::registers
