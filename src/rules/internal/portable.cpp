#include "rules/internal/portable.h"

#include <array>
#include <string>

#include "rules/internal/grouping.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

class Checker {
public:
    explicit Checker(const Script& script) : script_{script} {}

    std::vector<ScriptFault> run() {
        for (std::size_t i = 0; i < script_.size(); ++i) {
            if (script_.kind(i) == TokenKind::Word) {
                check_word(i);
            } else if (script_.kind(i) == TokenKind::String) {
                check_text(i);
            } else if (script_.is(i, "/") || script_.is(i, "%")) {
                check_division(i);
            }
        }
        check_segments(0, script_.size());
        return std::move(faults_);
    }

private:
    void check_word(std::size_t at) {
        const std::string& word = script_.tokens[at].text;
        if (is_refused_word(word)) {
            refuse(at, "rule.word", {{"word", word}});
        } else if (is_rule_keyword(word)) {
            check_keyword(at);
        } else if (script_.is_call(at)) {
            check_call(at);
        }
    }

    void check_keyword(std::size_t at) {
        const std::string& word = script_.tokens[at].text;
        if (word == "in" && (!script_.is(at + 1, "(") || script_.is(at + 2, ")"))) {
            refuse(at, "rule.in");
        } else if (word == "is") {
            check_is(at);
        } else if (word == "limit" || word == "offset") {
            check_limit(at);
        } else if (word == "order") {
            check_order(at + 2);
        } else if (word == "cast") {
            check_cast(at);
        } else if (word == "bigint" &&
                   !(at > 0 && script_.is(at - 1, "as") && script_.is(at + 1, ")"))) {
            refuse(at, "rule.word", {{"word", word}});
        }
    }

    void check_is(std::size_t at) {
        static constexpr std::array kAfterIs = {"null"sv, "true"sv, "false"sv, "distinct"sv};
        const std::size_t next = script_.is(at + 1, "not") ? at + 2 : at + 1;
        if (!script_.is_any(next, kAfterIs)) {
            refuse(at, "rule.is");
        }
    }

    void check_limit(std::size_t at) {
        const bool number = at + 1 < script_.size() && script_.kind(at + 1) == TokenKind::Number;
        if (!number || script_.is(at + 2, ",")) {
            refuse(at, "rule.limit");
        }
    }

    /// The databases put nulls at different ends: every item of an order says where.
    void check_order(std::size_t begin) {
        static constexpr std::array kEnds = {")"sv, "limit"sv, "offset"sv};
        for (std::size_t i = begin; i <= script_.size(); ++i) {
            if (script_.is(i, "(")) {
                i = script_.partner[i];
                continue;
            }
            const bool end = i == script_.size() || script_.is_any(i, kEnds);
            if (!end && !script_.is(i, ",")) {
                continue;
            }
            const bool said = i >= 2 && script_.is(i - 2, "nulls") &&
                              (script_.is(i - 1, "first") || script_.is(i - 1, "last"));
            if (!said) {
                refuse(i - 1, "rule.order_of_nulls");
            }
            if (end) {
                return;
            }
        }
    }

    void check_cast(std::size_t at) {
        const std::size_t close = script_.is(at + 1, "(") ? script_.partner[at + 1] : at;
        const bool typed = close > at + 3 && script_.is(close - 2, "as") &&
                           (script_.is(close - 1, "text") || script_.is(close - 1, "bigint"));
        if (!typed) {
            refuse(at, "rule.cast");
        }
    }

    void check_call(std::size_t at) {
        const std::string& name = script_.tokens[at].text;
        if (!is_rule_function(name) || (at > 0 && script_.is(at - 1, "."))) {
            refuse(at, "rule.function", {{"name", name}});
            return;
        }
        const std::size_t arguments = script_.arguments(at).size();
        if (is_aggregate(name) && arguments != 1) {
            refuse(at, "rule.arguments", {{"name", name}});
        }
        const bool quoted = script_.is(at + 1, "(") && at + 3 < script_.size() &&
                            script_.kind(at + 2) == TokenKind::String && script_.is(at + 3, ")");
        if ((name == "param" || name == "input") && !quoted) {
            refuse(at, "rule.quoted_name", {{"name", name}});
        }
    }

