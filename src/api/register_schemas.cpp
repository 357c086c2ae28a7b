#include "api/internal/register_schemas.h"

#include <algorithm>

#include "api/shapes.h"

namespace duban::api::internal {

namespace {

using core::Json;
using core::JsonArray;
using core::JsonObject;
using declarations::Action;
using declarations::Field;
using declarations::FieldType;
using declarations::Register;

/// Values of a list are never null, and of other fields may be (docs/formats/api.md, section 6).
enum class Place { Field, InList };

Json schema_of(const Field& field, Place place);

Json list_of(Json items) {
    return JsonObject{{"type", "array"}, {"items", std::move(items)}};
}

JsonObject properties_of(const std::vector<Field>& fields) {
    JsonObject out;
    for (const Field& field : fields) {
        Json schema = schema_of(field, Place::Field);
        if (const std::string_view title = field.title.in("zh"); !title.empty()) {
            schema.as_object()["title"] = std::string{title};
        }
        out[field.name] = std::move(schema);
    }
    return out;
}

Json choice_of(const std::vector<declarations::Choice>& choices) {
    JsonArray codes;
    for (const auto& choice : choices) {
        codes.emplace_back(choice.code);
    }
    return JsonObject{{"type", "string"}, {"enum", std::move(codes)}};
}

std::string_view shape_of(FieldType type) {
    switch (type) {
        case FieldType::Integer:
        case FieldType::Moment: return "integer";
        case FieldType::Boolean: return "boolean";
        case FieldType::Money: return "money";
        case FieldType::Date: return "date";
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Links: return "id";
        case FieldType::File: return "hash";
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Decimal:
        case FieldType::Choice:
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    return "text";
}

Json schema_of(const Field& field, Place place) {
    const FieldType type = field.type == FieldType::Computed ? field.computed_type : field.type;
    if (type == FieldType::Rows) {
        return list_of(JsonObject{{"type", "object"}, {"properties", properties_of(field.rows)}});
    }
    Json one =
        type == FieldType::Choice ? choice_of(field.choices) : schema_of_shape(shape_of(type));
    const bool many = type == FieldType::Links || field.many;
    if (many && place == Place::Field) {
        return list_of(std::move(one));
    }
    return or_null(std::move(one));
}

/// `name` as a schema of its own that takes nothing else, with what is required.
Json closed(JsonObject properties, JsonArray required) {
    JsonObject out = {
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}
    };
    if (!required.empty()) {
        out["required"] = std::move(required);
    }
    return out;
}

JsonObject reference(const std::string& name) {
    return {{"$ref", "#/components/schemas/" + name}};
}

Json entry_schema(const JsonObject& any_entry, const Register& declared) {
    JsonObject schema = any_entry;
    JsonObject& properties = schema.at("properties").as_object();
    properties["register"] = JsonObject{{"const", declared.name}};
    properties["fields"] = reference(declared.name + ".fields");
    return schema;
}

/// What an action asks for, with the inputs that no declaration writes out.
Json inputs_schema(const Register& declared, const Action& action) {
    JsonObject inputs = properties_of(action.inputs);
    JsonArray required;
    for (const Field& input : action.inputs) {
        if (input.required) {
            required.emplace_back(input.name);
        }
    }
    if (action.returns) {
        inputs["to"] = schema_of_shape("text");
    }
    for (const auto& deadline : declared.procedure.deadlines) {
        if (std::ranges::find(deadline.pauses, action.name) != deadline.pauses.end()) {
            inputs["pause_reason"] = choice_of(deadline.pause_reasons);
        }
    }
    return closed(std::move(inputs), std::move(required));
}

/// The body of an action: what a person may fill, and what he is asked for.
Json action_schema(const JsonObject& doing, const Register& declared, const Action& action) {
    std::vector<Field> fields;
    std::ranges::copy_if(declared.fields, std::back_inserter(fields), [&](const Field& field) {
        return std::ranges::find(action.fields, field.name) != action.fields.end();
    });
    JsonObject schema = doing;
    JsonObject& properties = schema.at("properties").as_object();
    properties["fields"] = closed(properties_of(fields), {});
    properties["inputs"] = inputs_schema(declared, action);
    return schema;
}

}  // namespace

void add_register_schemas(JsonObject& schemas, const registers::Adopted* adopted) {
    const JsonObject any_entry = schemas.at("any_entry").as_object();
    const JsonObject doing = schemas.at("doing").as_object();
    if (adopted == nullptr || adopted->model().registers().empty()) {
        return;
    }
    JsonArray kinds;
    JsonObject mapping;
    for (const Register* declared : adopted->model().registers()) {
        const std::string entry = declared->name + ".entry";
        schemas[declared->name + ".fields"] =
            JsonObject{{"type", "object"}, {"properties", properties_of(declared->fields)}};
        schemas[entry] = entry_schema(any_entry, *declared);
        kinds.push_back(reference(entry));
        mapping[declared->name] = "#/components/schemas/" + entry;
        for (const Action& action : declared->procedure.actions) {
            if (!action.reached_by_acts) {
                schemas[declared->name + ".actions." + action.name] =
                    action_schema(doing, *declared, action);
            }
        }
    }
    schemas["entry"] = JsonObject{
        {"oneOf", std::move(kinds)},
        {"discriminator", JsonObject{{"propertyName", "register"}, {"mapping", std::move(mapping)}}}
    };
}

}  // namespace duban::api::internal
