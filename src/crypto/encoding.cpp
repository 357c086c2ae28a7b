#include "crypto/encoding.h"

#include <cstdint>

namespace duban::crypto {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kBase64Group = 4;

/// A positional alphabet of 2^bits characters.
struct Alphabet {
    std::string_view characters;
    unsigned bits;
};

std::string encode(std::string_view data, const Alphabet& alphabet) {
    const std::uint32_t mask = (1U << alphabet.bits) - 1;
    std::string out;
    out.reserve((data.size() * 8 + alphabet.bits - 1) / alphabet.bits);
    std::uint32_t held = 0;
    unsigned held_bits = 0;
    for (const char c : data) {
        held = (held << 8U) | static_cast<std::uint8_t>(c);
        held_bits += 8;
        while (held_bits >= alphabet.bits) {
            held_bits -= alphabet.bits;
            out.push_back(alphabet.characters[(held >> held_bits) & mask]);
        }
        held &= (1U << held_bits) - 1;
    }
    if (held_bits > 0) {
        out.push_back(alphabet.characters[(held << (alphabet.bits - held_bits)) & mask]);
    }
    return out;
}

std::optional<std::string> decode(std::string_view text, const Alphabet& alphabet) {
    std::string out;
    out.reserve(text.size() * alphabet.bits / 8);
    std::uint32_t held = 0;
    unsigned held_bits = 0;
    for (const char c : text) {
        const std::size_t digit = alphabet.characters.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        held = (held << alphabet.bits) | static_cast<std::uint32_t>(digit);
        held_bits += alphabet.bits;
        if (held_bits >= 8) {
            held_bits -= 8;
            out.push_back(static_cast<char>(held >> held_bits));
            held &= (1U << held_bits) - 1;
        }
    }
    // What is left over is less than a character and zero, else another text has the same bytes.
    if (held_bits >= alphabet.bits || held != 0) {
        return std::nullopt;
    }
    return out;
}

/// ASCII letters alone: no locale takes part.
std::string fold(std::string_view text, char from, char to) {
    std::string out{text};
    for (char& c : out) {
        if (c >= from && c <= static_cast<char>(from + 25)) {
            c = static_cast<char>(c - from + to);
        }
    }
    return out;
}

}  // namespace

std::string hex_encode(std::string_view data) {
    return encode(data, {kHex, 4});
}

std::optional<std::string> hex_decode(std::string_view text) {
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    return decode(fold(text, 'A', 'a'), {kHex, 4});
}

std::string base64_encode(std::string_view data) {
    std::string out = encode(data, {kBase64, 6});
    out.append((kBase64Group - out.size() % kBase64Group) % kBase64Group, '=');
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % kBase64Group != 0) {
        return std::nullopt;
    }
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) {
        text.remove_suffix(1);
    }
    return decode(text, {kBase64, 6});
}

std::string base64url_encode(std::string_view data) {
    return encode(data, {kBase64Url, 6});
}

std::optional<std::string> base64url_decode(std::string_view text) {
    return decode(text, {kBase64Url, 6});
}

std::string base32_encode(std::string_view data) {
    return encode(data, {kBase32, 5});
}

std::optional<std::string> base32_decode(std::string_view text) {
    return decode(fold(text, 'a', 'A'), {kBase32, 5});
}

}  // namespace duban::crypto
