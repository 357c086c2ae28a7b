#include "rules/internal/grouping.h"

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "rules/internal/portable.h"
#include "rules/internal/words.h"

namespace duban::rules {

namespace {

using namespace std::string_view_literals;

/// One SELECT between its word and the end of its clause at the same depth.
class SelectCheck {
public:
    SelectCheck(const Script& script, std::size_t select) : script_{script}, begin_{select + 1} {
        static constexpr std::array kListEnds = {
            "from"sv, "where"sv, "group"sv, "having"sv, "order"sv, "limit"sv, "union"sv, "except"sv
        };
        end_ = next(begin_, kListEnds);
    }

    std::vector<ScriptFault> run() {
        static constexpr std::array kGroup = {"group"sv, "union"sv, "except"sv};
        static constexpr std::array kGroupEnds = {
            "having"sv, "order"sv, "limit"sv, "union"sv, "except"sv
        };
        const std::size_t group = next(end_, kGroup);
        if (script_.is(group, "group")) {
            grouped_ = true;
            const std::size_t end = next(group + 2, kGroupEnds);
            for (std::size_t i = group + 2; i < end; ++i) {
                names_.insert(script_.tokens[i].text);
            }
        }
        walk(begin_, end_);
        return grouped_ ? std::move(faults_) : std::vector<ScriptFault>{};
    }

private:
    /// The first of `words` at this depth from `at` on, or where this SELECT's parenthesis closes.
    std::size_t next(std::size_t at, std::span<const std::string_view> words) const {
        while (at < script_.size() && !script_.is(at, ")") && !script_.is_any(at, words)) {
            at = script_.is(at, "(") ? script_.partner[at] + 1 : at + 1;
        }
        return at;
    }

    void walk(std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::string& word = script_.tokens[i].text;
            if (script_.is_call(i) && (is_aggregate(word) || is_window_function(word))) {
                i = after_call(i, is_window_function(word)) - 1;
            } else if (script_.is(i, "(")) {
                if (!opens_select(script_, i)) {
                    walk(i + 1, script_.partner[i]);
                }
                i = script_.partner[i];
            } else if (is_column(i) && !names_.contains(word)) {
                faults_.push_back(
                    {.code = "rule.group",
                     .params = {{"name", word}},
                     .line = script_.tokens[i].line,
                     .column = script_.tokens[i].column}
                );
            }
        }
    }

    /// Behind the call with its `filter (…)` and `over (…)`; without a window it folds rows.
    std::size_t after_call(std::size_t call, bool window) {
        std::size_t end = script_.partner[call + 1] + 1;
        if (script_.is(end, "filter")) {
            end = script_.partner[end + 1] + 1;
        }
        if (script_.is(end, "over")) {
            return script_.partner[end + 1] + 1;
        }
        grouped_ = grouped_ || !window;
        return end;
    }

    bool is_column(std::size_t at) const {
        if (script_.is(at, "*")) {
            return at == begin_ || script_.is(at - 1, ",") || script_.is(at - 1, ".");
        }
        if (script_.kind(at) != TokenKind::Word || is_rule_keyword(script_.tokens[at].text) ||
            script_.is_call(at) || script_.is(at + 1, ".")) {
            return false;
        }
        return at == begin_ || !is_alias_place(at - 1);
    }

    /// Whether a name behind `before` is an alias: `x as a`, `x a`, `f(x) a`, `case … end a`.
    bool is_alias_place(std::size_t before) const {
        if (script_.is(before, "as") || script_.is(before, ")") || script_.is(before, "end")) {
            return true;
        }
        return script_.kind(before) == TokenKind::Number ||
               script_.kind(before) == TokenKind::String ||
               (script_.kind(before) == TokenKind::Word &&
                !is_rule_keyword(script_.tokens[before].text));
    }

    const Script& script_;
    std::size_t begin_;
    std::size_t end_;
    bool grouped_ = false;
    std::set<std::string> names_;
    std::vector<ScriptFault> faults_;
};

}  // namespace

std::vector<ScriptFault> grouping_faults(const Script& script) {
    std::vector<ScriptFault> faults;
    for (std::size_t i = 0; i < script.size(); ++i) {
        if (script.is(i, "select")) {
            const std::vector<ScriptFault> found = SelectCheck{script, i}.run();
            faults.insert(faults.end(), found.begin(), found.end());
        }
    }
    return faults;
}

}  // namespace duban::rules
