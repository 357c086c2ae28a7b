#include "contract.h"

#include <algorithm>
#include <regex>

#include "http/target.h"

namespace duban::scenarios {

namespace {

using core::Json;
using core::JsonObject;

constexpr int kFirstRefusal = 400;

std::string text(const Json& value) {
    return value.is_string() ? std::string{value.get_string()} : core::json_text(value);
}

bool is_of_type(const Json& value, std::string_view type) {
    return (type == "null" && value.is_null()) || (type == "string" && value.is_string()) ||
           (type == "integer" && (value.is_int64() || value.is_uint64())) ||
           (type == "boolean" && value.is_bool()) || (type == "array" && value.is_array()) ||
           (type == "object" && value.is_object());
}

bool is_of_types(const Json& value, const Json& types) {
    if (types.is_string()) {
        return is_of_type(value, text(types));
    }
    return std::ranges::any_of(types.get_array(), [&](const Json& type) {
        return is_of_type(value, text(type));
    });
}

bool is_of_format(const std::string& value, const std::string& format) {
    static const std::regex kDate{R"(\d{4}-\d\d-\d\d)"};
    static const std::regex kInstant{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"};
    static const std::regex kId{R"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"};
    const std::regex& form = format == "date" ? kDate : format == "uuid" ? kId : kInstant;
    return std::regex_match(value, form);
}

/// Whether a path is one of a pattern such as "/api/v1/files/{hash}".
bool fits(std::string_view pattern, const std::string& path) {
    const auto wanted = http::split_path(pattern);
    const auto given = http::split_path(path);
    return wanted && given &&
           std::ranges::equal(*wanted, *given, [](const std::string& a, const std::string& b) {
               return a == b || (a.starts_with('{') && !b.empty());
           });
}

bool has_parameter(const JsonObject& operation, const std::string& in, const std::string& name) {
    return std::ranges::any_of(operation.at("parameters").as_array(), [&](const Json& one) {
        const bool same = http::equal_ignoring_case(text(one.at("name")), name) ||
                          text(one.at("name")) == "filters";
        return text(one.at("in")) == in && same;
    });
}

std::string media_of(const http::Headers& headers) {
    const std::string_view type = headers.find("Content-Type").value_or("");
    return std::string{type.substr(0, type.find(';'))};
}

/// The schema of a body of this kind; null where it has none, absent where the kind is not named.
std::optional<Json> find_content(const JsonObject& holder, const std::string& media) {
    const auto* const content = holder.if_contains("content");
    if (content == nullptr) {
        return std::nullopt;
    }
    for (const std::string& name : {media, std::string{"*/*"}}) {
        if (const Json* const found = content->as_object().if_contains(name)) {
            const Json* const schema = found->as_object().if_contains("schema");
            return schema == nullptr ? Json(nullptr) : *schema;
        }
    }
    return std::nullopt;
}

std::string lower(std::string_view word) {
    std::string out{word};
    std::ranges::transform(out, out.begin(), http::lower);
    return out;
}

}  // namespace

const JsonObject* Contract::find_operation(const http::Request& request) const {
    // As the router does: a literal goes before a parameter.
    const JsonObject* found = nullptr;
    std::size_t parameters = std::string::npos;
    for (const auto& path : document_.at("paths").as_object()) {
        const Json* const operation =
            path.value().as_object().if_contains(lower(http::method_name(request.method)));
        const auto count = static_cast<std::size_t>(std::ranges::count(path.key(), '{'));
        if (operation != nullptr && count < parameters && fits(path.key(), request.path)) {
            found = &operation->as_object();
            parameters = count;
        }
    }
    return found;
}

std::string Contract::fault_of(const http::Request& request, const http::Response& answer) const {
    const JsonObject* const operation = find_operation(request);
    if (operation == nullptr || !operation->contains("operationId")) {
        return {};
    }
    std::string fault = fault_of_answer(*operation, answer);
    if (fault.empty() && answer.status < kFirstRefusal) {
        fault = fault_of_request(*operation, request);
    }
    return fault.empty() ? fault : text(operation->at("operationId")) + ": " + fault;
}

std::string Contract::fault_of_request(const JsonObject& operation, const http::Request& request)
    const {
    for (const auto& [name, value] : request.query.parameters()) {
        if (!has_parameter(operation, "query", name)) {
            return "the parameter " + name;
        }
    }
    for (const char* name : {"If-Match", "Idempotency-Key", "Duban-Wait", "Duban-Language"}) {
        if (request.headers.contains(name) && !has_parameter(operation, "header", name)) {
            return std::string{"the header "} + name;
        }
    }
    // Where nothing is asked for, an empty object is nothing.
    if (request.body.empty() || request.body == "{}") {
        return {};
    }
    const Json* const body = operation.if_contains("requestBody");
    const auto schema =
        body == nullptr ? std::nullopt : find_content(body->as_object(), media_of(request.headers));
    if (!schema) {
        return "the body of " + media_of(request.headers);
    }
    return schema->is_null() ? "" : fault_of(*schema, core::parse_json(request.body), "body");
}

std::string Contract::fault_of_answer(const JsonObject& operation, const http::Response& answer)
    const {
    const JsonObject& answers = operation.at("responses").as_object();
    const std::string status = std::to_string(answer.status);
    const Json* described = answers.if_contains(status);
    if (described == nullptr) {
        described = answers.if_contains(status.substr(0, 1) + "XX");
    }
    if (described == nullptr) {
        return "the status " + status;
    }
    if (answer.body.empty()) {
        return {};
    }
    const auto schema = find_content(resolved(*described).as_object(), media_of(answer.headers));
    if (!schema) {
        return "an answer of " + media_of(answer.headers);
    }
    return schema->is_null() ? "" : fault_of(*schema, core::parse_json(answer.body), "answer");
}

const Json& Contract::resolved(const Json& schema) const {
    const Json* at = &schema;
    while (const Json* const reference = core::find_member(*at, "$ref")) {
        const std::string path = text(*reference);  // "#/components/schemas/entry"
        const std::size_t last = path.rfind('/');
        const std::size_t kind = path.rfind('/', last - 1);
        at = &document_.at("components")
                  .at(path.substr(kind + 1, last - kind - 1))
                  .at(path.substr(last + 1));
    }
    return *at;
}

std::string Contract::fault_of(const Json& schema, const Json& value, const std::string& place)
    const {
    const JsonObject& rule = resolved(schema).as_object();
    const auto other = [&](const std::string& what) {
        return place + " is " + core::json_text(value) + ", not " + what;
    };
    if (rule.contains("oneOf") || rule.contains("anyOf")) {
        return fault_of_kinds(rule, value, place);
    }
    if (const Json* const only = rule.if_contains("const"); only != nullptr && *only != value) {
        return other(core::json_text(*only));
    }
    if (const Json* const type = rule.if_contains("type");
        type != nullptr && !is_of_types(value, *type)) {
        return other(core::json_text(*type));
    }
    if (const Json* const words = rule.if_contains("enum")) {
        if (std::ranges::find(words->as_array(), value) == words->as_array().end()) {
            return other(core::json_text(*words));
        }
    }
    if (const Json* const format = rule.if_contains("format");
        format != nullptr && value.is_string() && !is_of_format(text(value), text(*format))) {
        return other(text(*format));
    }
    if (const Json* const pattern = rule.if_contains("pattern");
        pattern != nullptr && value.is_string() &&
        !std::regex_match(text(value), std::regex{text(*pattern)})) {
        return other(text(*pattern));
    }
    if (const Json* const items = rule.if_contains("items"); items != nullptr && value.is_array()) {
        for (std::size_t at = 0; at < value.get_array().size(); ++at) {
            std::string fault =
                fault_of(*items, value.get_array()[at], place + "/" + std::to_string(at));
            if (!fault.empty()) {
                return fault;
            }
        }
    }
    return value.is_object() ? fault_of_members(rule, value.get_object(), place) : "";
}

std::string Contract::fault_of_kinds(
    const JsonObject& schema, const Json& value, const std::string& place
) const {
    if (const Json* const by = schema.if_contains("discriminator")) {
        const auto name = core::find_string(value, text(by->at("propertyName")));
        const Json* const kind = name ? by->at("mapping").as_object().if_contains(*name) : nullptr;
        return kind == nullptr ? place + " is of no kind that the document names"
                               : fault_of(JsonObject{{"$ref", *kind}}, value, place);
    }
    const Json* const any = schema.if_contains("anyOf");
    std::string faults;
    for (const Json& kind : (any == nullptr ? schema.at("oneOf") : *any).as_array()) {
        const std::string fault = fault_of(kind, value, place);
        if (fault.empty()) {
            return {};
        }
        faults += (faults.empty() ? "" : "; ") + fault;
    }
    return faults;
}

std::string Contract::fault_of_members(
    const JsonObject& schema, const JsonObject& value, const std::string& place
) const {
    const Json* const properties = schema.if_contains("properties");
    const Json* const others = schema.if_contains("additionalProperties");
    if (properties == nullptr && others == nullptr) {
        return {};
    }
    if (const Json* const required = schema.if_contains("required")) {
        for (const Json& name : required->as_array()) {
            if (!value.contains(text(name))) {
                return place + " lacks " + text(name);
            }
        }
    }
    for (const auto& member : value) {
        const Json* rule =
            properties == nullptr ? nullptr : properties->as_object().if_contains(member.key());
        if (rule == nullptr && others != nullptr && others->is_object()) {
            rule = others;
        }
        const std::string at = place + "/" + std::string{member.key()};
        const std::string fault =
            rule == nullptr ? at + " is not described" : fault_of(*rule, member.value(), at);
        if (!fault.empty()) {
            return fault;
        }
    }
    return {};
}

}  // namespace duban::scenarios
