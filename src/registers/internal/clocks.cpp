#include "registers/internal/clocks.h"

#include <algorithm>
#include <optional>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/clock_rows.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using calendar::Date;
using declarations::Deadline;

bool names(const std::vector<std::string>& actions, std::string_view action) {
    return std::find(actions.begin(), actions.end(), action) != actions.end();
}

int days_of(const std::string& parameter, const OrgProfile& profile, std::string_view pack) {
    const auto found = profile.parameters.find(std::string{pack} + "." + parameter);
    core::check(found != profile.parameters.end(), "a declared parameter has a value");
    return static_cast<int>(found->second.as_int64());
}

calendar::Term term_of(const Deadline& deadline, const OrgProfile& profile, std::string_view pack) {
    const auto term = find_term(deadline, profile, pack);
    core::check(term.has_value(), "a declared parameter has a value");
    return *term;
}

std::optional<calendar::Due> due_now(
    const Deadline& deadline, const EntryRow& row, const OrgProfile& profile, Date on
) {
    if (deadline.due_field.empty()) {
        const std::string& pack = row.table().declared->pack;
        return calendar::due_of(
            on, term_of(deadline, profile, pack), profile.counting, profile.calendar
        );
    }
    const declarations::Field* field = row.table().declared->find_field(deadline.due_field);
    core::check(field != nullptr, "a deadline's field is declared");
    const core::Json value = row.scalar(*field);
    if (value.is_null()) {
        return std::nullopt;
    }
    return calendar::Due{
        .on = codec::stored_date(std::string{value.get_string()}), .provisional = false
    };
}

/// The first date that the entry was handed by the one it comes from, or by its plan (P22).
std::optional<Date> find_first(const Deadline& deadline, const EntryRow& row) {
    const declarations::Field* field = row.table().declared->find_field(deadline.first_field);
    const core::Json value = field == nullptr ? core::Json(nullptr) : row.scalar(*field);
    return value.is_null() ? std::nullopt
                           : std::optional{codec::stored_date(std::string{value.get_string()})};
}

/// The earliest first date counts, whatever later step would move it; the field says the same.
void keep_first(Clock& clock, EntryRow& row, std::vector<journal::Change>& changes) {
    const std::string& name = clock.declared->first_field;
    if (name.empty() || !(clock.stored || clock.changed)) {
        return;
    }
    const auto told = find_first(*clock.declared, row);
    if (told && *told < clock.first_on) {
        clock.first_on = *told;
        clock.changed = true;
    }
    if (!told || *told != clock.first_on) {
        const core::Json value(clock.first_on.text());
        row.set_scalar(*row.table().declared->find_field(name), value);
        changes.push_back({.field = name, .value = value, .is_list = false, .rows = {}});
    }
}

/// What a pause moved, the field of the last day says too: no later step takes it back.
void move_field(
    const Clock& clock,
    EntryRow& row,
    std::string_view action,
    std::vector<journal::Change>& changes
) {
    const Deadline& declared = *clock.declared;
    const declarations::Field* field = row.table().declared->find_field(declared.due_field);
    if (field == nullptr || !clock.changed || !names(declared.resumes, action)) {
        return;
    }
    const core::Json value(clock.due_on.text());
    if (row.scalar(*field) != value) {
        row.set_scalar(*field, value);
        changes.push_back({.field = field->name, .value = value, .is_list = false, .rows = {}});
    }
}

/// Adds up whose time it was until `on` (P11); days are calendar days.
void count_days(Clock& clock, Date on) {
    const auto days = [&](Date from) {
        return std::max<std::int64_t>(0, (on.days - from.days).count());
    };
    if (!clock.stored || clock.stopped_on) {
        return;
    }
    if (clock.paused_on) {
        clock.paused_days += days(*clock.paused_on);
    } else {
        clock.ran_days += days(clock.since_on.value_or(clock.started_on));
    }
    clock.since_on.reset();
}

void start(Clock& clock, const calendar::Due& due, std::optional<Date> first_on, Date on) {
    if (!clock.stored) {
        clock.first_on = first_on.value_or(due.on);
    }
    count_days(clock, on);
    ++clock.times;
    clock.since_on = on;
    clock.due_on = due.on;
    clock.provisional = due.provisional;
    clock.started_on = on;
    clock.paused_on.reset();
    clock.stopped_on.reset();
    clock.changed = true;
}

void resume(Clock& clock, const OrgProfile& profile, Date on) {
    const calendar::TermUnit unit =
        clock.declared->term ? clock.declared->term->unit : calendar::TermUnit::Days;
    const calendar::Due moved = calendar::resumed(
        {.on = clock.due_on, .provisional = clock.provisional},
        *clock.paused_on,
        on,
        unit,
        profile.counting,
        profile.calendar
    );
    count_days(clock, on);
    clock.since_on = on;
    clock.due_on = moved.on;
    clock.provisional = moved.provisional;
    clock.paused_on.reset();
    clock.changed = true;
}

