// The one search tokenizer, used when an entry is indexed and when a question is asked, on both
// databases: what is found depends on these tokens alone, so both find the same.
//
// Text is folded first (NFKC and case, by ICU). A run of CJK characters gives its overlapping
// pairs and, when indexed, its last character alone; a run of other letters and digits gives one
// lower-case word. All else separates. A question of n CJK characters is the phrase of its n-1
// pairs; of one character, that character, to be looked up among distinct_characters().
//
//     tokens("Abc 督查单", TokenUse::Index);  // "abc" "督查" "查单" "单"
//     tokens("督查单", TokenUse::Query);      // "督查" "查单"
//     tokens("单", TokenUse::Query);          // "单"

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duban::text {

enum class TokenUse { Index, Query };

/// A passage is what one index row holds: PostgreSQL keeps 16,383 positions of a document.
inline constexpr std::size_t kPassageCharactersMax = 5000;
/// Neighbouring passages share so many characters: a phrase of up to one more is never cut.
inline constexpr std::size_t kPassageOverlap = 100;

/// The tokens of `text` in order, repeated ones included. Malformed bytes separate.
[[nodiscard]] std::vector<std::string> tokens(std::string_view text, TokenUse use);

/// The distinct CJK characters of `text` after folding, in order of code point: E20's column
/// `single`, which answers a question of one character.
[[nodiscard]] std::vector<std::string> distinct_characters(std::string_view text);

/// `text` cut into passages of at most kPassageCharactersMax code points, each sharing
/// kPassageOverlap with the one before; one passage when it is short, none when it is empty.
[[nodiscard]] std::vector<std::string_view> passages(std::string_view text);

/// NFKC and case folding by ICU: equal texts in any width and case become equal bytes.
[[nodiscard]] std::string folded_case(std::string_view text);

/// Whether `c` is written without spaces between words: Han, kana, hangul, bopomofo.
[[nodiscard]] bool is_cjk(char32_t c);

}  // namespace duban::text
