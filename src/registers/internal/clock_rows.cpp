#include "registers/internal/clock_rows.h"

#include <algorithm>
#include <array>

#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using calendar::CountFrom;
using calendar::Date;
using calendar::EndOnRestDay;
using calendar::TermUnit;
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

std::optional<Date> find_date(const store::Row& row, std::size_t column) {
    const auto text = row.find_text(column);
    return text ? std::optional{codec::stored_date(*text)} : std::nullopt;
}

store::Value value_of(const std::optional<Date>& date) {
    return date ? store::Value{date->text()} : store::Value{};
}

core::Json text_or_null(const std::optional<Date>& date) {
    return date ? core::Json(date->text()) : core::Json(nullptr);
}

constexpr std::array<std::pair<TermUnit, std::string_view>, 3> kUnits = {
    {{TermUnit::Days, "days"}, {TermUnit::Workdays, "workdays"}, {TermUnit::Months, "months"}}
};

core::JsonObject counted_json(const Counted& counted) {
    const auto unit =
        std::ranges::find(kUnits, counted.term.unit, &std::pair<TermUnit, std::string_view>::first);
    return {
        {"amount", static_cast<std::int64_t>(counted.term.amount)},
        {"unit", std::string{unit->second}},
        {"count_from", std::string{calendar::text_of(counted.rule.count_from)}},
        {"end_on_rest_day", std::string{calendar::text_of(counted.rule.end_on_rest_day)}}
    };
}

std::optional<Counted> find_counted(const core::Json& recorded) {
    const core::Json* kept = core::find_member(recorded, "counted");
    if (kept == nullptr) {
        return std::nullopt;
    }
    const std::string unit_text = core::find_string(*kept, "unit").value_or("");
    const auto unit = std::ranges::find(
        kUnits, std::string_view{unit_text}, &std::pair<TermUnit, std::string_view>::second
    );
    const auto from =
        calendar::find_count_from(core::find_string(*kept, "count_from").value_or(""));
    const auto end =
        calendar::find_end_on_rest_day(core::find_string(*kept, "end_on_rest_day").value_or(""));
    const auto amount = core::find_integer(*kept, "amount");
    if (unit == kUnits.end() || !from || !end || !amount) {
        return std::nullopt;
    }
    return Counted{
        .term = {.amount = static_cast<int>(*amount), .unit = unit->first},
        .rule = {.count_from = *from, .end_on_rest_day = *end}
    };
}

std::optional<Date> date_in(const core::Json& recorded, std::string_view name) {
    return Date::parse(core::find_string(recorded, name).value_or(""));
}

bool truth_in(const core::Json& recorded, std::string_view name) {
    const core::Json* kept = core::find_member(recorded, name);
    return kept != nullptr && kept->is_bool() && kept->get_bool();
}

}  // namespace

std::vector<Clock> load_clock_rows(
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

void save_clock(store::Transaction& tx, core::OrgId org, const EntryRow& row, const Clock& clock) {
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
    if (clock.counted) {
        value["counted"] = counted_json(*clock.counted);
    }
    if (clock.first_provisional) {
        value["first_provisional"] = *clock.first_provisional;
    }
    return {
        .field = std::string{kDeadlinePrefix} + clock.declared->name,
        .value = value,
        .is_list = false,
        .rows = {}
    };
}

Clock clock_of(const core::Json& recorded) {
    Clock clock;
    clock.stored = true;
    clock.first_on = date_in(recorded, "first_on").value_or(Date{});
    clock.due_on = date_in(recorded, "due_on").value_or(Date{});
    clock.provisional = truth_in(recorded, "provisional");
    clock.started_on = date_in(recorded, "started_on").value_or(Date{});
    clock.paused_on = date_in(recorded, "paused_on");
    clock.stopped_on = date_in(recorded, "stopped_on");
    clock.since_on = date_in(recorded, "since_on");
    clock.ran_days = core::find_integer(recorded, "ran_days").value_or(0);
    clock.paused_days = core::find_integer(recorded, "paused_days").value_or(0);
    clock.times = core::find_integer(recorded, "times").value_or(0);
    clock.counted = find_counted(recorded);
    if (core::find_member(recorded, "first_provisional") != nullptr) {
        clock.first_provisional = truth_in(recorded, "first_provisional");
    }
    return clock;
}

std::string nearest_due(const std::vector<Clock>& clocks) {
    std::optional<Date> nearest;
    for (const Clock& clock : clocks) {
        if (clock.runs() && (!nearest || clock.due_on < *nearest)) {
            nearest = clock.due_on;
        }
    }
    return nearest ? nearest->text() : std::string{};
}

}  // namespace duban::registers
