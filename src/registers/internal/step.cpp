#include "registers/internal/step.h"

#include <algorithm>

#include "core/problem.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using core::FieldError;
using declarations::Action;
using declarations::Field;
using declarations::FieldType;

void refuse_if_any(std::vector<FieldError> errors, const char* code) {
    if (errors.empty()) {
        return;
    }
    core::Problem problem{core::ProblemKind::Invalid, code};
    problem.errors = std::move(errors);
    throw problem;
}

bool may_change(const Action* action, const Field& field) {
    if (field.type == FieldType::Computed) {
        return false;
    }
    if (action == nullptr) {
        return true;  // a backfill sets whatever the paper says (P08)
    }
    return std::find(action->fields.begin(), action->fields.end(), field.name) !=
           action->fields.end();
}

Field required_choice(std::string name, std::vector<declarations::Choice> choices) {
    Field field;
    field.name = std::move(name);
    field.type = FieldType::Choice;
    field.required = true;
    field.choices = std::move(choices);
    return field;
}

/// The declared inputs and the implicit ones (docs/formats/declaration.md, "Actions").
std::vector<Field> inputs_of(const declarations::Register& declared, const Action& action) {
    std::vector<Field> fields = action.inputs;
    if (action.returns) {
        std::vector<declarations::Choice> states;
        for (const declarations::State& state : declared.procedure.states) {
            states.push_back({state.name, state.title});
        }
        fields.push_back(required_choice("to", std::move(states)));
    }
    for (const declarations::Deadline& deadline : declared.procedure.deadlines) {
        const auto& pauses = deadline.pauses;
        if (std::find(pauses.begin(), pauses.end(), action.name) != pauses.end()) {
            fields.push_back(required_choice("pause_reason", deadline.pause_reasons));
            break;
        }
    }
    return fields;
}

/// The titles of choices in each language that one has; the codes where none has a title.
core::Texts titles_of(const std::vector<declarations::Choice>& choices) {
    core::Texts out;
    for (const declarations::Choice& choice : choices) {
        for (const auto& [tag, title] : choice.title.by_tag) {
            std::string& text = out.by_tag[tag];
            text += (text.empty() ? "" : " / ") + title;
        }
    }
    return out;
}

/// What is missing of an input that no declaration gives a title.
FieldError missing_choice(const Field& field, const std::vector<std::string>& earlier) {
    const bool is_state = field.name == "to";
    std::vector<declarations::Choice> choices = field.choices;
    if (is_state) {
        std::erase_if(choices, [&](const declarations::Choice& state) {
            return std::ranges::find(earlier, state.code) == earlier.end();
        });
    }
    std::string codes;
    for (const declarations::Choice& choice : choices) {
        codes += (codes.empty() ? "" : " / ") + choice.code;
    }
    return {
        "/inputs/" + field.name,
        is_state ? "action.return_where" : "action.pause_why",
        {{"choices", codes}},
        {},
        {{"choices", titles_of(choices)}}
    };
}

FieldError missing_input(
    const Action& action, const Field& field, const std::vector<std::string>& earlier
) {
    const bool is_declared = std::ranges::any_of(action.inputs, [&](const Field& input) {
        return input.name == field.name;
    });
    if (!is_declared) {
        return missing_choice(field, earlier);
    }
    return {
        "/inputs/" + field.name,
        "field.required",
        {{"field", field.name}},
        {},
        {{"field", field.title}}
    };
}

}  // namespace

rules::Scope scope_of(const Context& context, const Step& step) {
    return {
        .org = context.org,
        .entry = step.row.id(),
        .today = context.today,
        .parameters = context.profile->parameters,
        .inputs = step.inputs
    };
}

Values checked_fields(
    const declarations::Register& declared, const Action* action, const core::Json& given
) {
    if (!given.is_object()) {
        throw core::Problem{core::ProblemKind::Invalid, "entry.invalid_fields"};
    }
    Values values;
    std::vector<FieldError> errors;
    for (const auto& member : given.get_object()) {
        const std::string name{member.key().data(), member.key().size()};
        const std::string pointer = "/fields/" + name;
        const Field* field = declared.find_field(name);
        if (field == nullptr) {
            errors.push_back({pointer, "field.unknown", {{"field", name}}, {}});
        } else if (!may_change(action, *field)) {
            errors.push_back(
                {pointer, "field.not_in_action", {{"field", name}}, {}, {{"field", field->title}}}
            );
        } else {
            values[name] = codec::normalised(*field, member.value(), pointer, errors);
        }
    }
    refuse_if_any(std::move(errors), "entry.invalid_fields");
    return values;
}

core::JsonObject checked_inputs(
    const declarations::Register& declared,
    const Action& action,
    const core::Json& given,
    const std::vector<std::string>& earlier
) {
    if (!given.is_object()) {
        throw core::Problem{core::ProblemKind::Invalid, "entry.invalid_fields"};
    }
    const std::vector<Field> fields = inputs_of(declared, action);
    core::JsonObject inputs;
    std::vector<FieldError> errors;
    for (const auto& member : given.get_object()) {
        const std::string name{member.key().data(), member.key().size()};
        const bool known = std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
            return field.name == name;
        });
        if (!known) {
            errors.push_back({"/inputs/" + name, "field.unknown", {{"field", name}}, {}});
        }
    }
    for (const Field& field : fields) {
        const core::Json* value = core::find_member(given, field.name);
        const std::string pointer = "/inputs/" + field.name;
        core::Json normal = codec::normalised(
            field, value == nullptr ? core::Json(nullptr) : *value, pointer, errors
        );
        if (field.required && codec::is_empty(normal)) {
            errors.push_back(missing_input(action, field, earlier));
        }
        inputs.emplace(field.name, std::move(normal));
    }
    refuse_if_any(std::move(errors), "entry.invalid_fields");
    return inputs;
}

}  // namespace duban::registers
