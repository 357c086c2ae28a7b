#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/locales.h"
#include "app/transport.h"
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
    if (const core::Json* elements = core::find_member(declared, list)) {
        for (const core::Json& element : elements->as_array()) {
            if (core::find_string(element, "name") == name) {
                return text_in(core::find_member(element, "title"), name);
            }
        }
    }
    return name;
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

struct Session {
    Settings settings;
    std::string as;
    Transport transport;

    explicit Session(const Arguments& arguments)
        : settings{load_settings(arguments.value("data", default_data()))},
          as{arguments.value("as", default_account())},
          transport{settings} {}

    core::Json ask(const std::string& path, const std::string& query = "") {
        return transport.json(get(path, query), as);
    }
};

std::string entry_path(const std::string& register_name, const std::string& id) {
    const bool is_id = core::Id::parse(id).has_value();
    return "/api/v1/registers/" + register_name + "/entries/" +
           (is_id ? id : "number:" + http::percent_encode(id));
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

/// The entry of `register_name` that `text` names: an id, or a number.
core::Json linked(Session& session, const std::string& register_name, const std::string& text) {
    return core::Id::parse(text) ? core::Json(text)
                                 : session.ask(entry_path(register_name, text)).at("id");
}

/// A value as the field's type writes it in JSON; names of people and units, numbers of entries
/// become ids.
core::Json value_of(const core::Json& field, const std::string& text, Session& session) {
    const std::string type = core::find_string(field, "type").value_or("text");
    if (text.empty()) {
        return nullptr;
    }
    const std::string target = core::find_string(field, "to").value_or("");
    if (type == "link") {
        return linked(session, target, text);
    }
    if (type == "links" && !text.starts_with('[')) {
        core::JsonArray all;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            all.push_back(linked(session, target, text.substr(at, end - at)));
            at = end + 1;
        }
        return all;
    }
    if (type == "integer" || type == "boolean" || type == "money" || type == "rows" ||
        type == "links" || core::find_member(field, "many")->as_bool()) {
        return core::parse_json(text);
    }
    if ((type == "person" || type == "unit") && !core::Id::parse(text)) {
        const core::Json directory = session.ask("/api/v1/directory");
        for (const core::Json& one :
             directory.at(type == "person" ? "people" : "units").as_array()) {
            if (core::find_string(one, "name") == text) {
                return one.at("id");
            }
        }
        throw Problem{ProblemKind::NotFound, "command.name_unknown", {{"name", text}}};
    }
    return core::Json(text);
}

const core::Json* find_named(const core::Json& list, const std::string& name) {
    for (const core::Json& element : list.as_array()) {
        if (core::find_string(element, "name") == name) {
            return &element;
        }
    }
    return nullptr;
}

/// `name=value` words: inputs of the action first, fields otherwise. @file uploads a file.
core::JsonObject body_of(
    Session& session,
    const Arguments& arguments,
    const core::Json& declared,
    const std::string& action
) {
    core::JsonObject fields;
    core::JsonObject inputs;
    const core::Json* step = find_named(declared.at("actions"), action);
    for (const auto& [name, text] : arguments.pairs()) {
        const core::Json* input = step == nullptr ? nullptr : find_named(step->at("inputs"), name);
        const core::Json* field = find_named(declared.at("fields"), name);
        const core::Json* target = input != nullptr ? input : field;
        core::Json value(text);
        if (target != nullptr && core::find_string(*target, "type") == "file" &&
            text.starts_with('@')) {
            http::Request upload = post("/api/v1/files", nullptr);
            upload.body = read_file(text.substr(1));
            upload.headers.set("Content-Type", "application/octet-stream");
            upload.query =
                http::Query::parse(
                    "name=" + http::percent_encode(text.substr(
                                  text.rfind('/') == std::string::npos ? 1 : text.rfind('/') + 1
                              ))
                )
                    .value();
            value = session.transport.json(upload, session.as).at("hash");
        } else if (target != nullptr) {
            value = value_of(*target, text, session);
        }
        const bool is_input = input != nullptr || (field == nullptr && name == "to");
        (is_input ? inputs : fields)[name] = std::move(value);
    }
    core::JsonObject body = {{"fields", std::move(fields)}, {"inputs", std::move(inputs)}};
    for (const char* option : {"words", "unit", "post"}) {
        if (const std::string text = arguments.value(option, ""); !text.empty()) {
            body[option] =
                option == std::string_view{"unit"}
                    ? value_of(core::JsonObject{{"type", "unit"}, {"many", false}}, text, session)
                    : core::Json(text);
        }
    }
    return body;
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
    Session session{arguments};
    if (arguments.words().empty()) {
        const core::Json answer = session.ask("/api/v1/registers");
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
    for (const auto& [field, text] : arguments.pairs()) {
        query += "&" + http::percent_encode(field) + "=" + http::percent_encode(text);
    }
    const core::Json answer = session.ask("/api/v1/registers/" + name + "/entries", query);
    if (arguments.has("json")) {
        std::cout << core::json_text(answer) << "\n";
        return 0;
    }
    const core::Json declared = session.ask("/api/v1/registers/" + name);
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
    Session session{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json entry = session.ask(entry_path(name, arguments.word(1, "number")));
    if (arguments.has("json")) {
        std::cout << core::json_text(entry) << "\n";
        return 0;
    }
    print_entry(entry, session.ask("/api/v1/registers/" + name));
    const std::string id = core::find_string(entry, "id").value_or("");
    const core::Json history = session.ask(entry_path(name, id) + "/history");
    const core::Json declared = session.ask("/api/v1/registers/" + name);
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
    Session session{arguments};
    const std::string& name = arguments.word(0, "register");
    const core::Json declared = session.ask("/api/v1/registers/" + name);
    core::Json answer;
    if (arguments.word(1, "number") == "open") {
        answer = session.transport.json(
            post(
                "/api/v1/registers/" + name + "/entries",
                body_of(session, arguments, declared, "open")
            ),
            session.as
        );
    } else {
        const std::string& action = arguments.word(2, "action");
        const std::string path = entry_path(name, arguments.word(1, "number"));
        const core::Json entry = session.ask(path);
        http::Request request = post(
            path + "/actions/" + http::percent_encode(action),
            body_of(session, arguments, declared, action)
        );
        request.headers.set(
            "If-Match",
            "\"" + arguments.value("revision", core::json_text(entry.at("revision"))) + "\""
        );
        answer = session.transport.json(request, session.as);
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
    Session session{arguments};
    std::string query;
    for (const std::string& word : arguments.words()) {
        query += (query.empty() ? "" : " ") + word;
    }
    query = "q=" + http::percent_encode(query);
    for (const std::string& name : arguments.values("register")) {
        query += "&register=" + http::percent_encode(name);
    }
    const core::Json answer = session.ask("/api/v1/search", query);
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
    Session session{arguments};
    if (arguments.words().empty()) {
        const core::Json answer = session.ask("/api/v1/figures");
        for (const core::Json& one : answer.at("figures").as_array()) {
            const std::string name = core::find_string(one, "name").value_or("");
            std::cout << padded(name, 24) << text_in(core::find_member(one, "title"), name) << "\n";
        }
        return 0;
    }
    std::string query;
    for (const auto& [fact, text] : arguments.pairs()) {
        query += (query.empty() ? "" : "&") + http::percent_encode(fact) + "=" +
                 http::percent_encode(text);
    }
    const std::string& name = arguments.word(0, "figure");
    const core::Json answer = session.ask("/api/v1/figures/" + name, query);
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
