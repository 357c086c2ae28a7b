#include "api/changes.h"
#include "api/entry_json.h"
#include "api/list_request.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "exchange/csv.h"
#include "exchange/sheet.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Register;
using http::PathParams;
using http::Request;
using http::Response;

constexpr std::uint64_t kSheetBytesMax = 8UL * 1024 * 1024;

exchange::SheetWords words_of(const Services& services, const std::string& language) {
    exchange::SheetWords words{.language = language, .yes = {}, .no = {}, .columns = {}};
    std::vector<std::string> tags = {language};
    for (const std::string& tag : services.sentences.languages()) {
        tags.push_back(tag);
    }
    for (const std::string& tag : tags) {
        const auto say = [&](const std::string& code) {
            return services.sentences.sentence(code, {}, tag);
        };
        words.yes.push_back(say("page_yes"));
        words.no.push_back(say("page_no"));
        for (const char* key : {"number", "unit", "state", "due_on", "claimed_on", "paper"}) {
            words.columns[key].push_back(say(std::string{"sheet_"} + key));
        }
    }
    return words;
}

exchange::SheetNames names_of(const Services& services, store::Reader& reader, const Asker& asker) {
    return {
        .directory = asker.actor.directory.get(),
        .currency = services.registers.profile(asker.actor.org)->currency,
        .find_number =
            [&](const std::string& name, const std::string& number) {
                return services.registers.find_number(reader, asker.actor, name, number);
            },
        .number_of =
            [&](const std::string& name, const core::Id& id) {
                const auto entry = services.registers.find_entry(reader, asker.actor, name, id);
                if (!entry) {
                    return std::string{};
                }
                return entry->number.empty() ? id.text() : entry->number;
            }
    };
}

/// A page of the list as lines; the head stands on the first page.
Response export_sheet(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const registers::ListRequest wish = list_request(request, path.at("register"));
    const exchange::SheetWords words = words_of(services, asker.language);
    std::string text;
    std::string next;
    services.store.read([&](store::Reader& reader) {
        const registers::Page page = services.listing.page(reader, asker.actor, wish);
        const Register& declared = *page.adopted->table(wish.register_name).declared;
        const exchange::SheetNames names = names_of(services, reader, asker);
        text.clear();
        if (wish.cursor.empty()) {
            text = exchange::kCsvMark;
            text += exchange::csv_line(exchange::sheet_head(declared, words));
        }
        for (const registers::Entry& row : page.entries) {
            const registers::Entry whole =
                services.registers.entry(reader, asker.actor, declared.name, row.id);
            text += exchange::csv_line(exchange::sheet_cells(declared, whole, words, names));
        }
        next = page.next;
    });
    Response response = http::text_response(200, std::move(text), "text/csv; charset=utf-8");
    response.headers.set("Cache-Control", "private, no-store");
    response.headers.set(
        "Content-Disposition", "attachment; filename=\"" + wish.register_name + ".csv\""
    );
    if (!next.empty()) {
        response.headers.set("Duban-Next", next);
    }
    return response;
}

/// What of the query is the same for every row.
struct Incoming {
    core::Id unit;
    core::Id decision;
    std::string claimed_on;
    std::string paper;
    std::string key;  ///< the series' Idempotency-Key; a row's is this and its place
    bool check = true;
};

Incoming incoming_of(const Request& request) {
    Incoming out;
    const auto text = [&](std::string_view name) {
        return std::string{request.query.find(name).value_or("")};
    };
    if (const std::string unit = text("unit"); !unit.empty()) {
        out.unit = id_of(unit, "unit");
    }
    if (const std::string decision = text("decision"); !decision.empty()) {
        out.decision = id_of(decision, "decision");
    }
    out.claimed_on = text("claimed_on");
    out.paper = text("paper");
    out.check = text("check") != "false";
    out.key = idempotency_key_of(request);
    return out;
}

registers::Request request_of(
    const Register& declared,
    const exchange::SheetRow& row,
    const Incoming& incoming,
    std::size_t place
) {
    registers::Request out;
    out.register_name = declared.name;
    out.action = "open";
    out.from_sheet = true;
    out.unit = row.unit.is_nil() ? incoming.unit : row.unit;
    out.fields = row.fields;
    if (!incoming.decision.is_nil()) {
        out.action = "backfill";
        out.backfill = registers::Backfill{
            .decision = incoming.decision,
            .state = row.state.empty() ? declared.procedure.initial : row.state,
            .claimed_on = row.claimed_on.empty() ? incoming.claimed_on : row.claimed_on,
            .paper = row.paper.empty() ? incoming.paper : row.paper
        };
    }
    if (!incoming.key.empty()) {
        out.idempotency_key = incoming.key + "-" + std::to_string(place);
    }
    return out;
}

