#include "app/arguments.h"

#include <algorithm>

#include "app/locales.h"
#include "core/problem.h"

namespace duban::app {

namespace {

/// `name=value`; whether there is such a name is for the house to say. `./a=b.txt` is a file.
bool is_pair(const std::string& word) {
    const std::size_t sign = word.find_first_of("=/ ");
    return sign != std::string::npos && sign > 0 && word[sign] == '=';
}

bool is_option(const std::string& word, const Known& known) {
    return word.starts_with("--") &&
           (known.alone.contains(word.substr(2)) || known.with_value.contains(word.substr(2)));
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const Known& known) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            if (is_pair(word)) {
                if (!known.pairs) {
                    throw core::Problem{
                        core::ProblemKind::Invalid, "command.pair_not_taken", {{"word", word}}
                    };
                }
                const std::size_t sign = word.find('=');
                pairs_.emplace_back(word.substr(0, sign), word.substr(sign + 1));
            } else if (words_.size() < known.words) {
                words_.push_back(word);
            } else {
                throw core::Problem{
                    core::ProblemKind::Invalid, "command.word_not_taken", {{"word", word}}
                };
            }
            continue;
        }
        const std::string name = word.substr(2);
        if (known.alone.contains(name)) {
            alone_.insert(name);
        } else if (!known.with_value.contains(name)) {
            throw core::Problem{
                core::ProblemKind::Invalid, "command.unknown_option", {{"option", word}}
            };
        } else if (i + 1 == words.size() || is_option(words[i + 1], known)) {
            throw core::Problem{
                core::ProblemKind::Invalid, "command.value_missing", {{"option", word}}
            };
        } else {
            values_.emplace(name, words[++i]);
        }
    }
}

const std::string& Arguments::word(std::size_t index, std::string_view name) const {
    if (index >= words_.size()) {
        const std::string code = "word_" + std::string{name};
        const std::string words = say(code);
        throw core::Problem{
            core::ProblemKind::Invalid,
            "command.word_missing",
            {{"word", words == code ? std::string{name} : words}}
        };
    }
    return words_[index];
}

std::string Arguments::value(std::string_view option, std::string_view otherwise) const {
    const auto found = values_.find(option);
    return found == values_.end() ? std::string{otherwise} : found->second;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    std::vector<std::string> out;
    const auto [begin, end] = values_.equal_range(option);
    std::transform(begin, end, std::back_inserter(out), [](const auto& pair) {
        return pair.second;
    });
    return out;
}

}  // namespace duban::app
