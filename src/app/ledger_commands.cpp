#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/ledger.h"
#include "app/wording.h"
#include "core/problem.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

const Known kList{
    .with_value = {"data", "as", "view", "sort", "limit", "cursor"},
    .alone = {"json"},
    .words = 1,
    .pairs = true
};
const Known kShow{.with_value = {"data", "as"}, .alone = {"json"}, .words = 2};
const Known kApply{
    .with_value = {"data", "as", "unit", "post", "words", "revision"},
    .alone = {"json"},
    .words = 3,
    .pairs = true
};
const Known kSearch{.with_value = {"data", "as", "register"}, .alone = {}, .words = kAnyWords};
const Known kFigure{.with_value = {"data", "as"}, .alone = {"json"}, .words = 1, .pairs = true};

/// Declared by the action, or one that Duban asks for itself where no field is called so.
bool is_input(const core::Json& declared, const std::string& action, const std::string& name) {
    const core::Json* step = find_named(declared, "actions", action);
    const bool implicit = name == "to" || name == "pause_reason";
    return (step != nullptr && find_named(*step, "inputs", name) != nullptr) ||
           (implicit && find_named(declared, "fields", name) == nullptr);
}

/// `name=value` words: inputs of the action first, fields otherwise.
core::JsonObject body_of(
    Ledger& ledger,
    const Arguments& arguments,
    const core::Json& declared,
    const std::string& action
) {
    core::JsonObject fields;
    core::JsonObject inputs;
    for (const auto& [name, text] : arguments.pairs()) {
        const core::Json* field = find_named(declared, "fields", name);
        if (is_input(declared, action, name)) {
            inputs[name] = ledger.value(input_of(declared, action, name), text);
        } else {
            fields[name] = field == nullptr ? core::Json(text) : ledger.value(*field, text);
        }
    }
    core::JsonObject body = {{"fields", std::move(fields)}, {"inputs", std::move(inputs)}};
    for (const char* option : {"words", "post"}) {
        if (const std::string text = arguments.value(option, ""); !text.empty()) {
            body[option] = text;
        }
    }
    if (const std::string unit = arguments.value("unit", ""); !unit.empty()) {
        body["unit"] = ledger.naming().unit(unit);
    }
    return body;
}

/// So that no number is cut, and no id: either is what `duban show` takes.
std::size_t width_of_names(const core::JsonArray& entries) {
    constexpr std::size_t kLeast = 14;
    std::size_t width = kLeast;
    for (const core::Json& entry : entries) {
        width = std::max(width, width_of(name_text(entry)));
    }
    return width;
}

/// The entries of a page, one a line.
std::string rows_text(const core::Json& page, const core::Json& declared) {
    const core::Json* labels = core::find_member(page, "labels");
    const core::JsonArray& entries = page.at("entries").as_array();
    const std::size_t names = width_of_names(entries);
    std::string out;
    for (const core::Json& entry : entries) {
        const std::string state = core::find_string(entry, "state").value_or("");
        out += padded(name_text(entry), names) + padded(title_of(declared, "states", state), 16) +
               padded(value_text(nullptr, entry.at("unit"), labels), 18) +
               about_text(entry, declared, labels) + "\n";
    }
    return out;
}

/// The filters that `field=value` words ask for, as parts of a query.
std::string filters_of(Ledger& ledger, const Arguments& arguments, const core::Json& declared) {
    std::string query;
    for (const auto& [name, text] : arguments.pairs()) {
        query += "&" + http::percent_encode(name) + "=" +
                 http::percent_encode(ledger.filter(declared, name, text));
    }
    return query;
}

