#include "api/declaration_json.h"

#include <algorithm>

namespace duban::api {

namespace {

using declarations::Action;
using declarations::Field;
using declarations::FieldType;
using declarations::Register;

core::JsonArray choices_json(const std::vector<declarations::Choice>& choices) {
    core::JsonArray out;
    for (const auto& choice : choices) {
        out.push_back(core::JsonObject{{"code", choice.code}, {"title", texts_json(choice.title)}});
    }
    return out;
}

core::JsonArray fields_json(const std::vector<Field>& fields) {
    core::JsonArray out;
    for (const Field& field : fields) {
        out.push_back(field_json(field));
    }
    return out;
}

core::JsonArray signatures_json(
    const Services& services, core::OrgId org, const Register& declared, const Action& action
) {
    core::JsonArray out;
    for (const auto& rule : action.signatures) {
        Action one;
        one.signatures = {rule};
        out.push_back(core::JsonObject{
            {"by", rule.by.text()},
            {"count", services.registers.signatures_wanted(org, declared, one)},
            {"title", texts_json(rule.title)}
        });
    }
    return out;
}

core::JsonObject action_json(
    const Services& services, core::OrgId org, const Register& declared, const Action& action
) {
    core::JsonArray by;
    for (const auto& role : action.by) {
        by.emplace_back(role.text());
    }
    core::JsonArray kinds;
    for (const auto kind : action.kinds) {
        kinds.emplace_back(std::string{declarations::text_of(kind)});
    }
    return {
        {"name", action.name},
        {"title", texts_json(action.title)},
        {"from", names_json(action.from)},
        {"to", action.to ? core::Json(*action.to) : core::Json(nullptr)},
        {"returns", action.returns},
        {"by", std::move(by)},
        {"fields", names_json(action.fields)},
        {"need", names_json(action.need)},
        {"inputs", fields_json(action.inputs)},
        {"signatures", signatures_json(services, org, declared, action)},
        {"kinds", std::move(kinds)},
        {"blind", action.blind},
        {"second_factor", action.second_factor},
        {"apart_from", names_json(action.apart_from)},
        {"confirm", action.confirm}
    };
}

core::JsonArray states_json(const Register& declared) {
    core::JsonArray out;
    for (const auto& state : declared.procedure.states) {
        out.push_back(core::JsonObject{
            {"name", state.name},
            {"title", texts_json(state.title)},
            {"final", state.final},
            {"ended_otherwise", state.ended_otherwise}
        });
    }
    return out;
}

core::JsonArray views_json(const Register& declared) {
    core::JsonArray out;
    for (const auto& view : declared.views) {
        out.push_back(core::JsonObject{
            {"name", view.name},
            {"title", texts_json(view.title)},
            {"columns", names_json(view.columns)},
            {"filters", names_json(view.filters)},
            {"sorts", names_json(view.sorts)},
            {"states", names_json(view.states)}
        });
    }
    return out;
}

core::JsonArray layout_json(const Register& declared) {
    core::JsonArray out;
    for (const auto& section : declared.layout) {
        out.push_back(core::JsonObject{
            {"name", section.name},
            {"title", texts_json(section.title)},
            {"fields", names_json(section.fields)},
            {"folded", section.folded}
        });
    }
    return out;
}

}  // namespace

core::JsonArray names_json(const std::vector<std::string>& names) {
    core::JsonArray out;
    for (const std::string& name : names) {
        out.emplace_back(name);
    }
    return out;
}

core::JsonObject texts_json(const core::Texts& texts) {
    core::JsonObject out;
    for (const auto& [tag, text] : texts.by_tag) {
        out[tag] = text;
    }
    return out;
}

std::string_view text_of(FieldType type) {
    switch (type) {
        case FieldType::Text: return "text";
        case FieldType::LongText: return "long_text";
        case FieldType::Integer: return "integer";
        case FieldType::Decimal: return "decimal";
        case FieldType::Money: return "money";
        case FieldType::Boolean: return "boolean";
        case FieldType::Date: return "date";
        case FieldType::Moment: return "moment";
        case FieldType::Choice: return "choice";
        case FieldType::Person: return "person";
        case FieldType::Unit: return "unit";
        case FieldType::Link: return "link";
        case FieldType::Links: return "links";
        case FieldType::File: return "file";
        case FieldType::Rows: return "rows";
        case FieldType::Computed: return "computed";
    }
    return "text";
}

core::JsonObject field_json(const Field& field) {
    return {
        {"name", field.name},
        {"type", std::string{text_of(field.type)}},
        {"title", texts_json(field.title)},
        {"help", field.help.empty() ? core::Json(nullptr) : core::Json(texts_json(field.help))},
        {"required", field.required},
        {"sealed", field.sealed},
        {"set_by", field.set_by == declarations::SetBy::Person ? "person" : "procedure"},
        {"max", field.max},
        {"scale", field.scale},
        {"choices", choices_json(field.choices)},
        {"many", field.many},
        {"to", field.to.empty() ? core::Json(nullptr) : core::Json(field.to)},
        {"rows", fields_json(field.rows)},
        {"default", field.initial ? *field.initial : core::Json(nullptr)}
    };
}

core::JsonObject declaration_json(
    const Services& services, core::OrgId org, const Register& declared
) {
    const auto adopted = services.registers.adopted();
    const declarations::Pack* pack = adopted->model().find_pack(declared.pack);
    core::JsonArray actions;
    for (const Action& action : declared.procedure.actions) {
        if (!action.reached_by_acts) {
            actions.push_back(action_json(services, org, declared, action));
        }
    }
    core::JsonArray deadlines;
    for (const auto& deadline : declared.procedure.deadlines) {
        deadlines.push_back(core::JsonObject{
            {"name", deadline.name},
            {"title", texts_json(deadline.title)},
            {"holder", deadline.holder.text()},
            {"pauses", names_json(deadline.pauses)},
            {"resumes", names_json(deadline.resumes)},
            {"pause_reasons", choices_json(deadline.pause_reasons)}
        });
    }
    core::Json number = nullptr;
    if (declared.number) {
        number = core::JsonObject{{"format", declared.number->format}, {"at", declared.number->at}};
    }
    return {
        {"name", declared.name},
        {"pack", declared.pack},
        {"version", pack == nullptr ? std::string{} : pack->version},
        {"digest", adopted->digest(declared.pack)},
        {"title", texts_json(declared.title)},
        {"entry_title", texts_json(declared.entry_title)},
        {"home", declared.home.here ? std::string{"here"} : declared.home.system},
        {"sealed", declared.sealed},
        {"number", std::move(number)},
        {"fields", fields_json(declared.fields)},
        {"states", states_json(declared)},
        {"actions", std::move(actions)},
        {"deadlines", std::move(deadlines)},
        {"views", views_json(declared)},
        {"layout", layout_json(declared)}
    };
}

}  // namespace duban::api
