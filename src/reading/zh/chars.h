// Small questions about folded characters and words, asked in every file of this room.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "text/zh/chars.h"
#include "text/zh/markers.h"

namespace duban::reading::zh {

using text::zh::char_at;
using text::zh::is_any;
using text::zh::is_blank;

/// LF, VT, FF, CR, NEL, LS, PS; every comparison made, for no branch could foretell them.
[[nodiscard]] inline bool is_line_break(char32_t c) {
    const unsigned control = c - U'\n' < 4U ? 1U : 0U;
    const unsigned next_line = c == 0x85 ? 1U : 0U;
    const unsigned separator = c - 0x2028U < 2U ? 1U : 0U;
    return (control | next_line | separator) != 0;
}
[[nodiscard]] inline bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
[[nodiscard]] inline bool is_han(char32_t c) {
    return c >= 0x3400 && c <= 0x9FFF;
}
[[nodiscard]] inline bool is_ascii_word(char32_t c) {
    return is_digit(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

[[nodiscard]] inline bool stands_at(
    std::u32string_view text, std::size_t at, std::u32string_view word
) {
    return at <= text.size() && text.substr(at, word.size()) == word;
}
/// The first of `words` that stands at `at`; empty when none does.
template <typename Words>
[[nodiscard]] std::u32string_view word_at(
    std::u32string_view text, std::size_t at, const Words& words
) {
    for (const std::u32string_view word : words) {
        if (stands_at(text, at, word)) {
            return word;
        }
    }
    return {};
}
/// The first of `words` that `text` ends with; empty when it ends with none.
template <typename Words>
[[nodiscard]] std::u32string_view word_before(std::u32string_view text, const Words& words) {
    for (const std::u32string_view word : words) {
        if (text.ends_with(word)) {
            return word;
        }
    }
    return {};
}
[[nodiscard]] inline std::u32string_view trimmed(std::u32string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace duban::reading::zh