/// What the facts of a figure are, as a declaration tells fields: those of its register, and those
/// that hold ids in its rows.
core::Json facts_of(Ledger& ledger, const std::string& path) {
    const core::Json figure = ledger.ask(path);
    const core::Json declared =
        ledger.ask("/api/v1/registers/" + core::find_string(figure, "register").value_or(""));
    core::JsonArray fields = declared.at("fields").as_array();
    const core::JsonArray& rows = figure.at("rows").as_array();
    for (const auto& fact : rows.empty() ? core::JsonObject{} : rows[0].at("facts").as_object()) {
        const std::string name{fact.key()};
        const bool holds_ids = std::ranges::any_of(rows, [&](const core::Json& row) {
            const auto fact_text = core::find_string(row.at("facts"), name);
            return fact_text && core::Id::parse(*fact_text);
        });
        if (holds_ids && find_named(declared, "fields", name) == nullptr) {
            fields.push_back(core::JsonObject{{"name", name}, {"type", "unit_or_person"}});
        }
    }
    return core::JsonObject{{"fields", std::move(fields)}};
}

/// The entry after an action on it.
core::Json acted(
    Ledger& ledger,
    const Arguments& arguments,
    const core::Json& declared,
    const std::string& action
) {
    const std::string path = entry_path(arguments.word(0, "register"), arguments.word(1, "number"));
    const core::Json entry = ledger.ask(path);
    http::Request request = post(
        path + "/actions/" + http::percent_encode(action),
        body_of(ledger, arguments, declared, action)
    );
    request.headers.set(
        "If-Match", "\"" + arguments.value("revision", core::json_text(entry.at("revision"))) + "\""
    );
    return ledger.send(std::move(request));
}

}  // namespace

std::string default_data() {
    const char* value = std::getenv("DUBAN_DATA");
    return value == nullptr ? "duban-data" : value;
}

std::string account_of(
    const Arguments& arguments, const Settings& settings, const char* of_demonstration
) {
    const char* value = std::getenv("DUBAN_AS");
    const std::string given = arguments.value("as", value == nullptr ? "" : value);
    if (!given.empty() || settings.demo) {
        return given.empty() ? of_demonstration : given;
    }
    std::vector<std::string> accounts;
    if (const std::filesystem::path tokens = settings.path("tokens"); exists(tokens)) {
        for (const auto& token : std::filesystem::directory_iterator{tokens}) {
            accounts.push_back(token.path().filename().string());
        }
    }
    if (accounts.size() != 1) {
        throw core::Problem{core::ProblemKind::Invalid, "command.no_account"};
    }
    return accounts.front();
}

int list_command(const Words& words) {
    const Arguments arguments{words, kList};
    Ledger ledger{arguments};
    if (arguments.words().empty() && arguments.pairs().empty()) {
        const core::Json answer = ledger.ask("/api/v1/registers");
        for (const core::Json& one : answer.at("registers").as_array()) {
            const std::string name = core::find_string(one, "name").value_or("");
            std::cout << padded(name, 24) << text_in(core::find_member(one, "title"), name) << "\n";
        }
        return 0;
    }
    const std::string& name = arguments.word(0, "register");
    std::string query;
    for (const char* option : {"view", "sort", "limit", "cursor"}) {
        if (const std::string text = arguments.value(option, ""); !text.empty()) {
            query += std::string{"&"} + option + "=" + http::percent_encode(text);
        }
    }
    const core::Json declared = ledger.ask("/api/v1/registers/" + name);
    query += filters_of(ledger, arguments, declared);
    const core::Json answer = ledger.ask("/api/v1/registers/" + name + "/entries", query);
    if (arguments.has("json")) {
        std::cout << core::json_text(answer) << "\n";
        return 0;
    }
    std::cout << rows_text(answer, declared);
    if (!answer.at("total").is_null()) {
        std::cout << "\n" << core::json_text(answer.at("total").at("count")) << "\n";
    }
    if (const auto next = core::find_string(answer, "next")) {
        std::cout << "--cursor " << *next << "\n";
    }
    return 0;
}

