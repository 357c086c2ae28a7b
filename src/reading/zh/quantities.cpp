#include "reading/zh/quantities.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "reading/zh/chars.h"
#include "text/zh/numerals.h"

namespace duban::reading::zh {
namespace {

using text::zh::Numeral;

/// Longer units before shorter ones that begin the same.
constexpr std::array<std::u32string_view, 109> kUnits{
    U"个百分点", U"卷",   U"个工作日", U"个月", U"个小时",   U"个",     U"工作日", U"人次", U"人",
    U"名",       U"项次", U"项",       U"条",   U"份",       U"所",     U"家次",   U"家",   U"件次",
    U"件",       U"篇",   U"期",       U"届",   U"批次",     U"批",     U"轮",     U"场次", U"场",
    U"次",       U"部门", U"部",       U"单位", U"学校",     U"大类",   U"类",     U"本",   U"册",
    U"台次",     U"台",   U"辆次",     U"辆",   U"套",       U"户次",   U"户",     U"间",   U"处",
    U"起",       U"例",   U"门",       U"课时", U"学时",     U"小时",   U"分钟",   U"天",   U"周",
    U"年",       U"元",   U"万元",     U"亿元", U"平方公里", U"平方米", U"立方米", U"公里", U"公顷",
    U"米",       U"亩",   U"吨",       U"公斤", U"千克",     U"千瓦",   U"m2",     U"%",    U"‰",
    U"倍",       U"位",   U"支",       U"只",   U"座",       U"栋",     U"幢",     U"张",   U"笔",
    U"宗",       U"幅",   U"封",       U"方面", U"季度",     U"分",     U"成",     U"具",   U"块",
    U"根",       U"盏",   U"棵",       U"株",   U"头",       U"艘",     U"架次",   U"架",   U"枚",
    U"瓶",       U"箱",   U"袋",       U"桶",   U"盒",       U"片",     U"段",     U"组",   U"班次",
    U"车次"
};
constexpr std::array<std::u32string_view, 9> kOrdinalUnits{
    U"期", U"届", U"批次", U"批", U"轮", U"次", U"季度", U"年", U"名"
};
/// Names that hold a number and count nothing.
constexpr std::array<std::u32string_view, 14> kSlogans{
    U"四个意识",
    U"四个自信",
    U"两个维护",
    U"两个确立",
    U"四个全面",
    U"两个责任",
    U"四个落实",
    U"三个聚焦",
    U"八项规定",
    U"五位一体",
    U"两个一百年",
    U"四个合格",
    U"四个服从",
    U"三个区分开来"
};
/// 人大, 年级, 个别: with what follows, the unit begins another word.
struct Compound {
    char32_t unit;
    std::u32string_view next;
};
constexpr std::array<Compound, 9> kCompounds{
    {{U'人', U"大民才力事类工员均"},
     {U'年', U"级轻龄"},
     {U'个', U"别性体"},
     {U'分', U"之别钟公管"},
     {U'位', U"一置"},
     {U'处', U"理级分"},
     {U'次', U"数序"},
     {U'部', U"分署"},
     {U'门', U"诊户槛"}}
};

struct Parsed {
    std::size_t end = 0;  ///< 0: no number
    std::string digits;   ///< without its point
    std::size_t scale = 0;
    bool han = false;
    bool bare_unit = false;  ///< 百 or 万 with no digit
    bool one = false;        ///< 一 alone: an article as often as a number
};

std::string decimal_text(std::string digits, std::size_t scale) {
    if (digits.size() <= scale) {
        digits.insert(0, scale + 1 - digits.size(), '0');
    }
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - scale - 1);
    digits.erase(0, zeros);
    if (scale != 0) {
        digits.insert(digits.size() - scale, ".");
    }
    return digits;
}

Parsed digits_here(std::u32string_view text, std::size_t at) {
    Parsed number;
    std::size_t end = at;
    while (is_digit(char_at(text, end)) && number.digits.size() < 18) {
        number.digits += static_cast<char>(text[end++]);
    }
    // 1,369.5: a comma before exactly three digits, after at most three.
    while (number.digits.size() <= 15 &&
           end - at <= (end == at + number.digits.size() ? 3U : 23U) &&
           char_at(text, end) == U',' && is_digit(char_at(text, end + 1)) &&
           is_digit(char_at(text, end + 2)) && is_digit(char_at(text, end + 3)) &&
           !is_digit(char_at(text, end + 4))) {
        for (std::size_t i = 1; i <= 3; ++i) {
            number.digits += static_cast<char>(text[end + i]);
        }
        end += 4;
    }
    if (is_digit(char_at(text, end)) || text::zh::is_year_item(text.substr(at))) {
        return {};
    }
    if (char_at(text, end) == U'.' && is_digit(char_at(text, end + 1))) {
        ++end;
        while (is_digit(char_at(text, end)) && number.scale < 6) {
            number.digits += static_cast<char>(text[end++]);
            ++number.scale;
        }
        if (is_digit(char_at(text, end)) || char_at(text, end) == U'.') {
            return {};
        }
    }
    number.end = end;
    return number;
}

Parsed number_here(std::u32string_view text, std::size_t at) {
    if (is_digit(char_at(text, at))) {
        return digits_here(text, at);
    }
    const Numeral han = text::zh::han_numeral_at(text, at);
    if (han.length == 0 || (han.positional && han.length > 1)) {
        return {};
    }
    Parsed number;
    number.end = at + han.length;
    number.digits = std::to_string(han.value);
    number.han = true;
    number.bare_unit = !han.has_digit && text[at] != U'十';
    number.one = han.length == 1 && han.value == 1;
    return number;
}

/// 近 约 逾 超 before a number: how many characters.
std::size_t about_before(std::u32string_view text, std::size_t at, std::size_t from) {
    constexpr std::array<std::u32string_view, 7> kAbout{
        U"大约", U"超过", U"约", U"近", U"逾", U"超", U"达到近"
    };
    const std::u32string_view word = word_before(text.substr(from, at - from), kAbout);
    const std::size_t begin = at - word.size();
    const bool bound = !word.empty() && begin > from && is_any(text[begin - 1], U"不未赶");
    return bound ? 0 : word.size();  // 不超过45人 is a limit
}

bool begins_word(std::u32string_view text, std::size_t at, std::u32string_view unit) {
    if (unit == U"成") {  // 三成 counts tenths; 成立, 成为, 成员 and many others begin with it
        const char32_t next = char_at(text, at);
        return next != 0 && !is_blank(next) && !is_any(next, U"。,;、!?)”以左多的");
    }
    return std::ranges::any_of(kCompounds, [&](const Compound& compound) {
        return unit.size() == 1 && compound.unit == unit[0] &&
               is_any(char_at(text, at), compound.next);
    });
}

/// "四个意识": a short name in quotes.
bool is_name(std::u32string_view text, std::size_t at, std::size_t unit_end) {
    if (!word_at(text, at, kSlogans).empty()) {
        return true;
    }
    const bool quoted = at > 0 && is_any(text[at - 1], U"“‘\"");
    return quoted && (is_any(char_at(text, unit_end + 2), U"”’\"") ||
                      is_any(char_at(text, unit_end + 1), U"”’\"") ||
                      is_any(char_at(text, unit_end), U"”’\""));
}

/// 十九届四中全会, 十届区委, 十七届人大: which of its row a body or its meeting is.
bool names_term(std::u32string_view text, std::size_t unit_end) {
    constexpr std::array<std::u32string_view, 8> kBodies{
        U"中央", U"全国", U"人大", U"政协", U"常委", U"党委", U"纪委", U"理事"
    };
    const char32_t next = char_at(text, unit_end);
    const char32_t second = char_at(text, unit_end + 1);
    return !word_at(text, unit_end, kBodies).empty() ||
           (is_any(next, U"国省市区县州镇乡旗局院校") && is_any(second, U"委人政")) ||
           (text::zh::is_han_numeral(next) && is_any(second, U"中次"));
}

bool takes_more(char32_t c) {
    return c == U'余' || c == U'多' || c == U'几';
}

/// A second number behind a dash, 至 or a plus: 3-5次, 17+1个. Neither has one value.
std::size_t range_end(std::u32string_view text, std::size_t end) {
    if (!is_any(char_at(text, end), U"-—~至到+")) {
        return 0;
    }
    return number_here(text, end + 1).end;
}

Amount fraction(std::u32string_view text, std::size_t at, std::size_t end) {
    Amount amount;
    amount.begin = at;
    const Parsed part = number_here(text, end + 2);
    if (part.end == 0) {
        return {};
    }
    amount.end = part.end;
    if (text[at] == U'百' && end == at + 1) {
        amount.value = decimal_text(part.digits, part.scale);
        amount.unit = U"%";
    } else {
        amount.range = true;
    }
    return amount;
}

/// 1 where some unit begins with a character of these last bits.
constexpr std::array<std::uint8_t, 1024> kUnitStarts = [] {
    std::array<std::uint8_t, 1024> starts{};
    for (const std::u32string_view unit : kUnits) {
        starts[unit[0] % starts.size()] = 1;
    }
    return starts;
}();

bool may_be_unit(char32_t c) {
    return kUnitStarts[c % kUnitStarts.size()] != 0;
}

struct Scaled {
    std::size_t end;
    std::u32string_view unit;
    std::size_t power;  ///< zeros that 万 or 亿 add
};

/// The unit at `end`, 万 and 亿 before it taken into the number except for money.
Scaled unit_here(std::u32string_view text, std::size_t end, bool digits, bool& approximate) {
    std::size_t power = 0;
    const char32_t large = char_at(text, end);
    if (digits && (large == U'万' || large == U'亿')) {
        std::size_t next = end + 1;
        if (takes_more(char_at(text, next))) {
            approximate = true;
            ++next;
        }
        if (char_at(text, next) == U'元') {
            return {next + 1, large == U'万' ? U"万元" : U"亿元", 0};
        }
        power = large == U'万' ? 4 : 8;
        end = next;
    }
    const std::u32string_view unit =
        may_be_unit(char_at(text, end)) ? word_at(text, end, kUnits) : std::u32string_view{};
    return {end + unit.size(), unit, power};
}

}  // namespace

