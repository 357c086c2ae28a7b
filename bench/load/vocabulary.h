// Words for a ledger of many entries: cut from a real notice, drawn by frequency as language has
// it (the n-th word 1/n as often as the first), so that searches meet common and rare words.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace duban::bench {

class Vocabulary {
public:
    /// The pieces of two to four Han characters of `text`, in an order drawn from `seed`.
    Vocabulary(std::string_view text, std::uint64_t seed);

    /// `words` words, with commas between every few of them and a stop at the end.
    [[nodiscard]] std::string sentence(std::size_t words);
    /// The same without commas and stop, for a heading.
    [[nodiscard]] std::string phrase(std::size_t words);

private:
    [[nodiscard]] const std::string& word();

    std::mt19937_64 engine_;
    std::vector<std::string> words_;
    std::vector<double> cumulative_;
};

}  // namespace duban::bench
