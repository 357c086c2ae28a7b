#include "store/internal/sql_text.h"

#include <cstddef>
#include <cstdint>

#include "core/problem.h"

namespace duban::store {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The place after the literal, quoted name or comment that begins at `at`; `at` when none does.
std::size_t skip_quoted(std::string_view sql, std::size_t at) {
    const auto after = [&](std::string_view end, std::size_t from) {
        const std::size_t found = sql.find(end, from);
        return found == std::string_view::npos ? sql.size() : found + end.size();
    };
    const std::string_view rest = sql.substr(at);
    if (rest.starts_with('\'') || rest.starts_with('"')) {
        // A doubled quote ends one literal and begins the next, which comes to the same.
        return after(rest.substr(0, 1), at + 1);
    }
    if (rest.starts_with("--")) {
        return after("\n", at);
    }
    if (rest.starts_with("/*")) {
        return after("*/", at + 2);
    }
    return at;
}

/// The length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none
/// (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
    };
    const auto in = [&](std::size_t i, int low, int high) {
        return byte(i) >= low && byte(i) <= high;
    };
    const int lead = byte(0);
    if (lead < 0x80) {
        return lead == 0 ? 0 : 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return in(1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool second = in(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        return second && in(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool second = in(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        return second && in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::string number_placeholders(std::string_view sql) {
    std::string numbered;
    numbered.reserve(sql.size());
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t after = skip_quoted(sql, at);
        if (after != at) {
            numbered += sql.substr(at, after - at);
            at = after;
            continue;
        }
        const bool placeholder = sql[at] == '$' && at + 1 < sql.size() && is_digit(sql[at + 1]);
        numbered += placeholder ? '?' : sql[at];
        ++at;
    }
    return numbered;
}

bool is_storable_text(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

void require_storable_text(std::string_view text) {
    if (!is_storable_text(text)) {
        throw core::Problem{core::ProblemKind::Invalid, "store.bad_text"};
    }
}

}  // namespace duban::store
