#include "journal/tile_path.h"

#include <algorithm>
#include <charconv>

namespace duban::journal {

namespace {

constexpr std::string_view kEntries = "entries";
constexpr std::size_t kDigits = 3;
constexpr std::int64_t kThousand = 1000;
constexpr std::size_t kElementsMax = 6;  // 10^18, and no more fits 63 bits
constexpr std::int64_t kLevelMax = 63;

std::optional<std::int64_t> find_digits(std::string_view text) {
    std::int64_t value = 0;
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return digits && end.ec == std::errc{} ? std::optional{value} : std::nullopt;
}

/// A number without a zero in front.
std::optional<std::int64_t> find_number(std::string_view text, std::int64_t most) {
    const auto value = find_digits(text);
    const bool plain = text.size() == 1 || !text.starts_with('0');
    return value && plain && *value <= most ? value : std::nullopt;
}

std::string_view take_element(std::string_view& path) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view element = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    return element;
}

/// "x001/234": three digits each, an x before all but the last, none of them superfluous.
std::optional<std::int64_t> find_index(std::string_view path) {
    if (path.ends_with('/')) {
        return std::nullopt;
    }
    std::int64_t index = 0;
    for (std::size_t count = 1; count <= kElementsMax; ++count) {
        std::string_view element = take_element(path);
        const bool goes_on = element.starts_with('x');
        element.remove_prefix(goes_on ? 1 : 0);
        const auto digits = element.size() == kDigits ? find_digits(element) : std::nullopt;
        if (!digits || goes_on == path.empty()) {
            return std::nullopt;
        }
        index = index * kThousand + *digits;
        if (!goes_on) {
            return index;
        }
        if (index == 0) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
    TilePath out;
    const std::string_view level = take_element(path);
    out.is_entries = level == kEntries;
    if (const auto number = find_number(level, kLevelMax)) {
        out.place.level = static_cast<unsigned>(*number);
    } else if (!out.is_entries) {
        return std::nullopt;
    }
    constexpr std::string_view kPartOfTile = ".p/";
    if (const std::size_t partial = path.find(kPartOfTile); partial != path.npos) {
        const auto width = find_number(path.substr(partial + kPartOfTile.size()), kTileWidth - 1);
        if (!width || *width == 0) {
            return std::nullopt;
        }
        out.width = *width;
        path = path.substr(0, partial);
    }
    const auto index = find_index(path);
    if (!index) {
        return std::nullopt;
    }
    out.place.index = *index;
    return out;
}

std::string tile_index_text(std::int64_t index) {
    std::string digits = std::to_string(index % kThousand);
    std::string out = std::string(kDigits - digits.size(), '0') + digits;
    for (index /= kThousand; index > 0; index /= kThousand) {
        digits = std::to_string(index % kThousand);
        out.insert(0, "x" + std::string(kDigits - digits.size(), '0') + digits + "/");
    }
    return out;
}

}  // namespace duban::journal