int show_command(const Words& words) {
    const Arguments arguments{words, kShow};
    Ledger ledger{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json entry = ledger.ask(entry_path(name, arguments.word(1, "number")));
    if (arguments.has("json")) {
        std::cout << core::json_text(entry) << "\n";
        return 0;
    }
    const core::Json declared = ledger.ask("/api/v1/registers/" + name);
    const std::string id = core::find_string(entry, "id").value_or("");
    const core::Json history = ledger.ask(entry_path(name, id) + "/history");
    std::cout << entry_text(entry, declared) << history_text(history, declared);
    return 0;
}

int apply_command(const Words& words) {
    const Arguments arguments{words, kApply};
    Ledger ledger{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json declared = ledger.ask("/api/v1/registers/" + name);
    const bool opens = arguments.word(1, "number") == "open";
    const std::string action = opens ? "open" : arguments.word(2, "action");
    core::Json answer;
    try {
        answer = opens ? ledger.send(post(
                             "/api/v1/registers/" + name + "/entries",
                             body_of(ledger, arguments, declared, action)
                         ))
                       : acted(ledger, arguments, declared, action);
    } catch (core::Problem& problem) {
        name_pointers(problem, declared, action);
        throw;
    }
    if (arguments.has("json")) {
        std::cout << core::json_text(answer) << "\n";
    } else {
        std::cout << entry_text(answer, declared);
    }
    return 0;
}

int search_command(const Words& words) {
    const Arguments arguments{words, kSearch};
    Ledger ledger{arguments};
    std::string query;
    for (const std::string& word : arguments.words()) {
        query += (query.empty() ? "" : " ") + word;
    }
    query = "q=" + http::percent_encode(query);
    for (const std::string& name : arguments.values("register")) {
        query += "&register=" + http::percent_encode(name);
    }
    const core::Json answer = ledger.ask("/api/v1/search", query);
    const std::size_t names = width_of_names(answer.at("hits").as_array());
    for (const core::Json& hit : answer.at("hits").as_array()) {
        std::cout << padded(core::find_string(hit, "register").value_or(""), 12)
                  << padded(name_text(hit), names) << core::find_string(hit, "title").value_or("")
                  << "\n";
    }
    std::cout << "\n" << core::json_text(answer.at("total").at("count")) << "\n";
    return answer.at("hits").as_array().empty() ? 1 : 0;
}

int figure_command(const Words& words) {
    const Arguments arguments{words, kFigure};
    Ledger ledger{arguments};
    if (arguments.words().empty() && arguments.pairs().empty()) {
        const core::Json answer = ledger.ask("/api/v1/figures");
        for (const core::Json& one : answer.at("figures").as_array()) {
            const std::string name = core::find_string(one, "name").value_or("");
            std::cout << padded(name, 24) << text_in(core::find_member(one, "title"), name) << "\n";
        }
        return 0;
    }
    const std::string& name = arguments.word(0, "figure");
    const std::string path = "/api/v1/figures/" + name;
    const core::Json answer = ledger.ask(
        path, arguments.pairs().empty() ? "" : filters_of(ledger, arguments, facts_of(ledger, path))
    );
    if (arguments.has("json")) {
        std::cout << core::json_text(answer) << "\n";
        return 0;
    }
    std::cout << text_in(core::find_member(answer, "title"), name) << "  "
              << core::json_text(answer.at("counted")) << "/"
              << core::json_text(answer.at("total"));
    if (const auto rate = core::find_string(answer, "rate")) {
        std::cout << "  " << *rate << "%";
    }
    std::cout << "  (" << core::find_string(answer, "on").value_or("") << ")\n";
    for (const auto& sum : answer.at("sums").as_object()) {
        const std::string fact{sum.key()};
        std::cout << "  Σ " << text_in(core::find_member(answer.at("fact_words"), fact), fact)
                  << "  " << core::json_text(sum.value().at("sum")) << " / "
                  << core::json_text(sum.value().at("rows")) << "\n";
    }
    const std::size_t names = width_of_names(answer.at("rows").as_array());
    for (const core::Json& row : answer.at("rows").as_array()) {
        const std::string reason = core::find_string(row, "reason").value_or("");
        std::cout << "  " << padded(name_text(row), names)
                  << text_in(core::find_member(answer.at("words"), reason), reason) << "\n";
    }
    return 0;
}

}  // namespace duban::app
