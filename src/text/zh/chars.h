// Small questions about the characters of a folded paragraph.

#pragma once

#include <cstddef>
#include <string_view>

namespace duban::text::zh {

/// One character of a paragraph, or 0 past its end.
[[nodiscard]] inline char32_t char_at(std::u32string_view text, std::size_t at) {
    return at < text.size() ? text[at] : U'\0';
}
/// Whether `c` is one of the characters of `of`; 0 never is.
[[nodiscard]] inline bool is_any(char32_t c, std::u32string_view of) {
    return c != 0 && of.find(c) != std::u32string_view::npos;
}

}  // namespace duban::text::zh
