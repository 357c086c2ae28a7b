#include "api/openapi.h"

#include <algorithm>

#include "api/declaration_json.h"

namespace duban::api {

namespace {

using declarations::Field;
using declarations::FieldType;

core::JsonObject nullable(std::string_view type) {
    return {{"type", core::JsonArray{core::Json(std::string{type}), core::Json("null")}}};
}

core::JsonObject schema_of(const Field& field);

core::JsonObject list_schema(const Field& field) {
    if (field.type == FieldType::Rows) {
        core::JsonObject columns;
        for (const Field& column : field.rows) {
            columns[column.name] = schema_of(column);
        }
        return {
            {"type", "array"},
            {"items", core::JsonObject{{"type", "object"}, {"properties", std::move(columns)}}}
        };
    }
    return {{"type", "array"}, {"items", core::JsonObject{{"type", "string"}}}};
}

core::JsonObject schema_of(const Field& field) {
    switch (field.type == FieldType::Computed ? field.computed_type : field.type) {
        case FieldType::Integer:
        case FieldType::Moment: return nullable("integer");
        case FieldType::Boolean: return nullable("boolean");
        case FieldType::Money: return nullable("object");
        case FieldType::Links:
        case FieldType::Rows: return list_schema(field);
        case FieldType::Choice:
            if (field.many) {
                return list_schema(field);
            }
            return nullable("string");
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Decimal:
        case FieldType::Date:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::File:
        case FieldType::Computed: break;
    }
    return nullable("string");
}

core::JsonObject register_schema(const declarations::Register& declared) {
    core::JsonObject fields;
    for (const Field& field : declared.fields) {
        core::JsonObject schema = schema_of(field);
        const std::string_view title = field.title.in("zh");
        if (!title.empty()) {
            schema["title"] = std::string{title};
        }
        fields[field.name] = std::move(schema);
    }
    return {{"type", "object"}, {"properties", std::move(fields)}};
}

core::JsonArray parameters_of(const std::string& pattern) {
    core::JsonArray out;
    for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at)) {
        const std::size_t end = pattern.find('}', at);
        out.push_back(core::JsonObject{
            {"name", pattern.substr(at + 1, end - at - 1)},
            {"in", "path"},
            {"required", true},
            {"schema", core::JsonObject{{"type", "string"}}}
        });
        at = end;
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

core::JsonObject operation_of(const http::Route& route) {
    const core::JsonObject problem = {
        {"description", "a problem (RFC 9457) with a stable code"},
        {"content",
         core::JsonObject{
             {"application/problem+json",
              core::JsonObject{
                  {"schema", core::JsonObject{{"$ref", "#/components/schemas/problem"}}}
              }}
         }}
    };
    return {
        {"parameters", parameters_of(route.pattern)},
        {"responses",
         core::JsonObject{
             {"2XX", core::JsonObject{{"description", "done"}}}, {"4XX", problem}, {"5XX", problem}
         }}
    };
}

}  // namespace

core::JsonObject openapi(const http::Router& router, const Services& services) {
    core::JsonObject paths;
    for (const http::Route* route : router.routes()) {
        if (!route->pattern.starts_with("/api/") && !route->pattern.starts_with("/log/")) {
            continue;
        }
        core::Json& path = paths[route->pattern];
        if (!path.is_object()) {
            path = core::JsonObject{};
        }
        path.get_object()[lower(http::method_name(route->method))] = operation_of(*route);
    }
    core::JsonObject schemas;
    schemas["problem"] = core::JsonObject{
        {"type", "object"},
        {"properties",
         core::JsonObject{
             {"type", core::JsonObject{{"type", "string"}}},
             {"title", core::JsonObject{{"type", "string"}}},
             {"status", core::JsonObject{{"type", "integer"}}},
             {"detail", core::JsonObject{{"type", "string"}}},
             {"code", core::JsonObject{{"type", "string"}}},
             {"errors", core::JsonObject{{"type", "array"}}}
         }}
    };
    if (const auto adopted = services.registers.find_adopted()) {
        for (const declarations::Register* declared : adopted->model().registers()) {
            schemas[declared->name] = register_schema(*declared);
        }
    }
    return {
        {"openapi", "3.1.0"},
        {"info", core::JsonObject{{"title", "Duban"}, {"version", "v1"}}},
        {"paths", std::move(paths)},
        {"components",
         core::JsonObject{
             {"schemas", std::move(schemas)},
             {"securitySchemes",
              core::JsonObject{
                  {"token", core::JsonObject{{"type", "http"}, {"scheme", "bearer"}}},
                  {"session",
                   core::JsonObject{{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-duban"}}}
              }}
         }},
        {"security",
         core::JsonArray{
             core::JsonObject{{"token", core::JsonArray{}}},
             core::JsonObject{{"session", core::JsonArray{}}}
         }}
    };
}

}  // namespace duban::api
