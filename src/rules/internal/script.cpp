#include "rules/internal/script.h"

#include <algorithm>
#include <array>
#include <optional>

namespace duban::rules {

namespace {

constexpr std::array<std::string_view, 15> kOperators = {
    "+", "-", "*", "/", "%", "=", "<>", "!=", "<", ">", "<=", ">=", "||", ".", ","
};
/// What either database would read as one operator when it stands together.
constexpr std::string_view kOperatorCharacters = "+-*/%=<>!|~^&#@?:";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether `text` is UTF-8 without surrogates and overlong forms; PostgreSQL refuses the rest.
bool is_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) {
                return false;
            }
        }
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
            return false;
        }
        i += length;
    }
    return true;
}

class Lexer {
public:
    explicit Lexer(std::string_view sql) : sql_{sql} {}

    Lexed run() {
        if (sql_.size() > kRuleBytesMax) {
            refuse("rule.too_long");
            return std::move(result_);
        }
        while (result_.ok() && at_ < sql_.size()) {
            step();
        }
        if (result_.ok()) {
            match_parentheses();
        }
        return std::move(result_);
    }

private:
    void step() {
        const char c = sql_[at_];
        if (is_space(c)) {
            skip(1);
        } else if (is_letter(c)) {
            read_word();
        } else if (is_digit(c)) {
            read_number();
        } else if (c == '\'') {
            read_string();
        } else if (c == '(' || c == ')' || c == ',' || c == '.') {
            emit(TokenKind::Symbol, 1);
        } else if (kOperatorCharacters.find(c) != std::string_view::npos) {
            read_operator();
        } else {
            refuse("rule.character");
        }
    }

    void read_word() {
        std::size_t end = at_;
        while (end < sql_.size() && (is_letter(sql_[end]) || is_digit(sql_[end]))) {
            ++end;
        }
        // E'…', U&'…', date'…': PostgreSQL reads another kind of text, SQLite does not.
        if (end < sql_.size() && sql_[end] == '\'') {
            refuse("rule.text_prefix");
            return;
        }
        emit(TokenKind::Word, end - at_);
    }

    void read_number() {
        std::size_t end = at_;
        while (end < sql_.size() && is_digit(sql_[end])) {
            ++end;
        }
        const bool touched =
            end < sql_.size() && (is_letter(sql_[end]) || sql_[end] == '\'' || sql_[end] == '.');
        if (touched || end - at_ > 18) {
            refuse("rule.number");
            return;
        }
        emit(TokenKind::Number, end - at_);
    }

    void read_string() {
        std::size_t end = at_ + 1;
        while (end < sql_.size()) {
            if (sql_[end] == '\\' || static_cast<unsigned char>(sql_[end]) < 0x20 ||
                sql_[end] == 0x7F) {
                refuse("rule.text_character");
                return;
            }
            if (sql_[end] != '\'') {
                ++end;
            } else if (end + 1 < sql_.size() && sql_[end + 1] == '\'') {
                end += 2;
            } else {
                break;
            }
        }
        if (end >= sql_.size()) {
            refuse("rule.text_open");
            return;
        }
        ++end;
        if (!is_utf8(sql_.substr(at_, end - at_))) {
            refuse("rule.text_encoding");
            return;
        }
        if (end < sql_.size() && (is_letter(sql_[end]) || is_digit(sql_[end]))) {
            refuse("rule.text_prefix");
            return;
        }
        emit(TokenKind::String, end - at_);
    }

    void read_operator() {
        std::size_t end = at_;
        while (end < sql_.size() && kOperatorCharacters.find(sql_[end]) != std::string_view::npos) {
            ++end;
        }
        const std::string_view text = sql_.substr(at_, end - at_);
        if (text.find("--") != std::string_view::npos ||
            text.find("/*") != std::string_view::npos) {
            refuse("rule.comment");
        } else if (std::ranges::find(kOperators, text) == kOperators.end()) {
            refuse("rule.operator");
        } else {
            emit(TokenKind::Symbol, end - at_);
        }
    }

    void emit(TokenKind kind, std::size_t length) {
        std::string text{sql_.substr(at_, length)};
        if (kind == TokenKind::Word) {
            std::ranges::transform(text, text.begin(), lower);
        }
        result_.script.tokens.push_back(
            {.kind = kind, .text = std::move(text), .line = line_, .column = column_}
        );
        skip(length);
    }

    void skip(std::size_t length) {
        for (const std::size_t end = at_ + length; at_ < end; ++at_) {
            ++column_;
            if (sql_[at_] == '\n') {
                ++line_;
                column_ = 0;
            }
        }
    }

    void refuse(std::string code) {
        result_.faults.push_back({.code = std::move(code), .line = line_, .column = column_});
    }

    void match_parentheses() {
        Script& script = result_.script;
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < script.size() && result_.ok(); ++i) {
            script.partner.push_back(i);
            line_ = script.tokens[i].line;
            column_ = script.tokens[i].column;
            if (script.is(i, "(")) {
                open.push_back(i);
            } else if (script.is(i, ")") && open.empty()) {
                refuse("rule.parenthesis");
            } else if (script.is(i, ")")) {
                script.partner[i] = open.back();
                script.partner[open.back()] = i;
                open.pop_back();
            }
            if (open.size() > kRuleDepthMax) {
                refuse("rule.too_deep");
            }
        }
        if (result_.ok() && !open.empty()) {
            line_ = script.tokens[open.back()].line;
            column_ = script.tokens[open.back()].column;
            refuse("rule.parenthesis");
        }
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    int line_ = 0;
    int column_ = 0;
    Lexed result_;
};

}  // namespace

bool Script::is(std::size_t at, std::string_view text) const {
    return at < tokens.size() && tokens[at].kind != TokenKind::String && tokens[at].text == text;
}

bool Script::is_any(std::size_t at, std::span<const std::string_view> texts) const {
    return std::ranges::any_of(texts, [&](std::string_view text) { return is(at, text); });
}

bool Script::is_call(std::size_t at) const {
    return at < tokens.size() && tokens[at].kind == TokenKind::Word && is(at + 1, "(");
}

std::vector<std::pair<std::size_t, std::size_t>> Script::arguments(std::size_t at) const {
    const std::size_t end = partner[at + 1];
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::size_t begin = at + 2;
    for (std::size_t i = begin; i < end; ++i) {
        if (is(i, "(")) {
            i = partner[i];
        } else if (is(i, ",")) {
            found.emplace_back(begin, i);
            begin = i + 1;
        }
    }
    if (begin < end) {
        found.emplace_back(begin, end);
    }
    return found;
}

Lexed lex(std::string_view sql) {
    return Lexer{sql}.run();
}

}  // namespace duban::rules
