#include <set>

#include "api/declaration_json.h"
#include "api/entry_json.h"
#include "api/routes.h"
#include "api/routing.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

Response list_figures(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    core::JsonArray out;
    for (const declarations::Control* figure : services.figures.list(*adopted, asker.actor)) {
        out.push_back(core::JsonObject{
            {"name", figure->name},
            {"title", texts_json(figure->title)},
            {"register", figure->register_name},
            {"counts", names_json(figure->counts)}
        });
    }
    return http::json_response(200, core::JsonObject{{"figures", std::move(out)}});
}

core::JsonArray rows_json(const registers::Figure& figure) {
    core::JsonArray rows;
    for (const registers::Figure::Row& row : figure.rows) {
        rows.push_back(core::JsonObject{
            {"id", row.entry.text()},
            {"number", text_json(row.number)},
            {"title", row.title},
            {"reason", row.reason},
            {"backfilled", row.backfilled},
            {"facts", row.facts},
            {"restricted", names_json(row.restricted)}
        });
    }
    return rows;
}

/// The pack's words for the reasons there are and those that count; a reason without words is its
/// own.
core::JsonObject words_json(const registers::Figure& figure) {
    std::set<std::string> reasons{figure.declared->counts.begin(), figure.declared->counts.end()};
    for (const auto& [reason, count] : figure.groups) {
        reasons.insert(reason);
    }
    core::JsonObject out;
    for (const std::string& reason : reasons) {
        const core::Texts* words = figure.declared->kind == declarations::ControlKind::Figure
                                       ? figure.adopted->model().find_message("counted." + reason)
                                       : figure.declared->find_reason(reason);
        if (words != nullptr) {
            out[reason] = texts_json(*words);
        }
    }
    return out;
}

core::JsonObject sums_json(const registers::Figure& figure) {
    core::JsonObject out;
    for (const auto& [name, sum] : figure.sums) {
        out[name] = core::JsonObject{{"sum", sum.sum}, {"rows", sum.rows}};
    }
    return out;
}

/// The pack's words for facts that are no fields of the register.
core::JsonObject fact_words_json(const registers::Figure& figure) {
    core::JsonObject out;
    if (figure.rows.empty()) {
        return out;
    }
    for (const auto& fact : figure.rows.front().facts) {
        const std::string name{fact.key()};
        if (const core::Texts* words = figure.adopted->model().find_message("fact." + name)) {
            out[name] = texts_json(*words);
        }
    }
    return out;
}

/// Any fact is a filter; `backfilled` is one of every figure.
registers::FigureRequest wish_of(const Request& request, const std::string& name) {
    registers::FigureRequest wish{.name = name, .where = {}};
    for (const auto& [fact, value] : request.query.parameters()) {
        if (fact != "backfilled") {
            wish.where[fact] = value;
            continue;
        }
        if (value != "true" && value != "false") {
            throw core::Problem{
                core::ProblemKind::Invalid, "query.value_malformed", {{"field", fact}}
            };
        }
        wish.backfilled =
            value == "true" ? registers::Backfilled::Only : registers::Backfilled::Without;
    }
    return wish;
}

Response show_figure(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const registers::FigureRequest wish = wish_of(request, path.at("figure"));
    core::JsonObject out;
    const registers::Figures::Turn turn = services.figures.take_turn();
    services.store.read([&](store::Reader& reader) {
        const registers::Figure figure = services.figures.count(reader, asker.actor, wish);
        core::JsonObject groups;
        for (const auto& [reason, count] : figure.groups) {
            groups[reason] = count;
        }
        out = {
            {"name", figure.declared->name},
            {"title", texts_json(figure.declared->title)},
            {"register", figure.declared->register_name},
            {"counts", names_json(figure.declared->counts)},
            {"groups", std::move(groups)},
            {"words", words_json(figure)},
            {"counted", figure.counted},
            {"total", figure.total},
            {"rate", text_json(figure.rate)},
            {"backfilled", figure.backfilled},
            {"sums", sums_json(figure)},
            {"fact_words", fact_words_json(figure)},
            {"on", asker.on},
            {"rows", rows_json(figure)}
        };
    });
    return http::json_response(200, std::move(out));
}

std::string_view text_of(declarations::ControlKind kind) {
    switch (kind) {
        case declarations::ControlKind::Fact: return "fact";
        case declarations::ControlKind::Hint: return "hint";
        case declarations::ControlKind::Invariant: return "invariant";
        case declarations::ControlKind::Figure: return "figure";
    }
    return "hint";
}

core::JsonObject control_json(const declarations::Control& control) {
    return {
        {"name", control.name},
        {"title", texts_json(control.title)},
        {"register", control.register_name},
        {"kind", std::string{text_of(control.kind)}},
        {"severity", control.severity}
    };
}

Response list_controls(const Services& services, const Request& request, const PathParams&) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    core::JsonArray out;
    for (const declarations::Control* control : services.figures.controls(*adopted, asker.actor)) {
        out.push_back(control_json(*control));
    }
    return http::json_response(200, core::JsonObject{{"controls", std::move(out)}});
}

/// What the control finds at this moment; a hit is a doubt, and a person decides (P09).
Response show_control(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    core::JsonObject out;
    const registers::Figures::Turn turn = services.figures.take_turn();
    services.store.read([&](store::Reader& reader) {
        const registers::Figure found =
            services.figures.check(reader, asker.actor, {.name = path.at("control"), .where = {}});
        out = control_json(*found.declared);
        out["total"] = found.total;
        out["on"] = asker.on;
        out["words"] = words_json(found);
        out["rows"] = rows_json(found);
    });
    return http::json_response(200, std::move(out));
}

}  // namespace

void add_figure_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    route(http::Method::Get, "/api/v1/figures", list_figures);
    route(http::Method::Get, "/api/v1/figures/{figure}", show_figure);
    route(http::Method::Get, "/api/v1/controls", list_controls);
    route(http::Method::Get, "/api/v1/controls/{control}", show_control);
}

}  // namespace duban::api
