#include "text/utf8.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace duban::text {
namespace {

constexpr char32_t kCodePointMax = 0x10FFFF;

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

bool is_surrogate(char32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

/// A well-formed sequence of `length` bytes, or length 0.
struct Sequence {
    char32_t value = kReplacement;
    std::size_t length = 0;
};

/// The smallest value that needs a sequence of this length: shorter ones are overlong (RFC 3629).
constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};

Sequence sequence_at(std::string_view text, std::size_t at) {
    const std::uint8_t lead = byte_at(text, at);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length) {
        return {};
    }
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint8_t next_byte = byte_at(text, at + i);
        if ((next_byte & 0xC0U) != 0x80) {
            return {};
        }
        value = (value << 6U) | (next_byte & 0x3FU);
    }
    if (value < kSmallest[length] || value > kCodePointMax || is_surrogate(value)) {
        return {};
    }
    return {value, length};
}

/// Whether three bytes that no special case concerns are well-formed: nearly all Han text.
inline bool is_common_three(std::string_view text, std::size_t at) {
    if (text.size() - at < 3) {
        return false;
    }
    const unsigned lead = byte_at(text, at);
    const unsigned second = byte_at(text, at + 1) ^ 0x80U;
    const unsigned third = byte_at(text, at + 2) ^ 0x80U;
    return (second | third) < 0x40U && lead - 0xE1U < 0x0FU && lead != 0xEDU;
}

/// The bits that tell one of three bytes from other lengths, and how they are set; twice.
std::uint64_t six_of(const char (&bytes)[9]) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// Whether six bytes are two characters of the usual three: as is_common_three(), both at once.
inline bool are_common_six(std::string_view text, std::size_t at) {
    std::uint64_t word = 0;
    if (text.size() - at < sizeof word) {
        return false;
    }
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t bits = six_of("\xF0\xC0\xC0\xF0\xC0\xC0\0\0");
    const std::uint64_t set = six_of("\xE0\x80\x80\xE0\x80\x80\0\0");
    const auto usual = [](unsigned lead) { return lead != 0xE0U && lead != 0xEDU; };
    return (word & bits) == set && usual(byte_at(text, at)) && usual(byte_at(text, at + 3));
}

}  // namespace

std::optional<std::size_t> find_invalid(std::string_view bytes) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    for (std::size_t at = 0; at < bytes.size();) {
        if (are_common_six(bytes, at)) {
            at += 6;
            continue;
        }
        if (is_common_three(bytes, at)) {
            at += 3;
            continue;
        }
        std::uint64_t eight = kHighBits;
        if (bytes.size() - at >= sizeof eight) {
            std::memcpy(&eight, bytes.data() + at, sizeof eight);
        }
        if ((eight & kHighBits) == 0) {
            at += sizeof eight;
            continue;
        }
        const Sequence sequence = sequence_at(bytes, at);
        if (sequence.length == 0) {
            return at;
        }
        at += sequence.length;
    }
    return std::nullopt;
}

char32_t next(std::string_view text, std::size_t& at) {
    const Sequence sequence = sequence_at(text, at);
    at += sequence.length == 0 ? 1 : sequence.length;
    return sequence.value;
}

void append(std::string& text, char32_t c) {
    if (c > kCodePointMax || is_surrogate(c)) {
        c = kReplacement;
    }
    const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6U));
        put(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3FU));
        put(0x80 | (c & 0x3FU));
    } else {
        put(0xF0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3FU));
        put(0x80 | ((c >> 6U) & 0x3FU));
        put(0x80 | (c & 0x3FU));
    }
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        static_cast<void>(next(text, at));
    }
    return count;
}

std::string_view first(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t seen = 0; seen < count && at < text.size(); ++seen) {
        static_cast<void>(next(text, at));
    }
    return text.substr(0, at);
}

std::string repaired(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        append(text, next(bytes, at));
    }
    return text;
}

std::string to_utf8(std::u32string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3);
    for (const char32_t c : text) {
        append(bytes, c);
    }
    return bytes;
}

std::u32string to_utf32(std::string_view text) {
    std::u32string wide;
    wide.reserve(text.size() / 3);
    for (std::size_t at = 0; at < text.size();) {
        wide += next(text, at);
    }
    return wide;
}

}  // namespace duban::text