void move_one(
    Clock& clock, const EntryRow& row, const OrgProfile& profile, std::string_view action, Date on
) {
    const Deadline& declared = *clock.declared;
    if (names(declared.starts, action)) {
        if (const auto due = due_now(declared, row, profile, on)) {
            start(clock, *due, find_first(declared, row), on);
            if (declared.due_field.empty()) {
                clock.counted = Counted{
                    .term = term_of(declared, profile, row.table().declared->pack),
                    .rule = profile.counting
                };
            }
        }
        return;
    }
    if (!clock.stored || clock.stopped_on) {
        return;
    }
    if (names(declared.stops, action)) {
        count_days(clock, on);
        clock.stopped_on = on;
        clock.changed = true;
    } else if (names(declared.pauses, action) && !clock.paused_on) {
        count_days(clock, on);
        clock.paused_on = on;
        clock.changed = true;
    } else if (names(declared.resumes, action) && clock.paused_on) {
        resume(clock, profile, on);
    } else if (!declared.due_field.empty()) {
        const auto due = due_now(declared, row, profile, on);
        if (due && due->on != clock.due_on) {
            clock.due_on = due->on;  // the first date stays (P22)
            clock.changed = true;
        }
    }
}

bool is_final(const EntryRow& row) {
    const auto* state = row.table().declared->procedure.find_state(row.state());
    return state != nullptr && state->final;
}

}  // namespace

std::optional<calendar::Term> find_term(
    const Deadline& deadline, const OrgProfile& profile, std::string_view pack
) {
    std::optional<calendar::Term> term = deadline.term;
    if (term && !deadline.amount_parameter.empty()) {
        const auto found =
            profile.parameters.find(std::string{pack} + "." + deadline.amount_parameter);
        if (found == profile.parameters.end() || !found->second.is_int64()) {
            return std::nullopt;
        }
        term->amount = static_cast<int>(found->second.get_int64());
    }
    return term;
}

std::vector<journal::Change> move_clocks(
    store::Transaction& tx,
    core::OrgId org,
    const OrgProfile& profile,
    EntryRow& row,
    std::string_view action,
    Date on
) {
    const declarations::Register& declared = *row.table().declared;
    std::vector<journal::Change> changes;
    if (declared.procedure.deadlines.empty()) {
        return changes;
    }
    std::vector<Clock> clocks = load_clock_rows(tx, org, declared, row.id());
    for (Clock& clock : clocks) {
        move_one(clock, row, profile, action, on);
        keep_first(clock, row, changes);
        move_field(clock, row, action, changes);
        if (is_final(row) && clock.stored && !clock.stopped_on) {
            count_days(clock, on);
            clock.stopped_on = on;  // a final state stops every clock
            clock.changed = true;
        }
        if (clock.changed) {
            save_clock(tx, org, row, clock);
            clock.stored = true;
            changes.push_back(change_of(clock));
        }
    }
    row.set_due(nearest_due(clocks));
    return changes;
}

declarations::Lights lights_of(
    const declarations::Lights& lights, const OrgProfile& profile, std::string_view pack
) {
    declarations::Lights here = lights;
    if (!lights.blue_parameter.empty()) {
        here.blue_days = days_of(lights.blue_parameter, profile, pack);
    }
    if (!lights.yellow_parameter.empty()) {
        here.yellow_days = days_of(lights.yellow_parameter, profile, pack);
    }
    return here;
}

std::string light_of(const declarations::Lights& lights, Date due, Date today) {
    const auto left = (due.days - today.days).count();
    if (left < 0) {
        return "red";
    }
    if (left <= lights.yellow_days) {
        return "yellow";
    }
    return left <= lights.blue_days ? "blue" : "green";
}

std::vector<RunningDeadline> load_clocks(
    store::Reader& reader,
    core::OrgId org,
    const OrgProfile& profile,
    const declarations::Register& declared,
    const core::Id& entry,
    Date today
) {
    std::vector<RunningDeadline> out;
    for (const Clock& clock : load_clock_rows(reader, org, declared, entry)) {
        if (!clock.stored) {
            continue;
        }
        std::string light = light_of(
            lights_of(clock.declared->lights, profile, declared.pack), clock.due_on, today
        );
        if (clock.stopped_on) {
            light = "stopped";
        } else if (clock.paused_on) {
            light = "paused";
        }
        out.push_back(
            {.name = clock.declared->name,
             .first_on = clock.first_on.text(),
             .due_on = clock.due_on.text(),
             .provisional = clock.provisional,
             .started_on = clock.started_on.text(),
             .paused_on = clock.paused_on ? clock.paused_on->text() : "",
             .stopped_on = clock.stopped_on ? clock.stopped_on->text() : "",
             .holder = clock.declared->holder.text(),
             .light = std::move(light)}
        );
    }
    return out;
}

}  // namespace duban::registers
