#include "rules/internal/reasons.h"

#include <algorithm>
#include <array>

namespace duban::rules {

namespace {

/// Tokens [begin, end).
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Past the parentheses that `at` may open.
std::size_t next(const Script& script, std::size_t at) {
    return (script.is(at, "(") ? script.partner[at] : at) + 1;
}

/// The second column of the select that the whole query is, without its name.
Span reason_column(const Script& script) {
    std::size_t at = 0;
    while (at < script.size() && !script.is(at, "select")) {
        at = next(script, at);
    }
    Span column;
    int commas = 0;
    for (; at < script.size() && !script.is(at, "from"); at = next(script, at)) {
        if (script.is(at, ",")) {
            ++commas;
            column.begin = commas == 1 ? at + 1 : column.begin;
        }
        if (commas == 1) {
            column.end = at + 1;
        }
    }
    const bool is_named = column.end >= column.begin + 2 && script.is(column.end - 2, "as");
    column.end -= is_named ? 2 : 0;
    return column;
}

/// What a case may come to: the token after each of its `then` and `else`.
std::vector<std::size_t> outcomes(const Script& script, const Span& column) {
    constexpr std::array<std::string_view, 2> kBefore = {"then", "else"};
    constexpr std::array<std::string_view, 3> kAfter = {"when", "else", "end"};
    if (!script.is(column.begin, "case")) {
        const bool is_one = column.end == column.begin + 1;
        return {is_one ? column.begin : column.end};
    }
    std::vector<std::size_t> found;
    for (std::size_t at = column.begin; at < column.end; at = next(script, at)) {
        if (script.is_any(at, kBefore) && !script.is(at + 1, "case")) {
            const bool is_plain = script.is_any(at + 2, kAfter);
            found.push_back(is_plain ? at + 1 : column.end);
        }
    }
    return found;
}

ScriptFault fault_of(const Script& script, std::size_t at, std::string code) {
    const Token& token = script.tokens[at];
    return {.code = std::move(code), .params = {}, .line = token.line, .column = token.column};
}

}  // namespace

std::vector<ScriptFault> reason_faults(const Script& script, const declarations::Control& control) {
    std::vector<ScriptFault> faults;
    if (control.reasons.empty()) {
        return faults;
    }
    const Span column = reason_column(script);
    for (const std::size_t at : outcomes(script, column)) {
        if (at >= column.end || script.kind(at) != TokenKind::String) {
            faults.push_back(fault_of(script, column.begin, "control.reason_not_code"));
            continue;
        }
        const std::string& text = script.tokens[at].text;
        std::string code = text.substr(1, text.size() - 2);
        if (control.find_reason(code) == nullptr) {
            faults.push_back(fault_of(script, at, "control.reason_without_words"));
            faults.back().params.emplace("reason", std::move(code));
        }
    }
    return faults;
}

}  // namespace duban::rules
