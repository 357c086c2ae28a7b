#include "app/wording.h"

#include <algorithm>

#include "app/ledger.h"
#include "app/locales.h"
#include "registers/decimal.h"
#include "text/utf8.h"

namespace duban::app {

namespace {

constexpr int kMinorDigits = 2;  // ISO 4217: fen, cent

std::string text_of(const core::Json& json, std::string_view name) {
    return core::find_string(json, name).value_or("");
}

std::string choice_text(const core::Json& field, const std::string& code) {
    if (const core::Json* choices = core::find_member(field, "choices")) {
        for (const core::Json& choice : choices->as_array()) {
            if (core::find_string(choice, "code") == code) {
                return text_in(core::find_member(choice, "title"), code);
            }
        }
    }
    return code;
}

std::string label_text(const core::Json* labels, const std::string& id) {
    const core::Json* label = labels == nullptr ? nullptr : core::find_member(*labels, id);
    if (label == nullptr) {
        return id;
    }
    if (core::find_member(*label, "restricted") != nullptr) {
        return say("value_restricted");
    }
    const std::string text = text_of(*label, "text");
    return text.empty() ? id : text;
}

std::size_t columns_of(char32_t c) {
    return c >= 0x1100 ? 2 : 1;
}

/// An amount of money, or a row of a table within an entry.
std::string object_text(
    const core::Json* field, const core::Json& value, const core::Json* labels
) {
    if (const auto minor = core::find_integer(value, "minor")) {
        return registers::decimal_text(*minor, kMinorDigits) + " " + text_of(value, "currency");
    }
    std::string out;
    for (const auto& member : value.get_object()) {
        const std::string name{member.key()};
        const core::Json* column = field == nullptr ? nullptr : find_named(*field, "rows", name);
        const std::string text = value_text(column, member.value(), labels);
        if (!text.empty()) {
            const core::Json* title =
                column == nullptr ? nullptr : core::find_member(*column, "title");
            out += (out.empty() ? "" : ", ") + text_in(title, name) + " " + text;
        }
    }
    return out;
}

core::JsonArray pause_reasons(const core::Json& declared, const std::string& action) {
    for (const core::Json& deadline : declared.at("deadlines").as_array()) {
        const auto& pauses = deadline.at("pauses").as_array();
        if (std::ranges::find(pauses, core::Json(action)) != pauses.end()) {
            return deadline.at("pause_reasons").as_array();
        }
    }
    return {};
}

/// What was given to a step, and what its signers said.
std::string inputs_text(
    const core::Json& record, const core::Json& declared, const core::Json* labels
) {
    std::string out;
    const std::string action = text_of(record, "action");
    for (const core::Json& input : record.at("inputs").as_array()) {
        const std::string name = text_of(input, "field");
        const core::Json field = input_of(declared, action, name);
        out += "      " + text_in(core::find_member(field, "title"), name) + ": " +
               value_text(&field, input.at("value"), labels) + "\n";
    }
    for (const core::Json& signature : record.at("signatures").as_array()) {
        if (const auto words = core::find_string(signature, "words")) {
            out += "      " + value_text(nullptr, signature.at("person"), labels) + ": " + *words +
                   "\n";
        }
    }
    return out;
}

std::string record_text(
    const core::Json& record, const core::Json& declared, const core::Json* labels
) {
    const std::string position = "  #" + core::json_text(record.at("position")) + "\n";
    const std::string title = action_title(declared, text_of(record, "action"));
    if (record.at("hidden").as_bool()) {
        return "  " + padded("", 10) + padded(title, 18) + say("step_hidden") + position;
    }
    const bool signs = text_of(record, "kind") == "signature";
    return "  " + padded(text_of(record, "on"), 10) +
           padded(signs ? say("step_signature", {{"action", title}}) : title, 18) +
           value_text(nullptr, record.at("actor"), labels) + position +
           inputs_text(record, declared, labels);
}

std::string fields_text(
    const core::Json& entry, const core::Json& declared, const core::Json* labels
) {
    std::string out;
    for (const auto& member : entry.at("fields").as_object()) {
        const std::string name{member.key()};
        const std::string text =
            value_text(find_named(declared, "fields", name), member.value(), labels);
        if (!text.empty()) {
            out += "  " + title_of(declared, "fields", name) + ": " + text + "\n";
        }
    }
    return out;
}

}  // namespace

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

std::string title_of(const core::Json& declared, std::string_view list, const std::string& name) {
    const core::Json* element = find_named(declared, list, name);
    return element == nullptr ? name : text_in(core::find_member(*element, "title"), name);
}

std::string action_title(const core::Json& declared, const std::string& name) {
    if (find_named(declared, "actions", name) != nullptr) {
        return title_of(declared, "actions", name);
    }
    const std::string code = "action_" + name;
    const std::string words = say(code);
    return words == code ? name : words;
}

core::Json input_of(
    const core::Json& declared, const std::string& action, const std::string& name
) {
    const core::Json* step = find_named(declared, "actions", action);
    if (const core::Json* input = step == nullptr ? nullptr : find_named(*step, "inputs", name)) {
        return *input;
    }
    core::JsonArray choices;
    if (name == "to") {
        for (const core::Json& state : declared.at("states").as_array()) {
            choices.push_back(
                core::JsonObject{{"code", state.at("name")}, {"title", state.at("title")}}
            );
        }
    } else if (name == "pause_reason") {
        choices = pause_reasons(declared, action);
    }
    const std::string code = "input_" + name;
    const std::string title = say(code);
    return core::JsonObject{
        {"name", name},
        {"type", choices.empty() ? "text" : "choice"},
        {"title", core::JsonObject{{terminal_language(), title == code ? name : title}}},
        {"choices", std::move(choices)}
    };
}

std::string value_text(const core::Json* field, const core::Json& value, const core::Json* labels) {
    if (value.is_null()) {
        return "";
    }
    if (value.is_array()) {
        std::string out;
        for (const core::Json& element : value.get_array()) {
            out += (out.empty() ? "" : "; ") + value_text(field, element, labels);
        }
        return out;
    }
    if (value.is_object()) {
        return object_text(field, value, labels);
    }
    if (value.is_bool()) {
        return say(value.get_bool() ? "page_yes" : "page_no");
    }
    if (!value.is_string()) {
        return core::json_text(value);
    }
    const std::string text{value.get_string()};
    const std::string chosen = field == nullptr ? text : choice_text(*field, text);
    return chosen == text ? label_text(labels, text) : chosen;
}

std::string pointer_title(
    const std::string& pointer, const core::Json& declared, const std::string& action
) {
    constexpr std::string_view kFields = "/fields/";
    constexpr std::string_view kInputs = "/inputs/";
    if (pointer.starts_with(kFields)) {
        const std::string name = pointer.substr(kFields.size());
        return title_of(declared, "fields", name.substr(0, name.find('/')));
    }
    if (pointer.starts_with(kInputs)) {
        const std::string name = pointer.substr(kInputs.size());
        const core::Json input = input_of(declared, action, name.substr(0, name.find('/')));
        return text_in(core::find_member(input, "title"), name);
    }
    return pointer;
}

void name_pointers(core::Problem& problem, const core::Json& declared, const std::string& action) {
    for (core::FieldError& error : problem.errors) {
        error.pointer = pointer_title(error.pointer, declared, action);
    }
}

std::string light_text(const std::string& light) {
    return light.empty() ? "" : say("light_sign_" + light) + " " + say("light_word_" + light);
}

std::string name_text(const core::Json& entry) {
    return core::find_string(entry, "number").value_or(text_of(entry, "id"));
}

std::string about_text(
    const core::Json& entry, const core::Json& declared, const core::Json* labels
) {
    const std::string title = text_of(entry, "title");
    std::string out = title == name_text(entry) ? "" : title;
    if (core::find_string(entry, "number")) {
        return out;
    }
    for (const auto& member : entry.at("fields").as_object()) {
        const core::Json* field = find_named(declared, "fields", std::string{member.key()});
        const std::string type = field == nullptr ? "" : text_of(*field, "type");
        if (!member.value().is_null() && (type == "link" || type == "person")) {
            out += (out.empty() ? "" : " · ") + value_text(field, member.value(), labels);
        }
    }
    return out;
}

std::size_t width_of(const std::string& text) {
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        used += columns_of(text::next(text, at));
    }
    return used;
}