    /// A text may not touch a name: one database reads an alias there, the other a typed literal.
    void check_text(std::size_t at) {
        static constexpr std::array kBefore = {
            "select"sv,
            "when"sv,
            "then"sv,
            "else"sv,
            "and"sv,
            "or"sv,
            "not"sv,
            "in"sv,
            "between"sv,
            "case"sv,
            "where"sv,
            "having"sv,
            "on"sv,
            "distinct"sv,
            "all"sv,
            "by"sv,
            "from"sv,
        };
        const bool after_symbol = at == 0 || (script_.kind(at - 1) == TokenKind::Symbol &&
                                              !script_.is(at - 1, ")") && !script_.is(at - 1, "."));
        if (!after_symbol && !script_.is_any(at - 1, kBefore)) {
            refuse(at, "rule.text_place");
        }
    }

    /// By zero SQLite answers null and PostgreSQL fails.
    void check_division(std::size_t at) {
        const bool number = at + 1 < script_.size() && script_.kind(at + 1) == TokenKind::Number &&
                            script_.tokens[at + 1].text.find_first_not_of('0') != std::string::npos;
        if (!number && !script_.is(at + 1, "nullif")) {
            refuse(at, "rule.division");
        }
    }

    /// Walks the runs between commas and clause words, where precedence matters.
    void check_segments(std::size_t begin, std::size_t end) {
        static constexpr std::array kEnds = {
            "and"sv,   "or"sv,   ","sv,     "select"sv, "from"sv,   "where"sv, "having"sv,
            "on"sv,    "when"sv, "then"sv,  "else"sv,   "case"sv,   "end"sv,   "group"sv,
            "order"sv, "by"sv,   "limit"sv, "union"sv,  "except"sv, "as"sv,    "join"sv,
        };
        Segment segment;
        for (std::size_t i = begin; i < end; ++i) {
            const bool distinct_from = script_.is(i, "from") && i > begin + 1 &&
                                       script_.is(i - 1, "distinct") &&
                                       (script_.is(i - 2, "is") || script_.is(i - 2, "not"));
            if (script_.is_any(i, kEnds) && !distinct_from) {
                segment = {};
            } else if (script_.is(i, "(")) {
                check_segments(i + 1, script_.partner[i]);
                i = script_.partner[i];
            } else {
                count(segment, i);
            }
        }
    }

    struct Segment {
        int comparisons = 0;
        int joins = 0;  ///< ||
        int sums = 0;   ///< + - * / %
    };

    void count(Segment& segment, std::size_t at) {
        static constexpr std::array kCompares = {
            "="sv, "<>"sv, "!="sv, "<"sv, ">"sv, "<="sv, ">="sv, "is"sv, "in"sv, "between"sv
        };
        static constexpr std::array kSums = {"+"sv, "-"sv, "*"sv, "/"sv, "%"sv};
        segment.comparisons += script_.is_any(at, kCompares) ? 1 : 0;
        segment.joins += script_.is(at, "||") ? 1 : 0;
        segment.sums += script_.is_any(at, kSums) ? 1 : 0;
        if (segment.comparisons == 2) {
            refuse(at, "rule.precedence");
            segment.comparisons = 0;
        }
        if (segment.joins > 0 && segment.sums > 0) {
            refuse(at, "rule.precedence");
            segment = {};
        }
    }

    void refuse(std::size_t at, std::string code, core::Params params = {}) {
        const Token& token = script_.tokens[at];
        faults_.push_back(
            {.code = std::move(code),
             .params = std::move(params),
             .line = token.line,
             .column = token.column}
        );
    }

    const Script& script_;
    std::vector<ScriptFault> faults_;
};

}  // namespace

std::vector<ScriptFault> portable_faults(const Script& script) {
    std::vector<ScriptFault> faults = Checker{script}.run();
    return faults.empty() ? grouping_faults(script) : faults;
}

bool opens_select(const Script& script, std::size_t open) {
    return script.is(open + 1, "select") || script.is(open + 1, "with");
}

bool folds_rows(const Script& script, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        if (script.is(i, "(") && opens_select(script, i)) {
            i = script.partner[i];
        } else if (script.is_call(i) && is_aggregate(script.tokens[i].text)) {
            std::size_t next = script.partner[i + 1] + 1;
            next = script.is(next, "filter") ? script.partner[next + 1] + 1 : next;
            if (!script.is(next, "over")) {
                return true;
            }
        }
    }
    return false;
}

bool has_bare_aggregate(const Script& script) {
    for (std::size_t i = 0; i < script.size(); ++i) {
        if (script.is(i, "(") && opens_select(script, i)) {
            i = script.partner[i];
        } else if (script.is_call(i) && (is_aggregate(script.tokens[i].text) ||
                                         is_window_function(script.tokens[i].text))) {
            return true;
        }
    }
    return false;
}

}  // namespace duban::rules
