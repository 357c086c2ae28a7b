#include "registers/internal/lawfulness.h"

#include <algorithm>

#include "registers/internal/numbers.h"
#include "registers/internal/recounting.h"
#include "registers/internal/signing.h"
#include "registers/restored.h"

namespace duban::registers {

namespace {

using declarations::Action;
using declarations::Field;
using declarations::Register;
using journal::Draft;

const Register* find_register(const declarations::Pack& pack, const std::string& name) {
    const auto found = std::ranges::find(pack.registers, name, &Register::name);
    return found == pack.registers.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

/// Fields that clocks write: the first date, and the last day when a pause moved it.
bool is_written_by_clock(
    const Register& declared, const std::string& name, const std::string& action
) {
    return std::ranges::any_of(declared.procedure.deadlines, [&](const auto& deadline) {
        return deadline.first_field == name ||
               (deadline.due_field == name && contains(deadline.resumes, action));
    });
}

bool is_deadline(const Register& declared, const std::string& name) {
    return std::ranges::any_of(declared.procedure.deadlines, [&](const auto& deadline) {
        return name == std::string{kDeadlinePrefix} + deadline.name;
    });
}

}  // namespace

void Lawfulness::fault(const char* code, core::Params more) {
    more["position"] = std::to_string(position_);
    report_.add(code, std::move(more));
}

void Lawfulness::judge(const Draft& draft, std::int64_t position) {
    position_ = position;
    judge_directory(draft);
    if (directory_.add(draft, position)) {
        return;
    }
    judge_law(draft);
    if (law_.add(draft, position)) {
        if (draft.register_name == "pack" && law_.find_text(draft.declaration) == nullptr) {
            fault(
                "declaration.altered",
                {{"pack", change_text(draft, "pack")}, {"digest", draft.declaration}}
            );
        }
        return;
    }
    if (draft.kind == "erasure") {
        return;
    }
    if (is_restored(draft)) {
        judge_restored(draft);
        return;
    }
    if (const LawVersion* version = law_.find_declaring(draft.register_name)) {
        judge_entry(draft, *version);
    } else if (!draft.declaration.empty() && law_.find_text(draft.declaration) != nullptr) {
        fault("step.declaration_not_in_force");
    }
}

void Lawfulness::pass_over(const Draft& draft) {
    entries_[draft.entry].broken = true;
}

void Lawfulness::judge_entry(const Draft& draft, const LawVersion& version) {
    EntryPast& past = entries_[draft.entry];
    if (past.broken) {
        return;
    }
    const Register* declared = find_register(*version.pack, draft.register_name);
    void_rounds(past, *declared);
    judge_continuity(draft, past, *declared);
    if (draft.declaration != version.digest) {
        fault("step.declaration_not_in_force");
    }
    if (!law_.knows_parameters(draft.parameters)) {
        fault("step.parameters_unknown");
    }
    const bool opens = past.position < 0;
    if (opens) {
        past.opened_by = draft.actor;
        past.unit = draft.unit;
    }
    const Case step{
        .draft = draft,
        .pack = *version.pack,
        .declared = *declared,
        .past = past,
        .opens = opens,
        .on = calendar::Date::parse(draft.on)
    };
    if (draft.kind == "backfill") {
        judge_backfill(step);
    } else if (draft.action == kRecount) {
        judge_recount(step);
    } else {
        judge_step(step);
    }
    note_number(step);
    take_in(step);
}

/// E10: a round whose action changed begins again; its signatures no longer count.
void Lawfulness::void_rounds(EntryPast& past, const Register& declared) {
    if (past.round.empty()) {
        return;
    }
    for (const LawVersion& version : law_.versions(declared.pack)) {
        if (version.position < past.position) {
            continue;
        }
        for (const declarations::Difference& difference : version.differences) {
            if (difference.register_name == declared.name) {
                std::erase_if(past.round, [&](const GivenSignature& given) {
                    return difference.path.starts_with("procedure.actions." + given.action + ".") ||
                           difference.path == "procedure.actions." + given.action;
                });
            }
        }
    }
}

void Lawfulness::judge_continuity(
    const Draft& draft, const EntryPast& past, const Register& declared
) {
    if (draft.revision != past.revision + 1) {
        fault("record.revision_gap");
        return;  // what lies between may have moved it
    }
    if (draft.state_before != past.state) {
        fault("record.state_skipped");
    }
    const Action* action = declared.procedure.find_action(draft.action);
    const bool moves = draft.kind == "action" && action != nullptr && !action->moves_to.empty();
    if (past.position >= 0 && draft.unit != past.unit && !moves) {
        fault("record.identity_altered", {{"field", "unit"}});
    }
    if (!past.number.empty() && draft.number != past.number) {
        fault("record.identity_altered", {{"field", "number"}});
    }
}

void Lawfulness::judge_step(const Case& step) {
    const Action* action = step.declared.procedure.find_action(step.draft.action);
    if (action == nullptr || (step.draft.kind != "action" && step.draft.kind != "signature")) {
        fault("step.unknown_action");
        return;
    }
    judge_transition(step, *action);
    judge_fields(step, action);
    if (step.draft.caused_by) {
        judge_cause(step, *action);
    } else if (action->reached_by_acts) {
        fault("step.without_right");
    } else if (action->signatures.empty()) {
        judge_actor(step, *action);
    } else {
        judge_signatures(step, *action);
    }
}

void Lawfulness::judge_transition(const Case& step, const Action& action) {
    const Draft& draft = step.draft;
    const bool opens = action.name == "open";
    if (opens != step.opens || (!opens && !contains(action.from, draft.state_before))) {
        fault("step.wrong_state");
    }
    bool right = true;
    if (draft.kind == "signature") {
        right = draft.state_after == draft.state_before && !action.signatures.empty();
    } else if (opens) {
        right = draft.state_after == action.to.value_or(step.declared.procedure.initial);
    } else if (action.returns) {
        const auto& states = step.past.states;
        right = std::ranges::find(states, words_.number(draft.state_after)) != states.end();
    } else {
        right = draft.state_after == action.to.value_or(draft.state_before);
    }
    if (!right) {
        fault("step.wrong_target");
    }
}

/// `action` nullptr: a backfill, which may set what the paper says.
void Lawfulness::judge_fields(const Case& step, const Action* action) {
    for (const journal::Change& change : step.draft.changes) {
        const Field* field = step.declared.find_field(change.field);
        bool allowed = field != nullptr && field->type != declarations::FieldType::Computed;
        if (is_deadline(step.declared, change.field)) {
            allowed = step.draft.kind == "action";
            judge_first_date(step, change);
        } else if (allowed && action != nullptr) {
            const bool sets =
                step.draft.kind == "action" &&
                std::ranges::any_of(action->sets, [&](const declarations::SetRule& rule) {
                    return rule.field == change.field;
                });
            const bool filled = step.opens && (field->initial || step.draft.caused_by);
            const bool by_clock =
                step.draft.kind == "action" &&
                is_written_by_clock(step.declared, change.field, step.draft.action);
            allowed = sets || filled || by_clock || contains(action->fields, change.field);
        }
        if (!allowed) {
            fault("step.field_not_allowed", {{"field", change.field}});
        }
    }
}

/// P22: the first date of a clock never becomes a later one.
void Lawfulness::judge_first_date(const Case& step, const journal::Change& change) {
    const std::string first = core::find_string(change.value, "first_on").value_or("");
    const std::uint32_t name = words_.number(change.field);
    const auto known =
        std::ranges::find(step.past.firsts, name, &std::pair<std::uint32_t, std::string>::first);
    if (known == step.past.firsts.end()) {
        step.past.firsts.emplace_back(name, first);
    } else if (known->second < first) {
        fault("step.first_date_moved", {{"field", change.field}});
    } else {
        known->second = first;
    }
}

/// The record that is said to have caused this one must be there, by the same person, of an action
/// whose declaration opens or acts so.
void Lawfulness::judge_cause(const Case& step, const Action& action) {
    const journal::Cause& cause = *step.draft.caused_by;
    const auto found = entries_.find(cause.entry);
    const LawVersion* version = law_.find_declaring(cause.register_name);
    bool caused = false;
    if (found != entries_.end() && found->second.broken) {
        return;
    }
    if (found != entries_.end() && version != nullptr) {
        const Register* declared = find_register(*version->pack, cause.register_name);
        for (const Action& other : declared->procedure.actions) {
            const bool opens = step.opens && std::ranges::any_of(other.opens, [&](const auto& one) {
                                   return one.register_name == step.declared.name;
                               });
            const bool acts = !step.opens && std::ranges::any_of(other.acts, [&](const auto& one) {
                const Field* on = declared->find_field(one.on);
                return one.action == action.name && on != nullptr && on->to == step.declared.name;
            });
            const std::uint32_t name = words_.number(other.name);
            const std::uint32_t actor = people_.number(step.draft.actor);
            caused = caused || ((opens || acts) &&
                                std::ranges::any_of(found->second.steps, [&](const Step& taken) {
                                    return taken.revision == cause.revision &&
                                           taken.action == name && taken.actor == actor;
                                }));
        }
    }
    if (!caused) {
        fault("step.cause_missing");
    }
    if (!step.opens && !action.reached_by_acts &&
        !may(step, action.by, step.draft.actor, nullptr)) {
        fault("step.without_right");
    }
}

void Lawfulness::judge_backfill(const Case& step) {
    const Draft& draft = step.draft;
    const auto id = core::Id::parse(draft.decision);
    const auto decision = id ? law_.decisions().find(*id) : law_.decisions().end();
    bool lawful = decision != law_.decisions().end() &&
                  decision->second.covers(draft.register_name) &&
                  may(step, step.declared.readers(), draft.actor, nullptr);
    if (draft.action == "confirm_backfill") {
        lawful = lawful && draft.actor == decision->second.checker &&
                 draft.state_after == draft.state_before && draft.changes.empty() &&
                 std::ranges::find(step.past.unconfirmed, *id) != step.past.unconfirmed.end();
    } else {
        const declarations::State* state = step.declared.procedure.find_state(draft.state_after);
        const calendar::Date claimed{std::chrono::floor<std::chrono::days>(
            core::from_ms(draft.claimed_at_ms.value_or(INT64_MIN / 2))
        )};
        lawful = lawful && draft.action == "backfill" && state != nullptr && state->backfillable &&
                 draft.actor == decision->second.recorder && claimed >= decision->second.from &&
                 claimed <= decision->second.to;
        judge_fields(step, nullptr);
    }
    if (!lawful) {
        fault("step.backfill_unlawful");
    }
}

/// A number comes with the action that gives it, or with a backfill; the last of each period is
/// what the sequence goes on from.
void Lawfulness::note_number(const Case& step) {
    const Draft& draft = step.draft;
    if (draft.number.empty() || !step.past.number.empty() || !step.on) {
        return;
    }
    const auto& rule = step.declared.number;
    if (!rule || (draft.action != rule->at && draft.kind != "backfill")) {
        fault("record.identity_altered", {{"field", "number"}});
        return;
    }
    const access::Unit* unit = directory_.directory()->find_unit(draft.unit);
    const NumberParts parts =
        number_parts(*rule, *step.on, unit == nullptr ? std::string{} : unit->code);
    const std::size_t around = parts.before.size() + parts.after.size();
    const std::string& number = draft.number;
    std::int64_t sequence = 0;
    bool fits = number.size() > around && number.size() - around <= 18 &&
                number.starts_with(parts.before) && number.ends_with(parts.after);
    for (std::size_t i = parts.before.size(); fits && i < number.size() - parts.after.size(); ++i) {
        fits = number[i] >= '0' && number[i] <= '9';
        sequence = sequence * 10 + (number[i] - '0');
    }
    if (!fits) {
        fault("record.identity_altered", {{"field", "number"}});
        return;
    }
    std::int64_t& last = numbers_[{draft.register_name, parts.period()}];
    last = std::max(last, sequence);
}

void Lawfulness::take_in(const Case& step) {
    const Draft& draft = step.draft;
    EntryPast& past = step.past;
    const bool moves = !step.opens && draft.state_after != past.state;
    past.revision = draft.revision;
    past.position = position_;
    past.unit = draft.unit;
    past.number = draft.number;
    past.state = draft.state_after;
    const std::uint32_t state = words_.number(draft.state_after);
    if (std::ranges::find(past.states, state) == past.states.end()) {
        past.states.push_back(state);
    }
    past.steps.push_back(
        {.revision = draft.revision,
         .action = words_.number(draft.action),
         .actor = people_.number(draft.actor)}
    );
    if (draft.kind == "backfill") {
        past.unconfirmed.clear();
        if (const auto id = core::Id::parse(draft.decision); id && draft.action == "backfill") {
            past.unconfirmed.push_back(*id);
        }
        return;
    }
    for (const journal::Signature& signature : draft.signatures) {
        const auto known = std::ranges::find_if(past.round, [&](const GivenSignature& given) {
            return given.action == draft.action && given.signature.person == signature.person;
        });
        if (known == past.round.end()) {
            past.round.push_back({.action = draft.action, .signature = signature});
        } else {
            known->signature = signature;
        }
    }
    const bool ends =
        moves || !draft.signatures.empty() || changes_content(step.declared, draft.changes);
    if (draft.kind != "action" || !ends) {
        return;
    }
    if (!draft.signatures.empty()) {
        for (const GivenSignature& given : past.round) {
            past.took.emplace_back(
                words_.number(given.action), people_.number(given.signature.person)
            );
        }
    }
    past.round.clear();
}

}  // namespace duban::registers
