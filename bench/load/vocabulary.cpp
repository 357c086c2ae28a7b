#include "load/vocabulary.h"

#include <algorithm>
#include <set>

#include "core/check.h"
#include "text/utf8.h"

namespace duban::bench {

namespace {

constexpr std::size_t kWordsBetweenCommas = 4;

bool is_han(char32_t c) {
    return c >= 0x4E00 && c <= 0x9FFF;
}

}  // namespace

Vocabulary::Vocabulary(std::string_view text, std::uint64_t seed) : engine_{seed} {
    std::set<std::string> known;
    std::uniform_int_distribution<std::size_t> length{2, 4};
    std::u32string piece;
    std::size_t wanted = length(engine_);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text::next(text, at);
        if (!is_han(c)) {
            piece.clear();
            continue;
        }
        piece.push_back(c);
        if (piece.size() == wanted) {
            const std::string word = text::to_utf8(piece);
            if (known.insert(word).second) {
                words_.push_back(word);
            }
            piece.clear();
            wanted = length(engine_);
        }
    }
    core::check(words_.size() >= 100, "a vocabulary is cut from a text of some length");
    std::shuffle(words_.begin(), words_.end(), engine_);
    double sum = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        sum += 1.0 / static_cast<double>(i + 1);
        cumulative_.push_back(sum);
    }
}

const std::string& Vocabulary::word() {
    std::uniform_real_distribution<double> anywhere{0, cumulative_.back()};
    const auto found = std::ranges::lower_bound(cumulative_, anywhere(engine_));
    const auto place = static_cast<std::size_t>(found - cumulative_.begin());
    return words_[std::min(place, words_.size() - 1)];
}

std::string Vocabulary::sentence(std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
        if (i > 0 && i % kWordsBetweenCommas == 0) {
            out += "，";
        }
        out += word();
    }
    return out + "。";
}

std::string Vocabulary::phrase(std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
        out += word();
    }
    return out;
}

}  // namespace duban::bench
