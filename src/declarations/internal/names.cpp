#include "declarations/internal/names.h"

#include <algorithm>
#include <array>

namespace duban::declarations {

namespace {

constexpr std::array kKeywords = std::to_array<std::string_view>({
#include "declarations/internal/keywords.inc"
});
static_assert(std::is_sorted(kKeywords.begin(), kKeywords.end()));

constexpr std::array kReservedColumns = std::to_array<std::string_view>({
    // Of every entry, and of every row of a child table.
    "id",
    "org",
    "unit",
    "number",
    "state",
    "revision",
    "opened_at",
    "opened_by",
    "changed_at",
    "due",
    "due_on",
    "light",
    "entry",
    "position",
    // Of PostgreSQL and SQLite.
    "ctid",
    "cmin",
    "cmax",
    "xmin",
    "xmax",
    "tableoid",
    "oid",
    "rowid",
});

constexpr std::array kReservedPrefixes = std::to_array<std::string_view>({"d_", "pg_", "sqlite_"});

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/// Edit distance where two neighbours exchanged count as one slip; `text` and `other` are short.
std::size_t distance(std::string_view text, std::string_view other) {
    std::vector<std::vector<std::size_t>> cost(
        text.size() + 1, std::vector<std::size_t>(other.size() + 1)
    );
    for (std::size_t i = 0; i <= text.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t changed = text[i - 1] == other[j - 1] ? 0 : 1;
            cost[i][j] =
                std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + changed});
            const bool exchanged =
                i > 1 && j > 1 && text[i - 1] == other[j - 2] && text[i - 2] == other[j - 1];
            if (exchanged) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[text.size()][other.size()];
}

}  // namespace

bool is_name(std::string_view text) {
    return text.size() >= 2 && text.size() <= kNameMax && is_lower(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_lower(c) || is_digit(c) || c == '_';
           });
}

bool is_keyword(std::string_view text) {
    return std::binary_search(kKeywords.begin(), kKeywords.end(), text);
}

bool is_reserved_column(std::string_view text) {
    return std::find(kReservedColumns.begin(), kReservedColumns.end(), text) !=
           kReservedColumns.end();
}

bool has_reserved_prefix(std::string_view text) {
    return std::any_of(kReservedPrefixes.begin(), kReservedPrefixes.end(), [text](auto prefix) {
        return text.starts_with(prefix);
    });
}

bool is_code(std::string_view text) {
    const auto dot = text.find('.');
    return dot != std::string_view::npos && is_name(text.substr(0, dot)) &&
           is_name(text.substr(dot + 1));
}

bool is_language_tag(std::string_view text) {
    // RFC 5646: subtags of one to eight letters or digits, the first of two or three letters.
    constexpr std::size_t kTagMax = 35;
    if (text.empty() || text.size() > kTagMax) {
        return false;
    }
    for (bool first = true; !text.empty(); first = false) {
        const auto hyphen = text.find('-');
        const std::string_view subtag = text.substr(0, hyphen);
        const bool letters = std::all_of(subtag.begin(), subtag.end(), is_letter);
        const bool plain = std::all_of(subtag.begin(), subtag.end(), [](char c) {
            return is_letter(c) || is_digit(c);
        });
        const bool good = first ? letters && (subtag.size() == 2 || subtag.size() == 3)
                                : plain && !subtag.empty() && subtag.size() <= 8;
        if (!good || hyphen + 1 == text.size()) {
            return false;
        }
        text = hyphen == std::string_view::npos ? std::string_view{} : text.substr(hyphen + 1);
    }
    return true;
}

std::optional<std::string> nearest(
    std::string_view text, std::span<const std::string_view> candidates
) {
    constexpr std::size_t kComparedMax = 60;
    if (text.empty() || text.size() > kComparedMax) {
        return std::nullopt;
    }
    std::size_t best = text.size() < 5 ? 2 : 3;  // must be nearer than this
    std::optional<std::string> found;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > kComparedMax) {
            continue;
        }
        const std::size_t slips = distance(text, candidate);
        if (slips < best) {
            best = slips;
            found = std::string{candidate};
        }
    }
    return found;
}

}  // namespace duban::declarations
