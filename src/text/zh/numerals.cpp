#include "text/zh/numerals.h"

#include <array>

namespace duban::text::zh {
namespace {

constexpr std::size_t kHanNumeralMax = 24;
constexpr std::size_t kDigitsMax = 18;

/// 10, 100, 1000 for 十 百 千; 0 for any other character.
std::int64_t small_unit(char32_t c) {
    switch (c) {
        case U'十':
        case U'拾': return 10;
        case U'百':
        case U'佰': return 100;
        case U'千':
        case U'仟': return 1000;
        default: return 0;
    }
}

/// 10⁴ and 10⁸ for 万 and 亿; 0 for any other character.
std::int64_t large_unit(char32_t c) {
    return c == U'万' ? 10'000 : c == U'亿' ? 100'000'000 : 0;
}

/// Digits in their places: 二〇二三.
Numeral positional(std::u32string_view numeral) {
    Numeral read{.value = 0, .length = numeral.size(), .has_digit = true, .positional = true};
    if (numeral.size() > kDigitsMax) {
        return {};
    }
    for (const char32_t c : numeral) {
        read.value = read.value * 10 + han_digit(c);
    }
    return read;
}

/// Digits with their units: 三千二百一十.
Numeral with_units(std::u32string_view numeral) {
    Numeral read{.value = 0, .length = numeral.size()};
    std::int64_t section = 0;  // below the next 万 or 亿
    std::int64_t digit = -1;
    for (const char32_t c : numeral) {
        if (han_digit(c) >= 0) {
            digit = han_digit(c);
            read.has_digit = true;
        } else if (const std::int64_t unit = small_unit(c); unit != 0) {
            section += (digit < 0 ? 1 : digit) * unit;
            digit = -1;
        } else {
            section += digit < 0 ? 0 : digit;
            const std::int64_t factor = large_unit(c);
            section = section == 0 && read.value == 0 ? 1 : section;
            if (section == 0 && read.value >= factor) {
                return {};  // 亿亿
            }
            // 一亿二千万: a 万 behind the 亿 takes only its own section.
            read.value = read.value >= factor ? read.value + section * factor
                                              : (read.value + section) * factor;
            section = 0;
            digit = -1;
            if (read.value > 1'000'000'000'000) {
                return {};
            }
        }
    }
    read.value += section + (digit < 0 ? 0 : digit);
    return read;
}

/// 1 where a Han numeral may have these last bits: nearly every other character is told by it.
constexpr std::array<std::uint8_t, 1024> kMayBeNumeral = [] {
    std::array<std::uint8_t, 1024> sieve{};
    for (const char32_t c :
         std::u32string_view{U"〇○零一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿"}) {
        sieve[c % sieve.size()] = 1;
    }
    return sieve;
}();

}  // namespace

int han_digit(char32_t c) {
    switch (c) {
        case U'〇':
        case U'○':
        case U'零': return 0;
        case U'一':
        case U'壹': return 1;
        case U'二':
        case U'两':
        case U'贰': return 2;
        case U'三':
        case U'叁': return 3;
        case U'四':
        case U'肆': return 4;
        case U'五':
        case U'伍': return 5;
        case U'六':
        case U'陆': return 6;
        case U'七':
        case U'柒': return 7;
        case U'八':
        case U'捌': return 8;
        case U'九':
        case U'玖': return 9;
        default: return -1;
    }
}

bool is_han_numeral(char32_t c) {
    return kMayBeNumeral[c % kMayBeNumeral.size()] != 0 &&
           (han_digit(c) >= 0 || small_unit(c) != 0 || large_unit(c) != 0);
}

Numeral han_numeral_at(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    bool units = false;
    while (end < text.size() && end - at <= kHanNumeralMax && is_han_numeral(text[end])) {
        units = units || han_digit(text[end]) < 0;
        ++end;
    }
    if (end == at || end - at > kHanNumeralMax) {
        return {};
    }
    const std::u32string_view numeral = text.substr(at, end - at);
    return units ? with_units(numeral) : positional(numeral);
}

Numeral digits_at(std::u32string_view text, std::size_t at) {
    Numeral read;
    for (; at < text.size() && text[at] >= U'0' && text[at] <= U'9'; ++at) {
        if (++read.length > kDigitsMax) {
            return {};
        }
        read.value = read.value * 10 + static_cast<std::int64_t>(text[at] - U'0');
        read.has_digit = true;
    }
    return read;
}

Numeral number_at(std::u32string_view text, std::size_t at) {
    const Numeral digits = digits_at(text, at);
    return digits.length != 0 ? digits : han_numeral_at(text, at);
}

}  // namespace duban::text::zh
