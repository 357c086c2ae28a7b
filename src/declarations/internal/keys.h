// Every key of the language, each with the kind of its value: the readers refuse what is not here,
// and the JSON Schema is made of the same tables, so the two cannot differ.

#pragma once

#include <array>
#include <span>
#include <string_view>

namespace duban::declarations {

struct Key {
    std::string_view name;
    std::string_view kind;  ///< a definition of the schema: "texts", "names", "boolean", …
};

using Keys = std::span<const Key>;

inline constexpr std::array kPackKeys = std::to_array<Key>({
    {"name", "name"},
    {"version", "text"},
    {"title", "texts"},
    {"needs", "names"},
    {"roles", "texts_map"},
    {"parameters", "parameters"},
    {"messages", "texts_map"},
});

inline constexpr std::array kParameterKeys = std::to_array<Key>({
    {"title", "texts"},
    {"type", "parameter_type"},
    {"default", "value"},
    {"source", "text"},
    {"least", "integer"},
    {"counts_signatures", "boolean"},
});

inline constexpr std::array kRegisterKeys = std::to_array<Key>({
    {"register", "name"},
    {"title", "texts"},
    {"entry_title", "texts"},
    {"serves", "names"},
    {"keywords", "names"},
    {"home", "home"},
    {"sealed", "boolean"},
    {"number", "number"},
    {"fields", "fields"},
    {"procedure", "procedure"},
    {"read", "roles"},
    {"read_through", "names"},
    {"views", "views"},
    {"layout", "layout"},
    {"was", "name"},
});

inline constexpr std::array kHomeKeys = std::to_array<Key>({{"system", "text"}});

inline constexpr std::array kNumberKeys = std::to_array<Key>({
    {"format", "text"},
    {"at", "name"},
    {"gapless", "boolean"},
});

inline constexpr std::array kFieldKeys = std::to_array<Key>({
    {"type", "field_type"},
    {"title", "texts"},
    {"help", "texts"},
    {"required", "boolean"},
    {"sealed", "boolean"},
    {"search", "boolean"},
    {"title_field", "boolean"},
    {"indexed", "boolean"},
    {"set_by", "set_by"},
    {"max", "integer"},
    {"scale", "integer"},
    {"choices", "choices"},
    {"many", "boolean"},
    {"to", "name"},
    {"rows", "fields"},
    {"expression", "expression"},
    {"result", "result_type"},
    {"default", "value"},
    {"was", "name"},
});

inline constexpr std::array kProcedureKeys = std::to_array<Key>({
    {"initial", "name"},
    {"states", "states"},
    {"actions", "actions"},
    {"deadlines", "deadlines"},
});

inline constexpr std::array kStateKeys = std::to_array<Key>({
    {"title", "texts"},
    {"final", "boolean"},
    {"ended_otherwise", "boolean"},
    {"backfillable", "boolean"},
});

inline constexpr std::array kActionKeys = std::to_array<Key>({
    {"title", "texts"},      {"from", "names"},      {"to", "name"},
    {"returns", "returns"},  {"by", "roles"},        {"fields", "names"},
    {"need", "names"},       {"inputs", "fields"},   {"signatures", "signatures"},
    {"kinds", "kinds"},      {"blind", "boolean"},   {"second_factor", "boolean"},
    {"apart_from", "names"}, {"check", "checks"},    {"set", "expressions"},
    {"opens", "opens"},      {"acts", "acts"},       {"run", "name"},
    {"unit", "text"},        {"confirm", "boolean"},
});

inline constexpr std::array kSignatureKeys = std::to_array<Key>({
    {"by", "role"},
    {"count", "count"},
    {"title", "texts"},
});

inline constexpr std::array kCountKeys = std::to_array<Key>({{"param", "name"}});

inline constexpr std::array kCheckKeys = std::to_array<Key>({
    {"that", "expression"},
    {"code", "text"},
});

inline constexpr std::array kOpensKeys = std::to_array<Key>({
    {"register", "name"},
    {"each", "name"},
    {"set", "expressions"},
});

inline constexpr std::array kActsKeys = std::to_array<Key>({
    {"on", "name"},
    {"action", "name"},
});

inline constexpr std::array kDeadlineKeys = std::to_array<Key>({
    {"title", "texts"},
    {"starts", "names"},
    {"stops", "names"},
    {"pauses", "names"},
    {"resumes", "names"},
    {"pause_reasons", "choices"},
    {"due", "name"},
    {"first", "name"},
    {"term", "term"},
    {"holder", "role"},
    {"lights", "lights"},
});

inline constexpr std::array kTermKeys = std::to_array<Key>({
    {"days", "count"},
    {"workdays", "count"},
    {"months", "count"},
});

inline constexpr std::array kLightsKeys = std::to_array<Key>({
    {"yellow", "step"},
    {"blue", "step"},
});

inline constexpr std::array kViewKeys = std::to_array<Key>({
    {"title", "texts"},
    {"columns", "names"},
    {"filters", "names"},
    {"sorts", "names"},
    {"states", "names"},
});

inline constexpr std::array kSectionKeys = std::to_array<Key>({
    {"title", "texts"},
    {"fields", "names"},
    {"folded", "boolean"},
});

inline constexpr std::array kControlKeys = std::to_array<Key>({
    {"register", "name"},
    {"kind", "control_kind"},
    {"severity", "severity"},
    {"scope", "control_scope"},
    {"every", "every"},
    {"since", "text"},
    {"counts", "names"},
    {"sums", "names"},
    {"reasons", "choices"},
    {"keywords", "names"},
    {"title", "texts"},
    {"source", "text"},
});

}  // namespace duban::declarations
