// Chinese numerals in folded text: 十二, 二〇二三, 一百三十, 三千余 (the 余 is not ours), 壹拾.
//
//     const Numeral n = han_numeral_at(U"二十三项", 0);   // value 23, length 2

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace duban::text::zh {

/// A numeral found in a text; length 0 means none stands there.
struct Numeral {
    std::int64_t value = 0;
    std::size_t length = 0;   ///< in folded characters
    bool has_digit = false;   ///< false for a bare 十, 百, 千 or 万
    bool positional = false;  ///< written digit by digit, as a year is: 二〇二三
};

/// 0–9 for a Han digit (〇 零 两 and the formal 壹 … included), -1 for any other character.
[[nodiscard]] int han_digit(char32_t c);
/// Whether `c` can stand in a Han numeral: a digit or 十 百 千 万 亿.
[[nodiscard]] bool is_han_numeral(char32_t c);

/// The longest Han numeral that begins at `at`. More than 24 characters are no numeral.
[[nodiscard]] Numeral han_numeral_at(std::u32string_view text, std::size_t at);

/// The digits 0-9 that begin at `at`, at most 18 of them.
[[nodiscard]] Numeral digits_at(std::u32string_view text, std::size_t at);

/// A small number in either script.
[[nodiscard]] Numeral number_at(std::u32string_view text, std::size_t at);

}  // namespace duban::text::zh
