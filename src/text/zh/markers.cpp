#include "text/zh/markers.h"

#include <array>

#include "text/fold.h"
#include "text/zh/chars.h"
#include "text/zh/numerals.h"

namespace duban::text::zh {
namespace {

constexpr int kMarkerNumberMax = 999;

std::size_t past_blanks(std::u32string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) {
        ++at;
    }
    return at;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

/// A marker of one number, `length` long from `at`.
Marker simple(MarkerKind kind, std::int64_t number, std::size_t length) {
    Marker marker{.kind = kind, .length = static_cast<std::uint32_t>(length)};
    marker.path[0] = static_cast<std::int16_t>(number);
    return marker;
}

bool fits(const Numeral& numeral) {
    return numeral.length != 0 && numeral.value > 0 && numeral.value <= kMarkerNumberMax;
}

/// 第一章, 第三条. A reference, as in 第三条规定, is none.
Marker ordinal_at(std::u32string_view text, std::size_t at) {
    const Numeral numeral = number_at(text, at + 1);
    if (!fits(numeral)) {
        return {};
    }
    const std::size_t after = at + 1 + numeral.length;
    std::size_t length = numeral.length + 2;
    MarkerKind kind = MarkerKind::None;
    switch (char_at(text, after)) {
        case U'编':
        case U'篇': kind = MarkerKind::Volume; break;
        case U'章': kind = MarkerKind::Chapter; break;
        case U'节': kind = MarkerKind::Section; break;
        case U'条': kind = MarkerKind::Article; break;
        case U'部':
            if (char_at(text, after + 1) != U'分') {
                return {};
            }
            kind = MarkerKind::Division;
            ++length;
            break;
        default: return {};
    }
    Marker marker = simple(kind, numeral.value, length);
    const char32_t next_char = char_at(text, at + length);
    if (is_any(next_char, U"的规所至到和与及课第款项线、,。;)")) {
        return {};
    }
    if (next_char != 0 && !is_blank(next_char) && next_char != U':') {
        marker.strength = MarkerStrength::Chained;
    }
    return marker;
}

/// (一)至(三)项, (二)款规定: what is spoken of, not what begins.
bool is_reference(std::u32string_view text, std::size_t after) {
    const char32_t c = char_at(text, after);
    const char32_t second = char_at(text, after + 1);
    return is_any(c, U"至到-—~的") || (is_any(c, U"和与及、") && second == U'(') ||
           (is_any(c, U"款项目条") && is_any(second, U"的规所中内和、,至"));
}

/// (一), (1), (a); also with its second bracket lost.
Marker bracketed_at(std::u32string_view text, std::size_t at) {
    const std::size_t inside = past_blanks(text, at + 1);
    const Numeral han = han_numeral_at(text, inside);
    const Numeral digits = digits_at(text, inside);
    const Numeral numeral = han.length != 0 ? han : digits;
    if (!fits(numeral)) {
        if (is_letter(char_at(text, inside)) && char_at(text, inside + 1) == U')') {
            Marker letter = simple(MarkerKind::Letter, text[inside] % 32, inside + 2 - at);
            letter.strength = MarkerStrength::Run;
            return letter;
        }
        return {};
    }
    const MarkerKind kind = han.length != 0 ? MarkerKind::HanParen : MarkerKind::NumberParen;
    const std::size_t close = past_blanks(text, inside + numeral.length);
    if (char_at(text, close) != U')') {
        const bool separated =
            close != inside + numeral.length || is_any(char_at(text, close), U"、.");
        if (kind != MarkerKind::HanParen || !separated) {
            return {};
        }
        Marker marker =
            simple(kind, numeral.value, close - at + (is_any(text[close], U"、.") ? 1 : 0));
        marker.strength = MarkerStrength::Chained;
        marker.unbalanced = true;
        return marker;
    }
    Marker marker = simple(kind, numeral.value, close + 1 - at);
    const char32_t next_char = char_at(text, close + 1);
    if (is_reference(text, close + 1)) {
        return {};
    }
    if (is_any(next_char, U"、.")) {
        ++marker.length;
    }
    return marker;
}

/// Whether 三、四级 or 1、2号: a list of numbers and no marker.
bool lists_numbers(std::u32string_view text, std::size_t after, const Numeral& first) {
    const Numeral second = number_at(text, after);
    if (second.length == 0 || second.value != first.value + 1) {
        return false;
    }
    const char32_t next_char = char_at(text, after + second.length);
    return !is_blank(next_char) && next_char != 0 && !is_any(next_char, U"是大");
}

/// 一、 and its look-alikes.
Marker han_at(std::u32string_view text, std::size_t at) {
    const Numeral numeral = han_numeral_at(text, at);
    if (!fits(numeral) || (numeral.positional && numeral.length > 1)) {
        return {};
    }
    const std::size_t after = past_blanks(text, at + numeral.length);
    const char32_t separator = char_at(text, after);
    if (is_any(separator, U"、.")) {
        if (lists_numbers(text, after + 1, numeral)) {
            return {};
        }
        return simple(MarkerKind::HanComma, numeral.value, after + 1 - at);
    }
    if (separator == U')') {
        Marker marker = simple(MarkerKind::HanParen, numeral.value, after + 1 - at);
        marker.unbalanced = true;
        return marker;
    }
    if (after != at + numeral.length || separator == U':') {
        Marker marker = simple(MarkerKind::HanComma, numeral.value, numeral.length);
        marker.strength = MarkerStrength::Run;
        return marker;
    }
    return {};
}

/// 1.2.1: the numbers behind the first one, read up to kMarkerDepthMax.
Marker decimal_at(std::u32string_view text, std::size_t at, const Numeral& first) {
    Marker marker = simple(MarkerKind::Decimal, first.value, first.length);
    std::size_t end = at + first.length;
    while (char_at(text, end) == U'.' && is_digit(char_at(text, end + 1))) {
        const Numeral part = digits_at(text, end + 1);
        if (!fits(part) || marker.depth == kMarkerDepthMax) {
            return {};
        }
        marker.path[marker.depth++] = static_cast<std::int16_t>(part.value);
        end += 1 + part.length;
    }
    const char32_t next_char = char_at(text, end);
    if (is_any(next_char, U"%万亿元倍米亩吨公平个版号讲年月日-—~/×")) {
        return {};
    }
    if (is_any(next_char, U".、")) {
        ++end;
    }
    marker.length = static_cast<std::uint32_t>(end - at);
    marker.strength = MarkerStrength::Chained;
    return marker;
}

/// 1. 1、 1) 1.2, or a bare 1 that may have lost its circle.
Marker digit_at(std::u32string_view text, std::size_t at) {
    const Numeral numeral = digits_at(text, at);
    if (!fits(numeral)) {
        return {};
    }
    const std::size_t after = at + numeral.length;
    const char32_t next_char = char_at(text, after);
    if (next_char == U'.' && is_digit(char_at(text, after + 1)) && !is_year_item(text.substr(at))) {
        return decimal_at(text, at, numeral);
    }
    const std::size_t separator = past_blanks(text, after);
    if (is_any(char_at(text, separator), U".、") && separator - after < 2) {
        if (char_at(text, separator) == U'、' && lists_numbers(text, separator + 1, numeral)) {
            return {};
        }
        return simple(MarkerKind::Number, numeral.value, separator + 1 - at);
    }
    if (next_char == U')') {
        return simple(MarkerKind::NumberHalf, numeral.value, numeral.length + 1);
    }
    const bool bare = separator != after || next_char >= 0x3400 || is_any(next_char, U"“《(");
    if (!bare || is_any(char_at(text, separator), U"年月日%‰、，,。-—~至到/:")) {
        return {};
    }
    Marker marker = simple(MarkerKind::Circled, numeral.value, numeral.length);
    marker.strength = MarkerStrength::Run;
    return marker;
}

/// A. or II., believed only in a run.
Marker letter_at(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    int roman = 0;
    int last = 10;
    while (end - at < 5 && is_any(char_at(text, end), U"IVX")) {
        const int value = text[end] == U'I' ? 1 : text[end] == U'V' ? 5 : 10;
        roman += value > last ? value - 2 * last : value;
        last = value;
        ++end;
    }
    if (end > at && is_any(char_at(text, end), U".、")) {
        Marker marker = simple(MarkerKind::Roman, roman, end + 1 - at);
        marker.strength = MarkerStrength::Run;
        return marker;
    }
    if (!is_any(char_at(text, at + 1), U".、)")) {
        return {};
    }
    Marker marker = simple(MarkerKind::Letter, text[at] % 32, 2);
    marker.strength = MarkerStrength::Run;
    return marker;
}

/// 问题一:, 整改任务3.: a word that counts what follows, its number, and a sign behind it.
Marker named_at(std::u32string_view text, std::size_t at) {
    constexpr std::array<std::u32string_view, 7> kWords{
        U"问题", U"任务", U"事项", U"案例", U"整改任务", U"反馈问题", U"整改事项"
    };
    for (const std::u32string_view word : kWords) {
        if (text.substr(at, word.size()) != word) {
            continue;
        }
        const std::size_t first = past_blanks(text, at + word.size());
        const Numeral numeral = number_at(text, first);
        const std::size_t end = first + numeral.length;
        const char32_t sign = char_at(text, end);
        if (!fits(numeral) || !(is_any(sign, U":.、") || is_blank(sign)) ||
            is_digit(char_at(text, end + 1))) {
            return {};
        }
        Marker marker =
            simple(MarkerKind::Named, numeral.value, end - at + (is_any(sign, U".、") ? 1U : 0U));
        marker.strength = MarkerStrength::Chained;
        return marker;
    }
    return {};
}

Marker look_at(std::u32string_view text, std::size_t at) {
    const char32_t c = text[at];
    if (c == U'第') {
        return ordinal_at(text, at);
    }
    if (c == U'(') {
        return bracketed_at(text, at);
    }
    if (is_digit(c)) {
        return digit_at(text, at);
    }
    if (is_han_numeral(c)) {
        return han_at(text, at);
    }
    if (const int circled = circled_number(c); circled > 0) {
        return simple(MarkerKind::Circled, circled, 1);
    }
    if (is_any(c, U"问任事案整反")) {
        return named_at(text, at);
    }
    return is_letter(c) ? letter_at(text, at) : Marker{};
}

}  // namespace

bool is_year_item(std::u32string_view text) {
    const Numeral number = digits_at(text, 0);
    if (number.length == 0 || number.length > 3 || char_at(text, number.length) != U'.') {
        return false;
    }
    const Numeral year = digits_at(text, number.length + 1);
    return year.length == 4 && year.value >= 1900 && year.value < 2100 &&
           char_at(text, number.length + 5) == U'年';
}

Marker marker_at(std::u32string_view paragraph, std::size_t at) {
    if (at >= paragraph.size()) {
        return {};
    }
    Marker marker = look_at(paragraph, at);
    if (marker.kind == MarkerKind::None) {
        return {};
    }
    std::size_t body = past_blanks(paragraph, at + marker.length);
    if (marker.kind != MarkerKind::Circled && char_at(paragraph, body) == U':') {
        body = past_blanks(paragraph, body + 1);
    }
    if (body >= paragraph.size() || is_any(paragraph[body], U"。;,")) {
        return {};
    }
    marker.body = static_cast<std::uint32_t>(body);
    return marker;
}

}  // namespace duban::text::zh
