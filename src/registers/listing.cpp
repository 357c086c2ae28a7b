#include "registers/listing.h"

#include <algorithm>
#include <tuple>

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/reading_conditions.h"
#include "registers/internal/row.h"

namespace duban::registers {

namespace {

using declarations::View;

/// What he opened elsewhere or reads through others: the counters are kept by unit alone.
void add_beside_units(
    store::Reader& reader,
    const Adopted& adopted,
    const access::Actor& actor,
    const declarations::Register& declared,
    std::vector<Listing::Count>& out
) {
    Conditions conditions{actor.org};
    const std::string beside = beside_units(conditions, adopted, actor, declared);
    if (beside.empty()) {
        return;
    }
    conditions.add(beside);
    const access::Reach reach = access::reach(actor, declared.readers());
    const std::string sql = "select unit, state, count(*) from " + declared.name + " where " +
                            conditions.text() + " group by unit, state";
    for (const store::Row& row :
         reader.query({"registers.count_beside_units", sql}, conditions.values())) {
        const core::Id unit = row.id(0);
        if (!std::binary_search(reach.units.begin(), reach.units.end(), unit)) {
            out.push_back({unit, row.text(1), row.integer(2)});
        }
    }
}

const View* find_view(const declarations::Register& declared, const std::string& name) {
    const auto& views = declared.views;
    if (name.empty()) {
        return views.empty() ? nullptr : &views.front();
    }
    const auto found = std::find_if(views.begin(), views.end(), [&](const View& view) {
        return view.name == name;
    });
    if (found == views.end()) {
        throw core::Problem{core::ProblemKind::NotFound, "view.not_found", {{"view", name}}};
    }
    return &*found;
}

/// Entries that have a sort value, from `place` on.
store::Rows valued(
    store::Reader& reader,
    const Table& table,
    Conditions conditions,
    const Order& order,
    const std::optional<Place>& place,
    const std::string& at,
    std::size_t limit
) {
    const char* sign = order.descends ? "<" : ">";
    if (place) {
        const std::string value = conditions.bind(place->value);
        conditions.add(
            "(" + order.column + ", id) " + sign + " (" + value + ", " +
            conditions.bind(store::value(place->id)) + ")"
        );
    } else if (!at.empty()) {
        conditions.compare(
            order.column, order.descends ? "<=" : ">=", column_value(order.field, order.column, at)
        );
    }
    conditions.add(order.column + " is not null");
    const std::string direction = order.descends ? " desc" : "";
    return run_bounded(
        reader,
        table.select_list + " where " + conditions.text() + " order by " + order.column +
            direction + ", id" + direction + " limit " + std::to_string(limit),
        conditions,
        limit
    );
}

/// Entries without one: they come last, by id.
store::Rows unvalued(
    store::Reader& reader,
    const Table& table,
    Conditions conditions,
    const Order& order,
    const std::optional<Place>& place,
    std::size_t limit
) {
    if (place && place->in_nulls) {
        conditions.compare("id", order.descends ? "<" : ">", store::value(place->id));
    }
    conditions.add(order.column + " is null");
    return run_bounded(
        reader,
        table.select_list + " where " + conditions.text() + " order by id" +
            (order.descends ? " desc" : "") + " limit " + std::to_string(limit),
        conditions,
        limit
    );
}

std::int64_t counted(store::Reader& reader, const Table& table, const Conditions& conditions) {
    const std::string sql = "select count(*) from (select 1 as one from " + table.declared->name +
                            " where " + conditions.text() + " limit " + std::to_string(kTotalMax) +
                            ") as capped";
    return run_bounded(reader, sql, conditions, 1).front().integer(0);
}

}  // namespace

Page Listing::page(store::Reader& reader, const access::Actor& actor, const ListRequest& request)
    const {
    Page page;
    page.adopted = registers_.adopted();
    const Table& table = page.adopted->table(request.register_name);
    const declarations::Register& declared = *table.declared;
    page.view = find_view(declared, request.view);
    const Order order = order_of(declared, page.view, request.sort);
    Conditions conditions{actor.org};
    add_filters(conditions, declared, page.view, request, *actor.directory);
    if (!add_readable(conditions, *page.adopted, actor, declared)) {
        page.total = 0;
        return page;
    }
    std::optional<Place> place;
    if (!request.cursor.empty()) {
        place = read_cursor(request, order);
    } else if (request.at.empty()) {
        page.total = counted(reader, table, conditions);
    }
    const std::size_t limit = std::clamp<std::size_t>(request.limit, 1, kPageMax);
    store::Rows rows;
    if (!place || !place->in_nulls) {
        rows = valued(reader, table, conditions, order, place, request.at, limit + 1);
    }
    const std::size_t with_value = rows.size();
    if (rows.size() <= limit) {
        for (store::Row& row :
             unvalued(reader, table, conditions, order, place, limit + 1 - rows.size())) {
            rows.push_back(std::move(row));
        }
    }
    const bool more = rows.size() > limit;
    rows.resize(std::min(rows.size(), limit));
    if (more) {
        const store::Row& last = rows.back();
        page.next = write_cursor(
            {.in_nulls = rows.size() > with_value,
             .value = last.columns[table.place(order.column)],
             .id = last.id(1)},
            request
        );
    }
    for (store::Row& row : rows) {
        page.entries.push_back(EntryRow{table, std::move(row)}.summary());
    }
    return page;
}

std::vector<Listing::Count> Listing::counts(
    store::Reader& reader, const access::Actor& actor, std::string_view register_name
) const {
    const auto in_force = registers_.adopted();
    const declarations::Register& declared = *in_force->table(register_name).declared;
    const access::Reach reach = access::reach(actor, declared.readers());
    Conditions conditions{actor.org};
    conditions.equal("register", std::string{register_name});
    if (!reach.all) {
        std::vector<store::Value> units;
        for (const core::Id& unit : reach.units) {
            units.push_back(store::value(unit));
        }
        conditions.one_of("unit", units);
    }
    conditions.add("entries > 0");
    const std::string sql = "select unit, state, entries from d_counter where " + conditions.text();
    std::vector<Count> out;
    for (const store::Row& row :
         reader.query({"registers.list_counts", sql}, conditions.values())) {
        out.push_back({row.id(0), row.text(1), row.integer(2)});
    }
    if (!reach.all) {
        add_beside_units(reader, *in_force, actor, declared, out);
    }
    std::ranges::sort(out, {}, [](const Count& one) { return std::tie(one.unit, one.state); });
    return out;
}

std::int64_t Listing::due_between(
    store::Reader& reader,
    const access::Actor& actor,
    std::string_view register_name,
    const std::string& from,
    const std::string& to
) const {
    const auto in_force = registers_.adopted();
    const Table& table = in_force->table(register_name);
    Conditions conditions{actor.org};
    if (!add_readable(conditions, *in_force, actor, *table.declared)) {
        return 0;
    }
    // No clock runs in a final state; naming the others lets (org, unit, state, due) find the days.
    std::vector<store::Value> running;
    for (const declarations::State& state : table.declared->procedure.states) {
        if (!state.final) {
            running.emplace_back(state.name);
        }
    }
    conditions.one_of("state", running);
    if (!from.empty()) {
        conditions.compare("due_on", ">=", from);
    }
    if (!to.empty()) {
        conditions.compare("due_on", "<=", to);
    }
    conditions.add("due_on is not null");
    return counted(reader, table, conditions);
}

}  // namespace duban::registers
