// Days that were counted by rest days alone and that a calendar made official (E18): the record is
// lawful when it says what counting again says, and nothing else.

#include <algorithm>

#include "registers/internal/lawfulness.h"
#include "registers/internal/recounting.h"

namespace duban::registers {

namespace {

using declarations::Deadline;

const Deadline* find_deadline(const declarations::Register& declared, std::string_view field) {
    const auto found =
        std::ranges::find_if(declared.procedure.deadlines, [&](const Deadline& deadline) {
            return field == std::string{kDeadlinePrefix} + deadline.name;
        });
    return found == declared.procedure.deadlines.end() ? nullptr : &*found;
}

/// Whether the field carries the first date of a clock that the record moved, and says the same.
bool repeats_first_date(
    const declarations::Register& declared,
    const journal::Draft& draft,
    const journal::Change& field
) {
    return std::ranges::any_of(draft.changes, [&](const journal::Change& other) {
        const Deadline* deadline = find_deadline(declared, other.field);
        return deadline != nullptr && deadline->first_field == field.field &&
               field.value == core::Json(clock_of(other.value).first_on.text());
    });
}

}  // namespace

void Lawfulness::judge_recount(const Case& step) {
    const journal::Draft& draft = step.draft;
    const FoldedLaw::Profile* profile = law_.profile();
    const bool caused = profile != nullptr && draft.actor == profile->actor &&
                        draft.caused_by == journal::Cause{"profile", profile->record, 1};
    const bool plain = draft.kind == "action" && !step.opens &&
                       draft.state_after == draft.state_before && draft.signatures.empty() &&
                       draft.inputs.empty() && !draft.changes.empty();
    const bool counted =
        caused && plain && std::ranges::all_of(draft.changes, [&](const journal::Change& change) {
            return is_counted_so(step, change) || repeats_first_date(step.declared, draft, change);
        });
    if (!counted) {
        fault("step.recount_unlawful");
    }
}

/// Counts again from the records before this one, and takes its first date as the known one.
bool Lawfulness::is_counted_so(const Case& step, const journal::Change& change) {
    const Deadline* deadline = find_deadline(step.declared, change.field);
    if (deadline == nullptr) {
        return false;
    }
    OrgProfile profile = law_.profile()->profile;
    profile.parameters = law_.parameters();
    const ToldClocks told =
        told_clocks(reader_, org_, step.declared, step.draft.entry, *deadline, position_);
    const auto counted = counted_again(*deadline, step.declared.pack, told, profile);
    if (!counted || change_of(*counted).value != change.value) {
        return false;
    }
    const std::uint32_t name = words_.number(change.field);
    for (auto& [clock, first] : step.past.firsts) {
        first = clock == name ? counted->first_on.text() : first;
    }
    return true;
}

}  // namespace duban::registers