std::string padded(const std::string& text, std::size_t width) {
    std::size_t used = 0;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const std::size_t wide = columns_of(text::next(text, at));
        if (used + wide > width) {
            break;
        }
        used += wide;
        out += text.substr(from, at - from);
    }
    return out + std::string(width - used + 2, ' ');
}

std::string entry_text(const core::Json& entry, const core::Json& declared) {
    const core::Json* labels = core::find_member(entry, "labels");
    const std::string name = name_text(entry);
    const std::string title = text_of(entry, "title");
    std::string out = name + (title == name ? "" : "  " + title) + "\n" +
                      title_of(declared, "states", text_of(entry, "state")) + "  ·  " +
                      value_text(nullptr, entry.at("unit"), labels) + "  ·  r" +
                      core::json_text(entry.at("revision")) + "\n\n" +
                      fields_text(entry, declared, labels);
    for (const core::Json& deadline : entry.at("deadlines").as_array()) {
        out += "  " + title_of(declared, "deadlines", text_of(deadline, "name")) + ": " +
               text_of(deadline, "due_on") + "  " + light_text(text_of(deadline, "light")) + "\n";
    }
    const core::Json& round = entry.at("round");
    if (!round.is_null()) {
        out += "  " + action_title(declared, text_of(round, "action")) + ": " +
               core::json_text(round.at("signatures_given")) + "/" +
               core::json_text(round.at("signatures_wanted")) + "\n";
    }
    out += "\n→ ";
    for (const core::Json& action : entry.at("actions").as_array()) {
        const std::string step = text_of(action, "name");
        out += step + " " + action_title(declared, step) + "   ";
    }
    return out + "\n";
}

std::string history_text(const core::Json& history, const core::Json& declared) {
    std::string out;
    for (const core::Json& record : history.at("records").as_array()) {
        out += record_text(record, declared, core::find_member(history, "labels"));
    }
    return out;
}

}  // namespace duban::app
