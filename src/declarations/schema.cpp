// The JSON Schema of a register file. Made of the tables the readers use, so that what an editor
// completes is what `duban pack check` accepts; what refers to other places only the check sees.

#include "core/json.h"
#include "declarations/internal/keys.h"
#include "declarations/internal/words.h"
#include "declarations/reading.h"

namespace duban::declarations {

namespace {

using core::Json;
using core::JsonArray;
using core::JsonObject;

constexpr std::string_view kNamePattern = "^[a-z][a-z0-9_]{1,40}$";

JsonObject reference(std::string_view kind) {
    return {{"$ref", "#/$defs/" + std::string{kind}}};
}

JsonObject text(std::string_view pattern = {}) {
    JsonObject schema{{"type", "string"}, {"minLength", 1}};
    if (!pattern.empty()) {
        schema["pattern"] = pattern;
    }
    return schema;
}

JsonObject object_of(Keys keys, std::initializer_list<std::string_view> required = {}) {
    JsonObject properties;
    for (const Key& key : keys) {
        properties[key.name] = reference(key.kind);
    }
    JsonObject schema{{"type", "object"}, {"additionalProperties", false}};
    schema["properties"] = std::move(properties);
    if (required.size() > 0) {
        JsonArray names;
        for (const std::string_view name : required) {
            names.emplace_back(name);
        }
        schema["required"] = std::move(names);
    }
    return schema;
}

/// A map from names to `value`.
JsonObject map_of(Json value) {
    JsonObject schema{{"type", "object"}, {"minProperties", 1}};
    schema["propertyNames"] = text(kNamePattern);
    schema["additionalProperties"] = std::move(value);
    return schema;
}

JsonObject list_of(Json item) {
    JsonObject schema{{"type", "array"}, {"minItems", 1}};
    schema["items"] = std::move(item);
    return schema;
}

JsonObject any_of(std::initializer_list<Json> schemas) {
    JsonArray all;
    for (const Json& schema : schemas) {
        all.push_back(schema);
    }
    JsonObject either;
    either["anyOf"] = std::move(all);
    return either;
}

template <typename Meaning>
JsonObject one_of(Words<Meaning> words) {
    JsonArray names;
    for (const auto& [word, meaning] : words) {
        names.emplace_back(word);
    }
    JsonObject schema;
    schema["enum"] = std::move(names);
    return schema;
}

JsonObject null() {
    return {{"type", "null"}};
}

std::string role_pattern() {
    std::string places;
    for (const auto& [word, place] : kRolePlaces) {
        if (place != RolePlace::Self) {
            places += (places.empty() ? "" : "|") + std::string{word};
        }
    }
    return "^(self|(" + places + ")\\.[a-z][a-z0-9_]{1,40})$";
}

void add_simple(JsonObject& definitions) {
    definitions["name"] = text(kNamePattern);
    definitions["text"] = text();
    definitions["expression"] = text();
    definitions["boolean"] = JsonObject{{"type", "boolean"}};
    definitions["integer"] = JsonObject{{"type", "integer"}};
    definitions["value"] = JsonObject{{"type", JsonArray{"string", "integer", "boolean"}}};
    definitions["role"] = text(role_pattern());
    definitions["returns"] = JsonObject{{"const", "earlier"}};
    JsonObject texts{{"type", "object"}, {"minProperties", 1}};
    texts["propertyNames"] = text("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$");
    texts["additionalProperties"] = text();
    definitions["texts"] = std::move(texts);
    definitions["names"] = any_of({text(), list_of(text())});
    definitions["roles"] =
        any_of({reference("role"), JsonObject{{"const", "procedure"}}, list_of(reference("role"))});
    definitions["expressions"] = map_of(reference("expression"));
    JsonObject whole{{"type", "integer"}, {"minimum", 1}};
    definitions["count"] = any_of({std::move(whole), object_of(kCountKeys, {"param"})});
}

void add_words(JsonObject& definitions) {
    definitions["field_type"] = one_of<FieldType>(kFieldTypes);
    definitions["result_type"] = one_of<FieldType>(kResultTypes);
    definitions["set_by"] = one_of<SetBy>(kSetBy);
    const JsonObject kind = one_of<SignatureKind>(kSignatureKinds);
    definitions["kinds"] = any_of({kind, list_of(kind)});
}

void add_parts(JsonObject& definitions) {
    definitions["home"] = any_of({JsonObject{{"const", "here"}}, object_of(kHomeKeys, {"system"})});
    definitions["number"] = object_of(kNumberKeys, {"format"});
    definitions["fields"] = map_of(object_of(kFieldKeys, {"type"}));
    definitions["choices"] =
        any_of({list_of(reference("name")), map_of(any_of({reference("texts"), null()}))});
    definitions["procedure"] = object_of(kProcedureKeys, {"initial", "states", "actions"});
    definitions["states"] = map_of(any_of({object_of(kStateKeys), null()}));
    definitions["actions"] = map_of(object_of(kActionKeys));
    definitions["signatures"] = list_of(object_of(kSignatureKeys, {"by"}));
    definitions["checks"] = list_of(object_of(kCheckKeys, {"that", "code"}));
    definitions["opens"] = list_of(object_of(kOpensKeys, {"register"}));
    definitions["acts"] = list_of(object_of(kActsKeys, {"on", "action"}));
    definitions["deadlines"] = map_of(object_of(kDeadlineKeys, {"starts", "holder"}));
    JsonObject term = object_of(kTermKeys);
    term["minProperties"] = 1;
    term["maxProperties"] = 1;
    definitions["term"] = std::move(term);
    definitions["step"] = any_of({reference("integer"), object_of(kCountKeys, {"param"})});
    definitions["lights"] = object_of(kLightsKeys);
    definitions["views"] = map_of(object_of(kViewKeys, {"columns"}));
    definitions["layout"] = map_of(object_of(kSectionKeys, {"fields"}));
}

}  // namespace

core::Json register_schema() {
    JsonObject definitions;
    add_simple(definitions);
    add_words(definitions);
    add_parts(definitions);
    JsonObject schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "A register of a Duban pack"}
    };
    for (const auto& member : object_of(kRegisterKeys, {"register", "fields", "procedure"})) {
        schema[member.key()] = member.value();
    }
    schema["$defs"] = std::move(definitions);
    return schema;
}

}  // namespace duban::declarations
