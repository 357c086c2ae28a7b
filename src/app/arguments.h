// The words of a command line: what stands alone, `--name value`, and `field=value`. What there is
// no place for is refused, not passed over.

#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace duban::app {

/// What a command takes: options with a value and those without, and words.
struct Known {
    std::set<std::string, std::less<>> with_value;
    std::set<std::string, std::less<>> alone;
    std::size_t words = 0;  ///< how many words may stand alone
    bool pairs = false;     ///< it takes `name=value`, too
};

inline constexpr std::size_t kAnyWords = std::numeric_limits<std::size_t>::max();

class Arguments {
public:
    /// Problem{Invalid, "command.unknown_option"} or {Invalid, "command.value_missing"} with the
    /// option's name, {Invalid, "command.pair_not_taken"} or {Invalid,
    /// "command.word_not_taken"} with the word.
    Arguments(const std::vector<std::string>& words, const Known& known);

    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
    /// The word at `index`; Problem{Invalid, "command.word_missing"} with `name` when there is
    /// none.
    [[nodiscard]] const std::string& word(std::size_t index, std::string_view name) const;
    [[nodiscard]] bool has(std::string_view option) const { return alone_.contains(option); }
    [[nodiscard]] std::string value(std::string_view option, std::string_view otherwise) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    /// `name=value` words, in their order.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const {
        return pairs_;
    }

private:
    std::vector<std::string> words_;
    std::vector<std::pair<std::string, std::string>> pairs_;
    std::multimap<std::string, std::string, std::less<>> values_;
    std::set<std::string, std::less<>> alone_;
};

}  // namespace duban::app
