#include "api/openapi.h"

#include <algorithm>
#include <array>

#include "api/internal/register_schemas.h"
#include "api/outlets.h"
#include "core/check.h"
#include "http/target.h"

namespace duban::api {

namespace {

using core::Json;
using core::JsonArray;
using core::JsonObject;

struct Named {
    std::string_view name;
    std::string_view shape;
    std::string_view about;
};

constexpr std::array kPathParameters = std::to_array<Named>({
    {"register", "text", "The name of a register"},
    {"id", "text", "An id; of an entry also `number:` and its number"},
    {"action", "text", "The name of an action of the register, or `backfill`"},
    {"hash", "hash", "The SHA-256 of a file"},
    {"figure", "text", "The name of a figure"},
    {"control", "text", "The name of a control"},
    {"org", "integer", "The number of the organisation"},
    {"tile",
     "text",
     "Level, index and width of a tile as C2SP tlog-tiles writes them: `0/x001/234.p/17`; of "
     "entries "
     "without the level. Its slashes are no escapes"},
});

struct RequestHeader {
    std::string_view name;
    bool required;
    std::string_view about;
};

/// Of every request.
constexpr std::string_view kLanguageHeader = "Duban-Language";

constexpr std::array kRequestHeaders = std::to_array<RequestHeader>({
    {"If-Match", true, "The revision that the person saw, in quotes: `\"7\"`"},
    {"Idempotency-Key",
     false,
     "1 to 64 characters of [A-Za-z0-9_-], kept for 24 hours: the same key and request are "
     "answered "
     "as the first time"},
    {"Duban-Wait", false, "Wait up to a second until search has followed the journal to here"},
    {kLanguageHeader, false, "The language of the answer, before the account's: `zh` or `en`"},
});

constexpr std::array kAnswerHeaders = std::to_array<Named>({
    {"ETag", "text", "Of an entry its revision, else a digest"},
    {"Location", "text", "Where what was made stands"},
    {"Duban-Position", "integer", "Records of the journal that the answer includes"},
    {"Duban-Next", "text", "The cursor of the next page"},
    {"Idempotency-Replayed", "text", "`true`: this is the answer of the first time"},
    {"Set-Cookie", "text", "The session, or its end"},
});

template <std::size_t Size>
const Named& find_named(const std::array<Named, Size>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &Named::name);
    core::check(found != all.end(), "a description says what it names");
    return *found;
}

JsonArray path_parameters(std::string_view pattern) {
    JsonArray out;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at)) {
        const std::size_t end = pattern.find_first_of(".}", at);  // "{tile...}" is of this name too
        const Named& named = find_named(kPathParameters, pattern.substr(at + 1, end - at - 1));
        out.push_back(JsonObject{
            {"name", std::string{named.name}},
            {"in", "path"},
            {"required", true},
            {"description", std::string{named.about}},
            {"schema", schema_of_shape(named.shape)}
        });
        at = end;
    }
    return out;
}

void add_query(JsonArray& parameters, const Outlet& outlet) {
    for (const Parameter& parameter : outlet.query) {
        Json schema = schema_of_shape(parameter.shape);
        if (parameter.times == Parameter::Times::Many) {
            schema = JsonObject{{"type", "array"}, {"items", std::move(schema)}};
        }
        parameters.push_back(JsonObject{
            {"name", std::string{parameter.name}},
            {"in", "query"},
            {"description", std::string{parameter.about}},
            {"schema", std::move(schema)}
        });
    }
    if (!outlet.filters.empty()) {
        parameters.push_back(JsonObject{
            {"name", "filters"},
            {"in", "query"},
            {"description", std::string{outlet.filters}},
            {"style", "form"},
            {"explode", true},
            {"schema", schema_of_shape("{..: [text]}")}
        });
    }
}

void add_header(JsonArray& parameters, std::string_view name) {
    const auto header = std::ranges::find(kRequestHeaders, name, &RequestHeader::name);
    core::check(header != kRequestHeaders.end(), "a description says what it names");
    parameters.push_back(JsonObject{
        {"name", std::string{name}},
        {"in", "header"},
        {"required", header->required},
        {"description", std::string{header->about}},
        {"schema", schema_of_shape("text")}
    });
}

JsonObject content_of(std::string_view shape, std::string_view media, Members members) {
    // Bytes of another kind have no schema (OpenAPI 3.1, "Considerations for File Uploads").
    JsonObject type;
    if (!shape.empty()) {
        type["schema"] = schema_of_shape(shape, members);
    }
    return {{std::string{media}, std::move(type)}};
}

