#include "api/shapes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "api/internal/named_shapes.h"
#include "core/check.h"

namespace duban::api {

namespace {

using core::Json;
using core::JsonArray;
using core::JsonObject;

constexpr std::string_view kNull = "null";

bool is_named(std::string_view word) {
    return std::ranges::find(internal::named_shapes(), word, &internal::NamedShape::name) !=
           internal::named_shapes().end();
}

std::vector<std::string> split(std::string_view text, std::string_view by) {
    std::vector<std::string> out;
    for (std::size_t end = text.find(by); end != std::string_view::npos; end = text.find(by)) {
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end + by.size());
    }
    out.emplace_back(text);
    return out;
}

JsonObject string_of(std::string_view key, std::string_view value) {
    return {{"type", "string"}, {key, std::string{value}}};
}

/// A word that every shape may use, or a named shape.
Json schema_of_word(std::string_view word) {
    if (word == "text") {
        return JsonObject{{"type", "string"}};
    }
    for (const auto& [name, format] :
         {std::pair{"id", "uuid"}, std::pair{"date", "date"}, std::pair{"instant", "date-time"}}) {
        if (word == name) {
            return string_of("format", format);
        }
    }
    if (word == "hash") {
        return string_of("pattern", "^[0-9a-f]{64}$");
    }
    if (word == "integer" || word == "boolean" || word == "object" || word == kNull) {
        return JsonObject{{"type", std::string{word}}};
    }
    if (word == "any") {
        return JsonObject{};
    }
    core::check(is_named(word), "a shape names what there is");
    return JsonObject{{"$ref", "#/components/schemas/" + std::string{word}}};
}

Json schema_of_constant(std::string_view word) {
    if (word == "true" || word == "false") {
        return JsonObject{{"const", word == "true"}};
    }
    return JsonObject{{"const", std::string{word}}};
}

Json schema_of_scalar(std::string_view text) {
    if (const auto kinds = split(text, " or "); kinds.size() > 1) {
        JsonArray any;
        for (const std::string& kind : kinds) {
            any.push_back(schema_of_scalar(kind));
        }
        return JsonObject{{"anyOf", std::move(any)}};
    }
    if (text.ends_with('?')) {
        return or_null(schema_of_scalar(text.substr(0, text.size() - 1)));
    }
    if (text.starts_with('=')) {
        return schema_of_constant(text.substr(1));
    }
    if (const auto words = split(text, "|"); words.size() > 1) {
        JsonArray names;
        for (const std::string& word : words) {
            names.emplace_back(word);
        }
        return JsonObject{{"type", "string"}, {"enum", std::move(names)}};
    }
    return schema_of_word(text);
}

/// Reads a shape from left to right.
class Reader {
public:
    Reader(std::string_view text, Members members) : rest_{text}, members_{members} {}

    Json whole() {
        Json schema = shape();
        core::check(rest_.empty(), "nothing follows a shape");
        return schema;
    }

private:
    Json shape() {
        if (takes('[')) {
            Json items = shape();
            expect(']');
            return JsonObject{{"type", "array"}, {"items", std::move(items)}};
        }
        return takes('{') ? object() : schema_of_scalar(word(",]}"));
    }

    Json object() {
        JsonObject out = {{"type", "object"}};
        JsonObject properties;
        JsonArray required;
        do {
            std::string name{word(":")};
            expect(':');
            Json schema = shape();
            if (name == "..") {
                out["additionalProperties"] = std::move(schema);
                expect('}');
                return out;
            }
            if (name.ends_with('?')) {
                name.pop_back();
            } else {
                required.emplace_back(name);
            }
            properties[name] = std::move(schema);
        } while (takes(','));
        expect('}');
        out["properties"] = std::move(properties);
        if (!required.empty()) {
            out["required"] = std::move(required);
        }
        if (members_ == Members::Closed) {
            out["additionalProperties"] = false;
        }
        return out;
    }

    std::string_view word(std::string_view ends) {
        skip_blanks();
        const std::string_view found = rest_.substr(0, rest_.find_first_of(ends));
        rest_.remove_prefix(found.size());
        core::check(!found.empty(), "a shape has a word in each place");
        return found;
    }

    bool takes(char c) {
        skip_blanks();
        const bool there = rest_.starts_with(c);
        rest_.remove_prefix(there ? 1 : 0);
        return there;
    }

    void expect(char c) { core::check(takes(c), "a shape ends what it begins"); }

    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    }

    std::string_view rest_;
    Members members_;
};

}  // namespace

Json or_null(Json schema) {
    JsonObject& object = schema.as_object();
    Json* const type = object.if_contains("type");
    if (type == nullptr || !type->is_string()) {
        return JsonObject{
            {"anyOf", JsonArray{std::move(schema), JsonObject{{"type", std::string{kNull}}}}}
        };
    }
    *type = JsonArray{*type, std::string{kNull}};
    if (Json* const names = object.if_contains("enum")) {
        names->as_array().emplace_back(nullptr);
    }
    return schema;
}

Json schema_of_shape(std::string_view shape, Members members) {
    return Reader{shape, members}.whole();
}

JsonObject named_schemas() {
    JsonObject out;
    for (const internal::NamedShape& named : internal::named_shapes()) {
        out[named.name] = schema_of_shape(named.shape, named.members);
    }
    return out;
}

}  // namespace duban::api
