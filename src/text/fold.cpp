#include "text/fold.h"

#include <algorithm>
#include <array>
#include <cstring>

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

constexpr char32_t kHanFirst = 0x4E00;
constexpr char32_t kHanLast = 0x9FFF;

/// Characters that every form leaves alone, told without asking ICU: most of any text.
bool is_plain(char32_t c) {
    return c < 0xA0 || (c >= kHanFirst && c <= kHanLast) ||
           (c >= 0x2010 && c <= 0x201F && c != 0x2011 && c != 0x2017) ||
           (c >= 0x3001 && c <= 0x301B);
}

/// How many bytes of `text` continue a code point, eight at a time.
std::size_t continuations(std::string_view text) {
    constexpr std::uint64_t kLowBits = 0x0101010101010101U;
    std::size_t count = 0;
    std::size_t at = 0;
    for (; text.size() - at >= sizeof kLowBits; at += sizeof kLowBits) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, sizeof eight);
        const std::uint64_t marked = (eight >> 7U) & (~eight >> 6U) & kLowBits;
        count += (marked * kLowBits) >> 56U;  // the sum of its bytes
    }
    for (; at < text.size(); ++at) {
        count += (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80 ? 1U : 0U;
    }
    return count;
}

/// What three bytes give, were they a character; `ill` has other bits than the lowest six where the
/// second or the third is none of its kind.
inline char32_t bits_of(const char* bytes, char32_t& ill) {
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(bytes[i]));
    };
    const char32_t second = byte(1) ^ 0x80U;
    const char32_t third = byte(2) ^ 0x80U;
    ill = second | third;
    return (byte(0) << 12U) + (second << 6U) + third - 0xE0000U;
}

/// The common Han character of these three bytes, or 0. Of another first byte none would come out.
inline char32_t han_at(const char* bytes) {
    char32_t ill = 0;
    const char32_t c = bits_of(bytes, ill);
    return ill < 0x40U && c - kHanFirst <= kHanLast - kHanFirst ? c : 0;
}

/// The character of these three bytes, or 0 where they are none of the usual kind.
inline char32_t three_at(const char* bytes) {
    char32_t ill = 0;
    const char32_t c = bits_of(bytes, ill);
    const auto lead = static_cast<unsigned char>(bytes[0]);
    return ill < 0x40U && lead > 0xE0U && lead < 0xF0U && lead != 0xEDU ? c : 0;
}

/// What a character folds to when no rule need be asked; 0 when one must be.
inline char32_t folded_plain(char32_t c) {
    if (c - 0xFF01U < 0x5EU) {
        return c - 0xFEE0U;  // full-width ASCII
    }
    if (c == 0x3000) {
        return U' ';
    }
    return is_plain(c) ? c : 0;
}

/// Writes folded characters into room made once, one place for each code point of the source. Where
/// one opens up into several, the others take from the spare places.
class Writer {
public:
    explicit Writer(std::string_view text) : size_{text.size()} {
        grow(text.size() - continuations(text) + 1);
    }

    /// The characters that stand at `at` and behind it and need no rules; returns where they end.
    std::size_t put_plain(std::string_view text, std::size_t at) {
        char32_t* chars = chars_ + count_;  // in registers: what is written could lie anywhere
        std::uint32_t* offsets = offsets_ + count_;
        const char* bytes = text.data();
        const std::size_t last = text.size() < 3 ? 0 : text.size() - 2;  // three bytes before it
        while (at < last) {
            char32_t c = han_at(bytes + at);
            std::size_t length = 3;
            if (c == 0) {
                const auto lead = static_cast<unsigned char>(bytes[at]);
                length = lead < 0x80 ? 1 : 3;
                c = lead < 0x80 ? lead : folded_plain(three_at(bytes + at));
                if (c == 0) {
                    break;
                }
            }
            *chars++ = c;
            *offsets++ = static_cast<std::uint32_t>(at);
            at += length;
        }
        count_ = static_cast<std::size_t>(chars - chars_);
        return at;
    }

    /// The one character of a code point.
    void put(char32_t c, std::size_t offset) {
        chars_[count_] = c;
        offsets_[count_] = static_cast<std::uint32_t>(offset);
        ++count_;
    }

    /// The second and later characters of a code point.
    void put_more(char32_t c, std::size_t offset) {
        if (spare_ == 0) {
            spare_ = folded_.chars.size() / 2 + 16;
            grow(folded_.chars.size() + spare_);
        }
        --spare_;
        put(c, offset);
    }

    Folded finish() {
        offsets_[count_] = static_cast<std::uint32_t>(size_);
        folded_.chars.resize(count_);
        folded_.offsets.resize(count_ + 1);
        return std::move(folded_);
    }

private:
    void grow(std::size_t room) {
        folded_.chars.resize(room);
        folded_.offsets.resize(room);
        chars_ = folded_.chars.data();
        offsets_ = folded_.offsets.data();
    }

    Folded folded_;
    char32_t* chars_ = nullptr;
    std::uint32_t* offsets_ = nullptr;
    std::size_t count_ = 0;
    std::size_t spare_ = 0;
    std::size_t size_;
};

/// What one unusual character becomes, each part standing at the same source offset.
void take_folded(char32_t c, std::size_t offset, Writer& writer) {
    icu::UnicodeString parts;
    if (circled_number(c) >= 0 || !nfkc_rules().getDecomposition(static_cast<UChar32>(c), parts)) {
        writer.put(c, offset);
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString composed = nfkc_rules().normalize(parts, status);
    core::check(U_SUCCESS(status) != 0, "ICU composes any character");
    for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        const auto part = static_cast<char32_t>(composed.char32At(i));
        i == 0 ? writer.put(part, offset) : writer.put_more(part, offset);
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
    Writer writer{text};
    for (std::size_t at = writer.put_plain(text, 0); at < text.size();
         at = writer.put_plain(text, at)) {
        const std::size_t offset = at;
        const char32_t c = next(text, at);
        is_plain(c) ? writer.put(c, offset) : take_folded(c, offset, writer);
    }
    return writer.finish();
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
