#include "app/ledger.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "api/list_request.h"
#include "app/commands.h"
#include "app/locales.h"
#include "exchange/named.h"

namespace duban::app {

namespace {

std::string type_of(const core::Json& field) {
    return core::find_string(field, "type").value_or("text");
}

bool is_list(const core::Json& field) {
    const core::Json* many = core::find_member(field, "many");
    return type_of(field) == "links" || (many != nullptr && many->as_bool());
}

/// The code under `key` of the one element that is called `text` in any language; else the text.
std::string code_of(const core::Json* elements, std::string_view key, const std::string& text) {
    std::string code = text;
    std::size_t called = 0;
    for (const core::Json& element :
         elements == nullptr ? core::JsonArray{} : elements->as_array()) {
        const std::string own = core::find_string(element, key).value_or("");
        if (own == text) {
            return text;
        }
        const auto& titles = element.at("title").as_object();
        const bool is_called = std::ranges::any_of(titles, [&](const auto& title) {
            return exchange::plain(std::string{title.value().as_string()}) == exchange::plain(text);
        });
        if (is_called) {
            code = own;
            ++called;
        }
    }
    return called == 1 ? code : text;
}

/// Yes and no in any language; what is neither stays as it is, for the field to refuse.
core::Json truth_of(const std::string& text) {
    for (const std::string& tag : sentences().languages()) {
        for (const auto& [code, truth] : {std::pair{"page_yes", true}, {"page_no", false}}) {
            if (text == sentences().sentence(code, {}, tag)) {
                return truth;
            }
        }
    }
    return core::find_json(text).value_or(core::Json(text));
}

}  // namespace

Ledger::Ledger(const Arguments& arguments)
    : settings_{load_settings(arguments.value("data", default_data()))},
      as_{account_of(arguments, settings_)},
      transport_{settings_},
      naming_{transport_, as_} {}

core::Json Ledger::ask(const std::string& path, const std::string& query) {
    return send(get(path, query));
}

core::Json Ledger::send(http::Request request) {
    return transport_.json(std::move(request), as_);
}

core::Json Ledger::value(const core::Json& field, const std::string& text) {
    if (text.empty()) {
        return nullptr;
    }
    return is_list(field) ? list(field, text) : scalar(field, text);
}

std::string Ledger::filter(
    const core::Json& declared, const std::string& name, const std::string& text
) {
    if (text.empty()) {
        return text;
    }
    if (name == "unit") {  // of every register
        return naming_.unit(text);
    }
    if (name == "state") {
        return code_of(core::find_member(declared, "states"), "name", text);
    }
    const core::Json* field = find_named(declared, "fields", api::filter_name(name).field);
    const core::Json value = field == nullptr ? core::Json(text) : scalar(*field, text);
    return value.is_string() ? std::string{value.get_string()} : core::json_text(value);
}

core::Json Ledger::linked(const std::string& register_name, const std::string& text) {
    return core::Id::parse(text) ? core::Json(text) : ask(entry_path(register_name, text)).at("id");
}

core::Json Ledger::uploaded(const std::string& path) {
    http::Request upload = post("/api/v1/files", nullptr);
    upload.body = read_file(path);
    upload.headers.set("Content-Type", "application/octet-stream");
    const std::string name = std::filesystem::path{path}.filename().string();
    upload.query = http::Query::parse("name=" + http::percent_encode(name)).value();
    return send(std::move(upload)).at("hash");
}

/// JSON, or elements parted by commas.
core::Json Ledger::list(const core::Json& field, const std::string& text) {
    if (text.starts_with('[')) {
        return core::find_json(text).value_or(core::Json(text));
    }
    core::JsonArray all;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        all.push_back(scalar(field, text.substr(at, end - at)));
        at = end + 1;
    }
    return all;
}

core::Json Ledger::scalar(const core::Json& field, const std::string& text) {
    const std::string type = type_of(field);
    if (type == "link" || type == "links") {
        return linked(core::find_string(field, "to").value_or(""), text);
    }
    if (type == "choice") {
        return core::Json(code_of(core::find_member(field, "choices"), "code", text));
    }
    if (type == "person") {
        return core::Json(naming_.person(text));
    }
    if (type == "unit") {
        return core::Json(naming_.unit(text));
    }
    if (type == "unit_or_person") {
        return core::Json(naming_.either(text));
    }
    if (type == "file" && text.starts_with('@')) {
        return uploaded(text.substr(1));
    }
    if (type == "boolean") {
        return truth_of(text);
    }
    constexpr std::array kWritten = {"integer", "money", "rows"};
    return std::ranges::find(kWritten, type) == kWritten.end()
               ? core::Json(text)
               : core::find_json(text).value_or(core::Json(text));
}

std::string entry_path(const std::string& register_name, const std::string& text) {
    const bool is_id = core::Id::parse(text).has_value();
    return "/api/v1/registers/" + register_name + "/entries/" +
           (is_id ? text : "number:" + http::percent_encode(text));
}

const core::Json* find_named(
    const core::Json& declared, std::string_view list, const std::string& name
) {
    if (const core::Json* elements = core::find_member(declared, list)) {
        for (const core::Json& element : elements->as_array()) {
            if (core::find_string(element, "name") == name) {
                return &element;
            }
        }
    }
    return nullptr;
}

}  // namespace duban::app
