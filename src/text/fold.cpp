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

/// Characters that every form leaves alone, told without asking ICU: most of any text.
bool is_plain(char32_t c) {
    return c < 0xA0 || (c >= 0x4E00 && c <= 0x9FFF) ||
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

/// Writes folded characters into room made once, one place for each code point of the source. Where
/// one opens up into several, the others take from the spare places.
class Writer {
public:
    explicit Writer(std::string_view text) : size_{text.size()} {
        grow(text.size() - continuations(text) + 1);
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

/// As next(), with the way of most Han characters written out.
inline char32_t next_of(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const char32_t lead = byte(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && text.size() - at >= 3 &&
        (byte(at + 1) & 0xC0U) == 0x80 && (byte(at + 2) & 0xC0U) == 0x80) {
        const char32_t c =
            ((lead & 0x0FU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
        at += 3;
        return c;
    }
    return next(text, at);
}

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
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t offset = at;
        char32_t c = next_of(text, at);
        if (c >= 0x4E00 && c <= 0x9FFF) {
            writer.put(c, offset);
            continue;
        }
        if (c >= 0xFF01 && c <= 0xFF5E) {
            c -= 0xFEE0;  // full-width ASCII
        } else if (c == 0x3000) {
            c = U' ';
        } else if (!is_plain(c)) {
            take_folded(c, offset, writer);
            continue;
        }
        writer.put(c, offset);
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
