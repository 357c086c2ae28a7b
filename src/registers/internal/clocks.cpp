#include "registers/internal/clocks.h"

#include <algorithm>
#include <optional>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using calendar::Date;
using declarations::Deadline;

constexpr store::Query kLoadClocks{
    "registers.load_deadlines",
    "select name, first_on, due_on, provisional, started_on, paused_on, stopped_on, since_on,"
    " ran_days, paused_days, times from d_deadline where org = $1 and entry = $2 order by name"
};
constexpr store::Query kInsertClock{
    "registers.insert_deadline",
    "insert into d_deadline (org, entry, name, register, first_on, due_on, provisional, started_on,"
    " paused_on, stopped_on, holder, since_on, ran_days, paused_days, times)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
};
constexpr store::Query kUpdateClock{
    "registers.update_deadline",
    "update d_deadline set register = $4, first_on = $5, due_on = $6, provisional = $7,"
    " started_on = $8, paused_on = $9, stopped_on = $10, holder = $11, since_on = $12,"
    " ran_days = $13, paused_days = $14, times = $15 where org = $1 and entry = $2 and name = $3"
};

struct Clock {
    const Deadline* declared = nullptr;
    bool stored = false;
    bool changed = false;
    Date first_on;
    Date due_on;
    bool provisional = false;
    Date started_on;
    std::optional<Date> paused_on;
    std::optional<Date> stopped_on;
    std::optional<Date> since_on;  ///< from when it runs without a break; unset while it stands
    std::int64_t ran_days = 0;     ///< of all its starts, up to the last change
    std::int64_t paused_days = 0;
    std::int64_t times = 0;  ///< how often it started

    [[nodiscard]] bool runs() const { return stored && !paused_on && !stopped_on; }
};

std::optional<Date> find_date(const store::Row& row, std::size_t column) {
    const auto text = row.find_text(column);
    return text ? std::optional{codec::stored_date(*text)} : std::nullopt;
}

store::Value value_of(const std::optional<Date>& date) {
    return date ? store::Value{date->text()} : store::Value{};
}

bool names(const std::vector<std::string>& actions, std::string_view action) {
    return std::find(actions.begin(), actions.end(), action) != actions.end();
}

std::vector<Clock> clocks_of(
    store::Reader& reader,
    core::OrgId org,
    const declarations::Register& declared,
    const core::Id& entry
) {
    std::vector<Clock> clocks;
    for (const Deadline& deadline : declared.procedure.deadlines) {
        Clock clock;
        clock.declared = &deadline;
        clocks.push_back(clock);
    }
    for (const store::Row& row :
         reader.query(kLoadClocks, {store::value(org), store::value(entry)})) {
        const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const Clock& clock) {
            return clock.declared->name == row.text(0);
        });
        if (found == clocks.end()) {
            continue;  // a deadline that a later version of the pack no longer declares
        }
        found->stored = true;
        found->first_on = codec::stored_date(row.text(1));
        found->due_on = codec::stored_date(row.text(2));
        found->provisional = row.truth(3);
        found->started_on = codec::stored_date(row.text(4));
        found->paused_on = find_date(row, 5);
        found->stopped_on = find_date(row, 6);
        found->since_on = find_date(row, 7);
        found->ran_days = row.integer(8);
        found->paused_days = row.integer(9);
        found->times = row.integer(10);
    }
    return clocks;
}

int days_of(const std::string& parameter, const OrgProfile& profile, std::string_view pack) {
    const auto found = profile.parameters.find(std::string{pack} + "." + parameter);
    core::check(found != profile.parameters.end(), "a declared parameter has a value");
    return static_cast<int>(found->second.as_int64());
}

/// The term in force: the declared amount, or the parameter that overrides it.
calendar::Term term_of(const Deadline& deadline, const OrgProfile& profile, std::string_view pack) {
    calendar::Term term = *deadline.term;
    if (!deadline.amount_parameter.empty()) {
        term.amount = days_of(deadline.amount_parameter, profile, pack);
    }
    return term;
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

void save(store::Transaction& tx, core::OrgId org, const EntryRow& row, const Clock& clock) {
    tx.execute(
        clock.stored ? kUpdateClock : kInsertClock,
        {store::value(org),
         store::value(row.id()),
         clock.declared->name,
         row.table().declared->name,
         clock.first_on.text(),
         clock.due_on.text(),
         clock.provisional,
         clock.started_on.text(),
         value_of(clock.paused_on),
         value_of(clock.stopped_on),
         clock.declared->holder.text(),
         value_of(clock.since_on),
         clock.ran_days,
         clock.paused_days,
         clock.times}
    );
}

core::Json text_or_null(const std::optional<Date>& date) {
    return date ? core::Json(date->text()) : core::Json(nullptr);
}

journal::Change change_of(const Clock& clock) {
    core::JsonObject value;
    value["first_on"] = clock.first_on.text();
    value["due_on"] = clock.due_on.text();
    value["provisional"] = clock.provisional;
    value["started_on"] = clock.started_on.text();
    value["paused_on"] = text_or_null(clock.paused_on);
    value["stopped_on"] = text_or_null(clock.stopped_on);
    value["holder"] = clock.declared->holder.text();
    value["since_on"] = text_or_null(clock.since_on);
    value["ran_days"] = clock.ran_days;
    value["paused_days"] = clock.paused_days;
    value["times"] = clock.times;
    return {
        .field = "deadline." + clock.declared->name, .value = value, .is_list = false, .rows = {}
    };
}

bool is_final(const EntryRow& row) {
    const auto* state = row.table().declared->procedure.find_state(row.state());
    return state != nullptr && state->final;
}

}  // namespace

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
    std::optional<Date> nearest;
    for (Clock& clock : clocks_of(tx, org, declared, row.id())) {
        move_one(clock, row, profile, action, on);
        keep_first(clock, row, changes);
        move_field(clock, row, action, changes);
        if (is_final(row) && clock.stored && !clock.stopped_on) {
            count_days(clock, on);
            clock.stopped_on = on;  // a final state stops every clock
            clock.changed = true;
        }
        if (clock.changed) {
            save(tx, org, row, clock);
            clock.stored = true;
            changes.push_back(change_of(clock));
        }
        if (clock.runs() && (!nearest || clock.due_on < *nearest)) {
            nearest = clock.due_on;
        }
    }
    row.set_due(nearest ? nearest->text() : std::string{});
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
    for (const Clock& clock : clocks_of(reader, org, declared, entry)) {
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
