#include "registers/figures.h"

#include <algorithm>
#include <set>

#include "core/problem.h"
#include "registers/internal/known_ids.h"
#include "registers/internal/row.h"
#include "registers/reading.h"

namespace duban::registers {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Control;
using declarations::ControlKind;

constexpr store::Query kBackfilled{
    "registers.list_backfilled",
    "select distinct entry from d_backfill where org = $1 and register = $2"
};

std::set<core::Id> backfilled_entries(
    store::Reader& reader, core::OrgId org, const std::string& register_name
) {
    std::set<core::Id> entries;
    for (const store::Row& row : reader.query(kBackfilled, {store::value(org), register_name})) {
        entries.insert(row.id(0));
    }
    return entries;
}

const Control* find_control(const Adopted& adopted, std::string_view name, bool figures) {
    for (const declarations::Pack& pack : adopted.model().packs()) {
        for (const Control& control : pack.controls) {
            if ((control.kind == ControlKind::Figure) == figures && control.name == name) {
                return &control;
            }
        }
    }
    return nullptr;
}

bool may_ask(const Adopted& adopted, const access::Actor& actor, const Control& control) {
    return reads_any(adopted, actor, *adopted.table(control.register_name).declared);
}

core::Json fact_json(const store::Value& value) {
    const store::Row row{{value}};
    if (row.is_null(0)) {
        return nullptr;
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return *number;
    }
    if (const auto* truth = std::get_if<bool>(&value)) {
        return *truth;
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return core::Json(*text);
    }
    return core::Json(row.id(0).text());
}

std::string fact_text(const core::Json& fact) {
    return fact.is_string() ? std::string{fact.get_string()} : core::json_text(fact);
}

void refuse_unknown_facts(const FigureRequest& request, const std::vector<std::string>& facts) {
    for (const auto& [name, value] : request.where) {
        if (std::ranges::find(facts, name) == facts.end()) {
            throw Problem{ProblemKind::Invalid, "query.filter_not_declared", {{"field", name}}};
        }
    }
}

bool is_wanted(const core::JsonObject& facts, const FigureRequest& request) {
    return std::ranges::all_of(request.where, [&](const auto& wish) {
        return fact_text(facts.at(wish.first)) == wish.second;
    });
}

/// Ids that the actor is not told of leave the facts, before anything more is asked of them.
void withhold(Figure::Row& row, const rules::Hit& hit, KnownIds& known) {
    for (const auto& [name, value] : hit.facts) {
        if (std::holds_alternative<core::Bytes>(value) && !known.tells(store::Row{{value}}.id(0))) {
            row.facts[name] = nullptr;
            row.restricted.push_back(name);
        }
    }
}

bool is_asked_for(Backfilled which, bool backfilled) {
    return which == Backfilled::With || (which == Backfilled::Only) == backfilled;
}

void add_to(Figure& figure, Figure::Row row) {
    const auto& counts = figure.declared->counts;
    const bool in_numerator = std::find(counts.begin(), counts.end(), row.reason) != counts.end();
    ++figure.groups[row.reason];
    ++figure.total;
    figure.counted += in_numerator ? 1 : 0;
    figure.backfilled += row.backfilled ? 1 : 0;
    for (const std::string& name : figure.declared->sums) {
        Figure::Sum& sum = figure.sums[name];
        if (const auto* fact = row.facts.if_contains(name); fact != nullptr && fact->is_int64()) {
            sum.sum += fact->get_int64();
            ++sum.rows;
        }
    }
    figure.rows.push_back(std::move(row));
}

}  // namespace

std::string percent(std::int64_t part, std::int64_t whole, int places) {
    if (whole <= 0) {
        return {};
    }
    std::int64_t scale = 1;
    for (int i = 0; i < places; ++i) {
        scale *= 10;
    }
    const std::int64_t scaled = (part * 100 * scale * 2 + whole) / (whole * 2);  // half up
    std::string text = std::to_string(scaled / scale);
    if (places > 0) {
        std::string rest = std::to_string(scaled % scale);
        rest.insert(0, static_cast<std::size_t>(places) - rest.size(), '0');
        text += "." + rest;
    }
    return text;
}