/// A sheet read against the register: requests, and what is wrong with which line.
class Prepared {
public:
    Prepared(const Services& services, const Asker& asker, const exchange::Csv& csv)
        : services_{services}, asker_{asker}, csv_{csv} {}

    void refuse(std::size_t place, const Problem& problem) {
        core::JsonObject json = http::problem_json(
            problem,
            {.sentences = services_.sentences,
             .language = asker_.language,
             .instance = {},
             .status = {}}
        );
        json["row"] = place + 1;
        json["line"] = csv_.rows[place].line;
        refused.push_back(std::move(json));
    }

    std::vector<registers::Request> requests;
    std::vector<std::size_t> places;  ///< in the sheet, of each request
    core::JsonArray refused;
    core::JsonArray passed_over;

private:
    const Services& services_;
    const Asker& asker_;
    const exchange::Csv& csv_;
};

Prepared prepare(
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const exchange::Csv& csv,
    const Incoming& incoming
) {
    const exchange::SheetWords words = words_of(services, asker.language);
    const exchange::Columns columns{declared, csv.head, words};
    Prepared out{services, asker, csv};
    services.store.read([&](store::Reader& reader) {
        const exchange::SheetNames names = names_of(services, reader, asker);
        out.requests.clear();
        out.places.clear();
        out.refused.clear();
        for (std::size_t i = 0; i < csv.rows.size(); ++i) {
            exchange::SheetRow row = columns.read(csv.rows[i].cells, names);
            if (row.errors.empty()) {
                out.requests.push_back(request_of(declared, row, incoming, i));
                out.places.push_back(i);
                continue;
            }
            Problem problem{ProblemKind::Invalid, "entry.invalid_fields"};
            problem.errors = std::move(row.errors);
            out.refuse(i, problem);
        }
    });
    for (const std::string& column : columns.passed_over()) {
        out.passed_over.emplace_back(column);
    }
    return out;
}

core::Json entered_json(const std::vector<registers::Applied>& applied) {
    core::JsonArray entries;
    for (const registers::Applied& one : applied) {
        entries.push_back(
            core::JsonObject{{"id", one.entry.text()}, {"number", text_json(one.number)}}
        );
    }
    return entries;
}

/// All rows or none. With `check`, the default, nothing is entered: the answer says what would be.
Response import_sheet(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const auto adopted = services.registers.adopted();
    const Register& declared = *adopted->table(path.at("register")).declared;
    if (access::reach(asker.actor, declared.readers()).none()) {
        throw Problem{ProblemKind::NotFound, "register.not_found", {{"register", declared.name}}};
    }
    const std::string type{request.headers.find("Content-Type").value_or("")};
    if (!type.starts_with("text/csv")) {
        throw Problem{ProblemKind::Invalid, "request.content_type", {{"expected", "text/csv"}}};
    }
    const Incoming incoming = incoming_of(request);
    const exchange::Csv csv = exchange::read_csv(request.body);
    Prepared sheet = prepare(services, asker, declared, csv, incoming);
    for (std::size_t i = 0; i < sheet.requests.size(); ++i) {
        try {
            services.registers.try_out(asker.actor, sheet.requests[i]);
        } catch (const Problem& problem) {
            sheet.refuse(sheet.places[i], problem);
        }
    }
    core::Json entries = core::JsonArray{};
    if (!incoming.check) {
        if (!sheet.refused.empty()) {
            throw Problem{
                ProblemKind::Rejected,
                "csv.rows_refused",
                {{"refused", std::to_string(sheet.refused.size())}}
            };
        }
        const auto applied = services.registers.apply_all(asker.actor, sheet.requests);
        if (!applied.empty()) {
            publish_change(services, declared.name, applied.back().position);
        }
        entries = entered_json(applied);
    }
    return http::json_response(
        200,
        core::JsonObject{
            {"rows", csv.rows.size()},
            {"refused", std::move(sheet.refused)},
            {"passed_over", std::move(sheet.passed_over)},
            {"entries", std::move(entries)}
        }
    );
}

}  // namespace

void add_sheet_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    constexpr std::string_view kPattern = "/api/v1/registers/{register}/sheet";
    route(http::Method::Get, kPattern, export_sheet);
    route(
        http::Method::Post,
        kPattern,
        import_sheet,
        {.bytes_max = kSheetBytesMax, .code = "csv.too_large"}
    );
}

}  // namespace duban::api
