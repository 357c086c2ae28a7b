// Text folded for matching, with the way back: full-width, half-width and compatibility forms
// become one form, and every folded character knows the bytes it came from (E32: matching ignores
// width, spans do not).
//
//     const text::Folded folded = text::fold(document);
//     folded.chars[i];                                  // U'(' for "（", "(" and the first of "⑴"
//     document.substr(folded.offsets[i], …);            // the bytes as they were written
//
// Each code point is folded by itself: NFKC, but circled numbers stay (① would become a bare 1).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duban::text {

struct Folded {
    std::u32string chars;                ///< the folded code points
    std::vector<std::uint32_t> offsets;  ///< where each begins in the source; one more: its end

    /// Source bytes [begin, end) of the folded characters [from, to).
    [[nodiscard]] std::string_view source(std::string_view text, std::size_t from, std::size_t to)
        const {
        return text.substr(offsets[from], offsets[to] - offsets[from]);
    }
};

/// Folds UTF-8 `text` of less than 4 GiB.
[[nodiscard]] Folded fold(std::string_view text);

/// NFKC of `text` by ICU.
[[nodiscard]] std::string nfkc(std::string_view text);

/// What number a circled character shows (① 1, ⓪ 0, ㊿ 50, ❶ 1, ㊀ 1); -1 when it is none.
[[nodiscard]] int circled_number(char32_t c);

}  // namespace duban::text