std::vector<const Control*> Figures::declared(
    const Adopted& adopted, const access::Actor& actor, bool figures
) const {
    std::vector<const Control*> all;
    for (const declarations::Pack& pack : adopted.model().packs()) {
        for (const Control& control : pack.controls) {
            if ((control.kind == ControlKind::Figure) == figures &&
                may_ask(adopted, actor, control)) {
                all.push_back(&control);
            }
        }
    }
    return all;
}

std::vector<const Control*> Figures::list(const Adopted& adopted, const access::Actor& actor)
    const {
    return declared(adopted, actor, true);
}

std::vector<const Control*> Figures::controls(const Adopted& adopted, const access::Actor& actor)
    const {
    return declared(adopted, actor, false);
}

Figure Figures::count(
    store::Reader& reader, const access::Actor& actor, const FigureRequest& request
) const {
    Figure figure;
    figure.adopted = registers_.adopted();
    figure.declared = find_control(*figure.adopted, request.name, true);
    if (figure.declared == nullptr || !may_ask(*figure.adopted, actor, *figure.declared)) {
        throw Problem{ProblemKind::NotFound, "figure.not_found", {{"figure", request.name}}};
    }
    return run(reader, actor, request, std::move(figure));
}

Figure Figures::check(
    store::Reader& reader, const access::Actor& actor, const FigureRequest& request
) const {
    Figure figure;
    figure.adopted = registers_.adopted();
    figure.declared = find_control(*figure.adopted, request.name, false);
    if (figure.declared == nullptr || !may_ask(*figure.adopted, actor, *figure.declared)) {
        throw Problem{ProblemKind::NotFound, "control.not_found", {{"control", request.name}}};
    }
    return run(reader, actor, request, std::move(figure));
}

Figure Figures::run(
    store::Reader& reader, const access::Actor& actor, const FigureRequest& request, Figure figure
) const {
    const Table& table = figure.adopted->table(figure.declared->register_name);
    const rules::Scope scope{
        .org = actor.org,
        .entry = {},
        .today = registers_.today(actor.org),
        .parameters = registers_.profile(actor.org)->parameters,
        .zone = registers_.profile(actor.org)->zone
    };
    refuse_unknown_facts(request, figure.adopted->rules().facts(*figure.declared));
    const std::vector<rules::Hit> hits =
        figure.adopted->rules().run(reader, *figure.declared, scope, kFigureRowsMax + 1);
    if (hits.size() > kFigureRowsMax) {
        throw Problem{ProblemKind::Rejected, "figure.too_large", {{"figure", request.name}}};
    }
    for (const std::string& name : figure.declared->sums) {
        figure.sums[name] = {};  // nothing to add up is a sum, too
    }
    const auto backfilled = backfilled_entries(reader, actor.org, figure.declared->register_name);
    KnownIds known{*figure.adopted, reader, actor};
    for (const rules::Hit& hit : hits) {
        Figure::Row counted{
            .entry = hit.entry,
            .number = {},
            .title = {},
            .reason = hit.reason,
            .facts = {},
            .backfilled = backfilled.contains(hit.entry)
        };
        for (const auto& [name, value] : hit.facts) {
            counted.facts[name] = fact_json(value);
        }
        if (!is_wanted(counted.facts, request) ||
            !is_asked_for(request.backfilled, counted.backfilled)) {
            continue;
        }
        const auto row = EntryRow::find(reader, table, actor.org, hit.entry);
        if (!row || !may_read(reader, *figure.adopted, actor, *table.declared, row->facts())) {
            continue;
        }
        withhold(counted, hit, known);
        if (!is_wanted(counted.facts, request)) {
            continue;
        }
        counted.number = row->number();
        counted.title = row->title();
        add_to(figure, std::move(counted));
    }
    figure.rate = percent(figure.counted, figure.total);
    return figure;
}

}  // namespace duban::registers
