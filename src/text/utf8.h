// UTF-8, checked at the edge and walked by code point (house rule: Han text is never cut by bytes).
//
//     if (text::find_invalid(bytes)) { … }                 // refuse, or decode as something else
//     for (std::size_t at = 0; at < text.size();) {
//         const char32_t c = text::next(text, at);         // moves `at` past the code point
//     }

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace duban::text {

inline constexpr char32_t kReplacement = 0xFFFD;

/// The offset of the first byte that is not well-formed UTF-8 (RFC 3629); nullopt when all is.
[[nodiscard]] std::optional<std::size_t> find_invalid(std::string_view bytes);

/// The code point at `at`, which must be smaller than the size; moves `at` past it. A malformed
/// byte is kReplacement and one byte long, so that a walk always ends.
[[nodiscard]] char32_t next(std::string_view text, std::size_t& at);

/// Appends `c`; a surrogate or a value past U+10FFFF becomes kReplacement.
void append(std::string& text, char32_t c);

/// How many code points `text` has.
[[nodiscard]] std::size_t length(std::string_view text);

/// The first `count` code points of `text`, or all of it.
[[nodiscard]] std::string_view first(std::string_view text, std::size_t count);

/// `bytes` with every malformed byte replaced by U+FFFD.
[[nodiscard]] std::string repaired(std::string_view bytes);

[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] std::u32string to_utf32(std::string_view text);

}  // namespace duban::text
