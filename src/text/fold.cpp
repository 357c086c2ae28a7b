#include "text/fold.h"

#include <array>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include "core/check.h"
#include "text/utf8.h"

namespace duban::text {
namespace {

const icu::Normalizer2& nfkc_rules() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* rules = icu::Normalizer2::getNFKCInstance(status);
    core::check(U_SUCCESS(status) != 0, "ICU has its NFKC");
    return *rules;
}

/// Characters that every form leaves alone, told without asking ICU: most of any text.
bool is_plain(char32_t c) {
    return c < 0xA0 || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0x2010 && c <= 0x201F && c != 0x2011 && c != 0x2017) ||
           (c >= 0x3001 && c <= 0x301B);
}

/// Appends what one unusual character becomes, each part standing at the same source offset.
void take_folded(char32_t c, std::uint32_t offset, Folded& folded) {
    const auto put = [&](char32_t part) {
        folded.chars += part;
        folded.offsets.push_back(offset);
    };
    if (circled_number(c) >= 0) {
        put(c);
        return;
    }
    icu::UnicodeString parts;
    if (!nfkc_rules().getDecomposition(static_cast<UChar32>(c), parts)) {
        put(c);
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString composed = nfkc_rules().normalize(parts, status);
    core::check(U_SUCCESS(status) != 0, "ICU composes any character");
    for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        put(static_cast<char32_t>(composed.char32At(i)));
    }
}

struct CircledRange {
    char32_t first;
    char32_t last;
    int number;
};

constexpr std::array<CircledRange, 9> kCircled{{
    {0x2460, 0x2473, 1},   // ① to ⑳
    {0x24EA, 0x24EA, 0},   // ⓪
    {0x24F5, 0x24FE, 1},   // double circles
    {0x24EB, 0x24F4, 11},  // black circles 11 to 20
    {0x2776, 0x277F, 1},   // black circles
    {0x2780, 0x2789, 1},   // sans-serif
    {0x3251, 0x325F, 21},  // 21 to 35
    {0x3280, 0x3289, 1},   // Han one to ten
    {0x32B1, 0x32BF, 36},  // 36 to 50
}};

}  // namespace

int circled_number(char32_t c) {
    if (c < kCircled.front().first || c > kCircled.back().last) {
        return -1;
    }
    for (const CircledRange& range : kCircled) {
        if (c >= range.first && c <= range.last) {
            return range.number + static_cast<int>(c - range.first);
        }
    }
    return -1;
}

Folded fold(std::string_view text) {
    core::check(text.size() < UINT32_MAX, "a text to fold is smaller than 4 GiB");
    Folded folded;
    folded.chars.reserve(text.size() / 3 + 16);
    folded.offsets.reserve(text.size() / 3 + 16);
    for (std::size_t at = 0; at < text.size();) {
        const auto offset = static_cast<std::uint32_t>(at);
        char32_t c = next(text, at);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            c -= 0xFEE0;  // full-width ASCII
        } else if (c == 0x3000) {
            c = U' ';
        } else if (!is_plain(c)) {
            take_folded(c, offset, folded);
            continue;
        }
        folded.chars += c;
        folded.offsets.push_back(offset);
    }
    folded.offsets.push_back(static_cast<std::uint32_t>(text.size()));
    return folded;
}

std::string nfkc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string normal;
    normal.reserve(text.size());
    icu::StringByteSink<std::string> sink{&normal};
    nfkc_rules().normalizeUTF8(
        0,
        icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())},
        sink,
        nullptr,
        status
    );
    core::check(U_SUCCESS(status) != 0, "ICU normalizes any text");
    return normal;
}

}  // namespace duban::text
