#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/ledger.h"
#include "app/locales.h"
#include "core/problem.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

const Known kLedgerOptions{
    .with_value =
        {"data",
         "as",
         "view",
         "sort",
         "limit",
         "cursor",
         "filter",
         "register",
         "unit",
         "post",
         "words",
         "out",
         "revision"},
    .alone = {"json"}
};

std::string text_in(const core::Json* texts, const std::string& otherwise) {
    if (texts == nullptr || !texts->is_object()) {
        return otherwise;
    }
    core::Texts read;
    for (const auto& member : texts->get_object()) {
        if (member.value().is_string()) {
            read.by_tag[std::string{member.key()}] = std::string{member.value().get_string()};
        }
    }
    const std::string_view text = read.in(terminal_language());
    return text.empty() ? otherwise : std::string{text};
}

/// The title of the element called `name` in a list of the declaration.
std::string title_of(const core::Json& declared, std::string_view list, const std::string& name) {
    const core::Json* element = find_named(declared, list, name);
    return element == nullptr ? name : text_in(core::find_member(*element, "title"), name);
}

std::string shown(const core::Json& value, const core::Json* labels) {
    if (value.is_null()) {
        return "";
    }
    if (value.is_array()) {
        std::string out;
        for (const core::Json& element : value.get_array()) {
            out += (out.empty() ? "" : ", ") + shown(element, labels);
        }
        return out;
    }
    if (!value.is_string()) {
        return core::json_text(value);
    }
    const std::string text{value.get_string()};
    const core::Json* label = labels == nullptr ? nullptr : core::find_member(*labels, text);
    return label == nullptr ? text : core::find_string(*label, "text").value_or(text);
}

/// Columns on the terminal: a Han character is two wide.
std::string padded(const std::string& text, std::size_t width) {
    std::size_t used = 0;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = text::next(text, at);
        const std::size_t wide = c >= 0x1100 ? 2 : 1;
        if (used + wide > width) {
            break;
        }
        used += wide;
        out += text.substr(from, at - from);
    }
    return out + std::string(width - used + 2, ' ');
}

