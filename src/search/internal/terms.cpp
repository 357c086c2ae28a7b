#include "search/internal/terms.h"

#include <algorithm>
#include <functional>

#include "core/problem.h"
#include "text/tokens.h"
#include "text/utf8.h"

namespace duban::search {

namespace {

constexpr std::size_t kTokenBytesMax = 255;

bool is_one_cjk(const std::string& token) {
    std::size_t at = 0;
    return !token.empty() && text::is_cjk(text::next(token, at)) && at == token.size();
}

Phrase phrase_of(std::string_view piece) {
    Phrase phrase;
    phrase.tokens = text::tokens(piece, text::TokenUse::Index);
    if (phrase.tokens.empty()) {
        return phrase;
    }
    const std::vector<std::string> asked = text::tokens(piece, text::TokenUse::Query);
    const bool ends_alone = is_one_cjk(asked.back());
    if (ends_alone) {
        phrase.single = phrase.tokens.size() == 1;
        phrase.prefix = !phrase.single;
    } else if (asked.back() != phrase.tokens.back()) {
        phrase.tokens.pop_back();
    }
    std::ranges::transform(phrase.tokens, phrase.tokens.begin(), bounded);
    return phrase;
}

/// `parts` joined by `separator`, in parentheses when there are several.
std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += text.empty() ? "" : separator;
        text += part;
    }
    return parts.size() > 1 ? "(" + text + ")" : text;
}

/// How one database writes a query.
struct Words {
    std::string_view and_word;
    std::string_view or_word;
    std::string_view not_word;
    std::function<std::string(std::string_view mark)> mark;
    std::function<std::string(const Phrase& phrase, Within within)> phrase;
};

/// The rights of the question: registers with equal reach stand together.
std::string reach_query(const SearchQuestion& question, const Words& words) {
    std::vector<std::pair<SearchReach, std::vector<std::string>>> groups;
    for (const SearchScope& scope : question.scopes) {
        if (scope.reach.kind != ReachKind::All && scope.reach.ids.empty()) {
            continue;
        }
        const auto found = std::ranges::find_if(groups, [&](const auto& group) {
            return group.first == scope.reach;
        });
        auto& group = found != groups.end()
                          ? *found
                          : groups.emplace_back(scope.reach, std::vector<std::string>{});
        group.second.push_back(words.mark(register_mark(scope.register_name)));
    }
    std::vector<std::string> parts;
    for (const auto& [reach, registers] : groups) {
        std::string part = joined(registers, words.or_word);
        std::vector<std::string> ids;
        for (const core::Id& id : reach.ids) {
            ids.push_back(
                words.mark(reach.kind == ReachKind::Units ? unit_mark(id) : entry_mark(id))
            );
        }
        parts.push_back(
            reach.kind == ReachKind::All
                ? part
                : joined({part, joined(ids, words.or_word)}, words.and_word)
        );
    }
    return joined(parts, words.or_word);
}

std::string query_of(
    const SearchQuestion& question,
    const std::vector<Phrase>& phrases,
    Within within,
    RowKind rows,
    const Words& words
) {
    const std::string reach = reach_query(question, words);
    if (reach.empty() || phrases.empty()) {
        return {};
    }
    std::vector<std::string> parts;
    for (const Phrase& phrase : phrases) {
        parts.push_back(words.phrase(phrase, within));
    }
    parts.push_back(words.mark(org_mark(question.org)));
    parts.push_back(reach);
    if (rows == RowKind::Several) {
        parts.push_back(words.mark(kSeveralMark));
    }
    std::string query = joined(parts, words.and_word);
    if (rows == RowKind::Single) {
        query += std::string{words.not_word} + words.mark(kSeveralMark);
    }
    return query;
}

std::string hexadecimal(const core::Id& id) {
    std::string text = id.text();
    std::erase(text, '-');
    return text;
}

std::string sqlite_phrase(const Phrase& phrase, Within within) {
    if (phrase.single) {
        return std::string{"single : \""} + (within == Within::Title ? "t" : "") +
               phrase.tokens[0] + "\"";
    }
    std::string text = within == Within::Title ? "title : \"" : "{title body} : \"";
    for (const std::string& token : phrase.tokens) {
        text += token + " ";
    }
    text.back() = '"';
    return text + (phrase.prefix ? " *" : "");
}

std::string postgres_phrase(const Phrase& phrase, Within within) {
    if (phrase.single) {
        return (within == Within::Title ? "'#t" : "'#s") + phrase.tokens[0] + "'";
    }
    std::string text;
    for (std::size_t i = 0; i < phrase.tokens.size(); ++i) {
        const bool prefix = phrase.prefix && i + 1 == phrase.tokens.size();
        text += (i == 0 ? "'" : " <-> '") + phrase.tokens[i] + "'";
        text += prefix || within == Within::Title ? ":" : "";
        text += prefix ? "*" : "";
        text += within == Within::Title ? "A" : "";
    }
    return "(" + text + ")";
}

}  // namespace

std::vector<Phrase> phrases_of(const std::string& words) {
    const auto refuse = [] {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "search.too_long",
            {{"characters", std::to_string(kQuestionCharactersMax)},
             {"words", std::to_string(kQuestionWordsMax)}}
        };
    };
    if (words.size() > kQuestionCharactersMax * 4 || text::length(words) > kQuestionCharactersMax) {
        refuse();
    }
    const std::string folded = text::folded_case(words);
    std::vector<Phrase> phrases;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find_first_of(" \t\r\n", at), folded.size());
        Phrase phrase = phrase_of(std::string_view{folded}.substr(at, end - at));
        if (!phrase.tokens.empty()) {
            phrases.push_back(std::move(phrase));
        }
        at = end + 1;
    }
    if (phrases.size() > kQuestionWordsMax) {
        refuse();
    }
    return phrases;
}

std::string sqlite_query(
    const SearchQuestion& question, const std::vector<Phrase>& phrases, Within within, RowKind rows
) {
    static const Words kWords{
        .and_word = " AND ",
        .or_word = " OR ",
        .not_word = " NOT ",
        .mark = [](std::string_view mark) { return "scope : \"" + std::string{mark} + "\""; },
        .phrase = sqlite_phrase
    };
    return query_of(question, phrases, within, rows, kWords);
}

std::string postgres_query(
    const SearchQuestion& question, const std::vector<Phrase>& phrases, Within within, RowKind rows
) {
    static const Words kWords{
        .and_word = " & ",
        .or_word = " | ",
        .not_word = " & !",
        .mark = [](std::string_view mark) { return "'#" + std::string{mark} + "'"; },
        .phrase = postgres_phrase
    };
    return query_of(question, phrases, within, rows, kWords);
}

std::string org_mark(core::OrgId org) {
    return "o" + std::to_string(org.value);
}

std::string register_mark(std::string_view register_name) {
    return "r" + std::string{register_name};
}

std::string unit_mark(const core::Id& unit) {
    return "u" + hexadecimal(unit);
}

std::string entry_mark(const core::Id& id) {
    return "e" + hexadecimal(id);
}

std::string bounded(std::string token) {
    if (token.size() > kTokenBytesMax) {
        std::size_t at = 0;
        std::size_t end = 0;
        while (at <= kTokenBytesMax) {
            end = at;
            static_cast<void>(text::next(token, at));
        }
        token.resize(end);
    }
    return token;
}

}  // namespace duban::search
