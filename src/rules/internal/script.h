// A rule's text as tokens. What passes here reads alike on both databases: their lexers disagree
// about quotes, comments and operators, so nothing that they could read apart is a token.
//
//     const Lexed lexed = lex("paid = false and ends_on is null");
//     if (lexed.ok()) { … lexed.script.tokens … }

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/problem.h"

namespace duban::rules {

inline constexpr std::size_t kRuleBytesMax = 20'000;
inline constexpr std::size_t kRuleDepthMax = 40;

enum class TokenKind { Word, Number, String, Symbol };

struct Token {
    TokenKind kind = TokenKind::Symbol;
    std::string text = {};  ///< words in lower case, strings with their quotes
    int line = 0;           ///< lines after the first
    int column = 0;         ///< bytes after the line's beginning
};

/// What is wrong with a token, and where.
struct ScriptFault {
    std::string code = {};
    core::Params params = {};
    int line = 0;
    int column = 0;
};

/// Tokens with their parentheses matched.
struct Script {
    std::vector<Token> tokens = {};
    std::vector<std::size_t> partner = {};  ///< of `(` and `)`: the other one; of others: itself

    [[nodiscard]] std::size_t size() const { return tokens.size(); }
    /// Whether token `at` is this word or symbol; false past the end.
    [[nodiscard]] bool is(std::size_t at, std::string_view text) const;
    [[nodiscard]] bool is_any(std::size_t at, std::span<const std::string_view> texts) const;
    [[nodiscard]] TokenKind kind(std::size_t at) const { return tokens[at].kind; }
    /// Whether `at` is a name that is called: a word before `(`.
    [[nodiscard]] bool is_call(std::size_t at) const;
    /// The beginnings of the arguments of the call at `at`, each with its end (one past).
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> arguments(std::size_t at) const;
};

struct Lexed {
    Script script = {};
    std::vector<ScriptFault> faults = {};

    [[nodiscard]] bool ok() const { return faults.empty(); }
};

/// Splits `sql`. Only identifiers, numbers, '…' strings, listed operators, parentheses, comma and
/// dot are tokens (stack §5); parentheses must match. Never throws on input.
[[nodiscard]] Lexed lex(std::string_view sql);

}  // namespace duban::rules
