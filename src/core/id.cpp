#include "core/id.h"

#include <algorithm>

#include "core/check.h"

namespace duban::core {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kTextLength = 36;

bool is_dash_place(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<std::uint8_t>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<std::uint8_t>(c - 'a' + 10);
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<std::uint8_t>(c - 'A' + 10);
    }
    return std::nullopt;
}

}  // namespace

std::string Id::text() const {
    std::string out;
    out.reserve(kTextLength);
    for (const std::uint8_t octet : octets) {
        if (is_dash_place(out.size())) {
            out.push_back('-');
        }
        out.push_back(kHexDigits[octet >> 4U]);
        out.push_back(kHexDigits[octet & 15U]);
    }
    return out;
}

Bytes Id::bytes() const {
    return {std::string(octets.begin(), octets.end())};
}

std::optional<Id> Id::parse(std::string_view text) {
    if (text.size() != kTextLength) {
        return std::nullopt;
    }
    Id id;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < kTextLength; ++i) {
        if (is_dash_place(i)) {
            if (text[i] != '-') {
                return std::nullopt;
            }
            continue;
        }
        const auto digit = hex_digit(text[i]);
        if (!digit) {
            return std::nullopt;
        }
        std::uint8_t& octet = id.octets.at(nibble / 2);
        octet = static_cast<std::uint8_t>((octet << 4U) | *digit);
        ++nibble;
    }
    return id;
}

Id Id::from_bytes(std::string_view sixteen) {
    check(sixteen.size() == 16, "an id has 16 bytes");
    Id id;
    std::copy(sixteen.begin(), sixteen.end(), id.octets.begin());
    return id;
}

// RFC 9562, 5.7: unix_ts_ms (48) | ver 7 (4) | rand_a (12) | var 10 (2) | rand_b (62).
Id make_id(Instant now, Random& random) {
    Id id = Id::from_bytes(random.bytes(16));
    const auto ms = static_cast<std::uint64_t>(to_ms(now));
    for (std::size_t i = 0; i < 6; ++i) {
        id.octets.at(i) = static_cast<std::uint8_t>((ms >> (8 * (5 - i))) & 0xFFU);
    }
    id.octets[6] = static_cast<std::uint8_t>((id.octets[6] & 0x0FU) | 0x70U);
    id.octets[8] = static_cast<std::uint8_t>((id.octets[8] & 0x3FU) | 0x80U);
    return id;
}

}  // namespace duban::core