Amount amount_at(std::u32string_view text, std::size_t at, std::size_t from) {
    Parsed number = number_here(text, at);
    if (number.end == 0) {
        return {};
    }
    if (stands_at(text, number.end, U"分之")) {
        return fraction(text, at, number.end);
    }
    Amount amount;
    amount.begin = at;
    std::size_t end = number.end;
    if (const std::size_t second = range_end(text, end); second != 0) {
        end = second;
        amount.range = true;
    }
    while (end - number.end < 3 && is_blank(char_at(text, end))) {
        ++end;
    }
    if (takes_more(char_at(text, end))) {
        amount.approximate = true;
        ++end;
    }
    const Scaled scaled = unit_here(text, end, !number.han, amount.approximate);
    const char32_t before = at > from ? text[at - 1] : U'\0';
    const bool term = scaled.unit == U"届" && names_term(text, scaled.end);
    amount.ordinal = before == U'第' || term;
    if (scaled.unit.empty() || is_any(before, U"数几") ||
        begins_word(text, scaled.end, scaled.unit) || is_name(text, at, scaled.end)) {
        return {};
    }
    if (amount.ordinal && std::ranges::find(kOrdinalUnits, scaled.unit) == kOrdinalUnits.end()) {
        return {};
    }
    if (!amount.ordinal && ((number.one && scaled.unit != U"%") ||
                            (number.bare_unit && !amount.approximate) || scaled.unit == U"季度")) {
        return {};
    }
    if (amount.ordinal) {
        amount.begin = before == U'第' ? at - 1 : at;
    } else if (const std::size_t about = about_before(text, at, from); about != 0) {
        amount.begin = at - about;
        amount.approximate = true;
    }
    amount.end = scaled.end;
    amount.unit = scaled.unit;
    if (stands_at(text, amount.end, U"左右") || stands_at(text, amount.end, U"上下")) {
        amount.end += 2;
        amount.approximate = true;
    }
    if (!amount.range) {
        const std::size_t zeros = scaled.power > number.scale ? scaled.power - number.scale : 0;
        number.digits.append(zeros, '0');
        amount.value = decimal_text(number.digits, number.scale + zeros - scaled.power);
    }
    return amount;
}

}  // namespace duban::reading::zh
