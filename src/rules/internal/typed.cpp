#include "rules/internal/typed.h"

#include <array>
#include <string_view>

#include "calendar/date.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

constexpr std::array kSums = {"+"sv, "-"sv};
constexpr std::array kOrders = {"<"sv, ">"sv, "<="sv, ">="sv};
constexpr std::array kEquals = {"="sv, "<>"sv, "!="sv};

/// The text of a token without its quotes.
std::string_view inner(const Token& token) {
    return std::string_view{token.text}.substr(1, token.text.size() - 2);
}

class TypeChecker {
public:
    TypeChecker(const Script& script, const NamedTypes& types) : script_{script}, types_{types} {}

    std::vector<ScriptFault> run() {
        for (std::size_t i = 0; i < script_.size(); ++i) {
            if (script_.is_any(i, kSums)) {
                check_sum(i);
            } else if (script_.is_any(i, kOrders) || script_.is_any(i, kEquals)) {
                check_comparison(i);
            } else if (script_.is_call(i)) {
                check_call(i);
            } else if (script_.is(i, "||")) {
                check_text_of(i, before(i));
                check_text_of(i, after(i + 1));
            }
        }
        return std::move(faults_);
    }

private:
    void check_sum(std::size_t at) {
        if (before(at) == "date" || after(at + 1) == "date") {
            refuse(at, "rule.date_arithmetic");
        }
    }

    void check_comparison(std::size_t at) {
        const std::string left = before(at);
        const std::string right = after(at + 1);
        if (script_.is_any(at, kOrders) && (left == "uuid" || right == "uuid")) {
            refuse(at, "rule.order_of_ids", {{"type", "uuid"}});
        } else if (!left.empty() && !right.empty() && left != right) {
            refuse(at, "rule.types_differ", {{"left", left}, {"right", right}});
        }
        if (at + 1 < script_.size()) {
            check_literal(at + 1, left);
        }
        if (at > 0) {
            check_literal(at - 1, right);
        }
    }

    /// A text beside a column takes the column's type on PostgreSQL and stays a text on SQLite.
    void check_literal(std::size_t at, const std::string& type) {
        if (script_.kind(at) != TokenKind::String || type.empty() || type == "text") {
            return;
        }
        if (type != "date") {
            refuse(at, "rule.types_differ", {{"left", type}, {"right", "text"}});
        } else if (!calendar::Date::parse(inner(script_.tokens[at]))) {
            refuse(at, "rule.date_text");
        }
    }

    void check_call(std::size_t at) {
        const std::string& name = script_.tokens[at].text;
        if (name == "min" || name == "max") {
            const std::string type = after(at + 2);
            if (type == "uuid" || type == "boolean") {
                refuse(at, "rule.order_of_ids", {{"type", type}});
            }
        } else if (name == "concat_of") {
            for (const auto& [begin, end] : script_.arguments(at)) {
                check_text_of(at, whole(begin, end));
            }
        } else if (name == "cast") {
            check_text_of(at, after(at + 2));
        }
    }

    void check_text_of(std::size_t at, const std::string& type) {
        if (type == "boolean" || type == "uuid") {
            refuse(at, "rule.text_of", {{"type", type}});
        }
    }

    /// The type of the operand that begins at `at`, as far as it is told by its first name.
    std::string after(std::size_t at) const {
        if (at >= script_.size()) {
            return {};
        }
        if (script_.kind(at) == TokenKind::Number) {
            return "bigint";
        }
        if (script_.is(at, "true") || script_.is(at, "false")) {
            return "boolean";
        }
        if (script_.is(at, "(")) {
            return whole(at + 1, script_.partner[at]);
        }
        if (script_.kind(at) != TokenKind::Word || is_rule_keyword(script_.tokens[at].text)) {
            return {};
        }
        if (script_.is_call(at)) {
            return of_call(at);
        }
        return script_.is(at + 1, ".") ? after(at + 2) : named(script_.tokens[at].text);
    }

    /// The type of the operand that ends before `at`.
    std::string before(std::size_t at) const {
        if (at == 0) {
            return {};
        }
        const std::size_t last = at - 1;
        if (!script_.is(last, ")")) {
            return script_.is(last, ".") ? std::string{} : after(last);
        }
        const std::size_t open = script_.partner[last];
        return open > 0 && script_.is_call(open - 1) ? after(open - 1) : after(open);
    }

    /// The type of an argument that is one operand and nothing more.
    std::string whole(std::size_t begin, std::size_t end) const {
        std::size_t last = begin;
        while (last + 2 < end && script_.is(last + 1, ".")) {
            last += 2;
        }
        if (script_.is_call(last)) {
            last = script_.partner[last + 1];
        } else if (script_.is(last, "(")) {
            last = script_.partner[last];
        }
        return last + 1 == end ? after(begin) : std::string{};
    }

    std::string of_call(std::size_t at) const {
        static constexpr std::array kDates = {
            "today"sv, "add_days"sv, "add_months"sv, "add_workdays"sv
        };
        static constexpr std::array kTexts = {"concat_of"sv, "cents_to_text"sv};
        static constexpr std::array kSame = {
            "min"sv, "max"sv, "coalesce"sv, "nullif"sv, "greatest_of"sv, "least_of"sv
        };
        const std::string& name = script_.tokens[at].text;
        if (script_.is_any(at, kDates)) {
            return "date";
        }
        if (script_.is_any(at, kTexts)) {
            return "text";
        }
        if (name == "param" || name == "input") {
            return at + 2 < script_.size() && script_.kind(at + 2) == TokenKind::String
                       ? named(name + " " + std::string{inner(script_.tokens[at + 2])})
                       : std::string{};
        }
        const auto arguments = script_.arguments(at);
        if (script_.is_any(at, kSame)) {
            return arguments.empty() ? std::string{}
                                     : whole(arguments[0].first, arguments[0].second);
        }
        if (name == "cast") {
            return script_.tokens[script_.partner[at + 1] - 1].text;
        }
        if (name == "starts_with") {
            return "boolean";
        }
        return is_rule_function(name) && name != "lag" && name != "lead" ? "bigint" : std::string{};
    }

    std::string named(const std::string& name) const {
        const auto found = types_.find(name);
        return found != types_.end() && found->second.size() == 1 ? *found->second.begin()
                                                                  : std::string{};
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
    const NamedTypes& types_;
    std::vector<ScriptFault> faults_;
};

}  // namespace

std::vector<ScriptFault> type_faults(const Script& script, const NamedTypes& types) {
    return TypeChecker{script, types}.run();
}

}  // namespace duban::rules