void print_entry(const core::Json& entry, const core::Json& declared) {
    const core::Json* labels = core::find_member(entry, "labels");
    std::cout << core::find_string(entry, "number").value_or("—") << "  "
              << core::find_string(entry, "title").value_or("") << "\n"
              << title_of(declared, "states", core::find_string(entry, "state").value_or(""))
              << "  ·  " << shown(entry.at("unit"), labels) << "  ·  r"
              << core::json_text(entry.at("revision")) << "\n\n";
    for (const auto& member : entry.at("fields").as_object()) {
        const std::string text = shown(member.value(), labels);
        if (!text.empty()) {
            std::cout << "  " << title_of(declared, "fields", std::string{member.key()}) << ": "
                      << text << "\n";
        }
    }
    for (const core::Json& deadline : entry.at("deadlines").as_array()) {
        std::cout << "  "
                  << title_of(
                         declared, "deadlines", core::find_string(deadline, "name").value_or("")
                     )
                  << ": " << core::find_string(deadline, "due_on").value_or("") << " ["
                  << core::find_string(deadline, "light").value_or("") << "]\n";
    }
    const core::Json& round = entry.at("round");
    if (!round.is_null()) {
        std::cout << "  "
                  << title_of(declared, "actions", core::find_string(round, "action").value_or(""))
                  << ": " << core::json_text(round.at("signatures_given")) << "/"
                  << core::json_text(round.at("signatures_wanted")) << "\n";
    }
    std::cout << "\n→ ";
    for (const core::Json& action : entry.at("actions").as_array()) {
        const std::string name = core::find_string(action, "name").value_or("");
        std::cout << name << " " << title_of(declared, "actions", name) << "   ";
    }
    std::cout << "\n";
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
    const core::Json* step = find_named(declared, "actions", action);
    for (const auto& [name, text] : arguments.pairs()) {
        const core::Json* input = step == nullptr ? nullptr : find_named(*step, "inputs", name);
        const core::Json* field = find_named(declared, "fields", name);
        const core::Json* target = input != nullptr ? input : field;
        const bool is_input = input != nullptr || (field == nullptr && name == "to");
        (is_input ? inputs : fields)[name] =
            target == nullptr ? core::Json(text) : ledger.value(*target, text);
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

}  // namespace

std::string default_data() {
    const char* value = std::getenv("DUBAN_DATA");
    return value == nullptr ? "duban-data" : value;
}

std::string default_account(const char* of_demonstration) {
    const char* value = std::getenv("DUBAN_AS");
    return value == nullptr ? of_demonstration : value;
}

int list_command(const Words& words) {
    const Arguments arguments{words, kLedgerOptions};
    Ledger ledger{arguments};
    if (arguments.words().empty()) {
        const core::Json answer = ledger.ask("/api/v1/registers");
        for (const core::Json& one : answer.at("registers").as_array()) {
            const std::string name = core::find_string(one, "name").value_or("");
            std::cout << padded(name, 24) << text_in(core::find_member(one, "title"), name) << "\n";
        }
        return 0;
    }
    const std::string& name = arguments.word(0, "register");
    std::string query = "limit=" + arguments.value("limit", "50");
    for (const char* option : {"view", "sort", "cursor"}) {
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
    for (const core::Json& entry : answer.at("entries").as_array()) {
        std::cout
            << padded(core::find_string(entry, "number").value_or("—"), 14)
            << padded(
                   title_of(declared, "states", core::find_string(entry, "state").value_or("")), 16
               )
            << padded(shown(entry.at("unit"), core::find_member(answer, "labels")), 18)
            << core::find_string(entry, "title").value_or("") << "\n";
    }
    if (!answer.at("total").is_null()) {
        std::cout << "\n" << core::json_text(answer.at("total").at("count")) << "\n";
    }
    if (const auto next = core::find_string(answer, "next")) {
        std::cout << "--cursor " << *next << "\n";
    }
    return 0;
}

int show_command(const Words& words) {
    const Arguments arguments{words, kLedgerOptions};
    Ledger ledger{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json entry = ledger.ask(entry_path(name, arguments.word(1, "number")));
    if (arguments.has("json")) {
        std::cout << core::json_text(entry) << "\n";
        return 0;
    }
    print_entry(entry, ledger.ask("/api/v1/registers/" + name));
    const std::string id = core::find_string(entry, "id").value_or("");
    const core::Json history = ledger.ask(entry_path(name, id) + "/history");
    const core::Json declared = ledger.ask("/api/v1/registers/" + name);
    for (const core::Json& record : history.at("records").as_array()) {
        const std::string action = core::find_string(record, "action").value_or("");
        std::cout << "  " << core::find_string(record, "on").value_or("") << "  "
                  << padded(title_of(declared, "actions", action), 18)
                  << shown(record.at("actor"), core::find_member(history, "labels")) << "  #"
                  << core::json_text(record.at("position")) << "\n";
    }
    return 0;
}

int apply_command(const Words& words) {
    const Arguments arguments{words, kLedgerOptions};
    Ledger ledger{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json declared = ledger.ask("/api/v1/registers/" + name);
    core::Json answer;
    if (arguments.word(1, "number") == "open") {
        answer = ledger.send(post(
            "/api/v1/registers/" + name + "/entries", body_of(ledger, arguments, declared, "open")
        ));
    } else {
        const std::string& action = arguments.word(2, "action");
        const std::string path = entry_path(name, arguments.word(1, "number"));
        const core::Json entry = ledger.ask(path);
        http::Request request = post(
            path + "/actions/" + http::percent_encode(action),
            body_of(ledger, arguments, declared, action)
        );
        request.headers.set(
            "If-Match",
            "\"" + arguments.value("revision", core::json_text(entry.at("revision"))) + "\""
        );
        answer = ledger.send(std::move(request));
    }
    if (arguments.has("json")) {
        std::cout << core::json_text(answer) << "\n";
    } else {
        print_entry(answer, declared);
    }
    return 0;
}

int search_command(const Words& words) {
    const Arguments arguments{words, kLedgerOptions};
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
    for (const core::Json& hit : answer.at("hits").as_array()) {
        std::cout << padded(core::find_string(hit, "register").value_or(""), 12)
                  << padded(core::find_string(hit, "number").value_or("—"), 14)
                  << core::find_string(hit, "title").value_or("") << "\n";
    }
    std::cout << "\n" << core::json_text(answer.at("total").at("count")) << "\n";
    return answer.at("hits").as_array().empty() ? 1 : 0;
}

int figure_command(const Words& words) {
    const Arguments arguments{words, kLedgerOptions};
    Ledger ledger{arguments};
    if (arguments.words().empty()) {
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
    for (const core::Json& row : answer.at("rows").as_array()) {
        const std::string reason = core::find_string(row, "reason").value_or("");
        std::cout << "  " << padded(core::find_string(row, "number").value_or("—"), 16)
                  << text_in(core::find_member(answer.at("words"), reason), reason) << "\n";
    }
    return 0;
}

}  // namespace duban::app