JsonObject body_of(const Body& body) {
    return {
        {"required", body.need == Body::Need::Required},
        {"content", content_of(body.shape, body.media, Members::Closed)}
    };
}

JsonObject answer_of(const Outlet& outlet, const Answer& answer) {
    constexpr int kNoContent = 204;
    JsonObject out = {{"description", answer.status == kNoContent ? "Done" : "The answer"}};
    if (answer.status != kNoContent) {
        out["content"] = content_of(answer.shape, answer.media, Members::Open);
    }
    JsonObject headers;
    for (const std::string_view name : outlet.says) {
        const Named& named = find_named(kAnswerHeaders, name);
        headers[name] = JsonObject{
            {"description", std::string{named.about}}, {"schema", schema_of_shape(named.shape)}
        };
    }
    if (!headers.empty()) {
        out["headers"] = std::move(headers);
    }
    return out;
}

JsonObject operation_of(const http::Route& route) {
    JsonArray parameters = path_parameters(route.pattern);
    const JsonObject refused = {{"$ref", "#/components/responses/problem"}};
    JsonObject responses = {{"4XX", refused}, {"5XX", refused}};
    JsonObject out;
    if (const Outlet* outlet = find_outlet(route.method, route.pattern)) {
        out["operationId"] = std::string{outlet->id};
        out["summary"] = std::string{outlet->summary};
        out["tags"] = JsonArray{Json(std::string{outlet->tag})};
        add_query(parameters, *outlet);
        for (const std::string_view name : outlet->headers) {
            add_header(parameters, name);
        }
        if (outlet->body) {
            out["requestBody"] = body_of(*outlet->body);
        }
        for (const Answer& answer : outlet->answers) {
            responses[std::to_string(answer.status)] = answer_of(*outlet, answer);
        }
        if (outlet->open == Open::ToAll) {
            out["security"] = JsonArray{};
        }
    }
    add_header(parameters, kLanguageHeader);
    out["parameters"] = std::move(parameters);
    out["responses"] = std::move(responses);
    return out;
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), http::lower);
    return out;
}

/// OpenAPI has no word for a parameter that takes the rest of a path.
std::string path_of(const http::Route& route) {
    std::string path = route.pattern;
    if (const std::size_t dots = path.find("...}"); dots != path.npos) {
        path.erase(dots, 3);
    }
    return path;
}

JsonObject paths_of(const http::Router& router) {
    JsonObject paths;
    for (const http::Route* route : router.routes()) {
        if (!route->pattern.starts_with("/api/") && !route->pattern.starts_with("/log/")) {
            continue;
        }
        Json& path = paths[path_of(*route)];
        if (!path.is_object()) {
            path = JsonObject{};
        }
        path.get_object()[lower(http::method_name(route->method))] = operation_of(*route);
    }
    return paths;
}

/// In the order of the page.
JsonArray tags() {
    JsonArray out;
    for (const Outlet& outlet : outlets()) {
        const bool known = std::ranges::any_of(out, [&](const Json& tag) {
            return tag.at("name").as_string() == outlet.tag;
        });
        if (!known) {
            out.push_back(JsonObject{{"name", std::string{outlet.tag}}});
        }
    }
    return out;
}

JsonObject components_of(const Services& services) {
    JsonObject schemas = named_schemas();
    internal::add_register_schemas(schemas, services.registers.find_adopted().get());
    return {
        {"schemas", std::move(schemas)},
        {"responses",
         JsonObject{
             {"problem",
              JsonObject{
                  {"description", "A problem (RFC 9457) with a stable code"},
                  {"content", content_of("problem", "application/problem+json", Members::Open)}
              }}
         }},
        {"securitySchemes",
         JsonObject{
             {"token", JsonObject{{"type", "http"}, {"scheme", "bearer"}}},
             {"session",
              JsonObject{
                  {"type", "apiKey"},
                  {"in", "cookie"},
                  {"name", "__Host-duban"},
                  {"description",
                   "An unsafe method also needs the server's own Origin, or Sec-Fetch-Site: "
                   "same-origin"}
              }}
         }}
    };
}

}  // namespace

JsonObject openapi(const http::Router& router, const Services& services) {
    return {
        {"openapi", "3.1.0"},
        {"info", JsonObject{{"title", "Duban"}, {"version", "v1"}}},
        {"tags", tags()},
        {"paths", paths_of(router)},
        {"components", components_of(services)},
        {"security",
         JsonArray{JsonObject{{"token", JsonArray{}}}, JsonObject{{"session", JsonArray{}}}}}
    };
}

}  // namespace duban::api
