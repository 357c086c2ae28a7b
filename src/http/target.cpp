#include "http/target.h"

#include <algorithm>
#include <charconv>

#include "core/check.h"

namespace duban::http {

namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
constexpr std::size_t kLanguagesMax = 20;

/// Cuts the part before `separator` off the front of `text`.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::string_view trim(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::optional<unsigned> hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    const char folded = lower(c);
    return folded >= 'a' && folded <= 'f' ? std::optional{static_cast<unsigned>(folded - 'a') + 10U}
                                          : std::nullopt;
}

/// How many continuation octets follow a lead octet, and the least code point they may spell.
struct Utf8Lead {
    std::size_t following = 0;
    std::uint32_t least = 0;
    std::uint32_t bits = 0;
};

std::optional<Utf8Lead> read_lead(std::uint8_t octet) {
    if (octet < 0x80) {
        return Utf8Lead{0, 0, octet};
    }
    if ((octet & 0xE0U) == 0xC0) {
        return Utf8Lead{1, 0x80, octet & 0x1FU};
    }
    if ((octet & 0xF0U) == 0xE0) {
        return Utf8Lead{2, 0x800, octet & 0x0FU};
    }
    if ((octet & 0xF8U) == 0xF0) {
        return Utf8Lead{3, 0x10000, octet & 0x07U};
    }
    return std::nullopt;
}

/// Valid UTF-8 (RFC 3629) without control characters.
bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto lead = read_lead(static_cast<std::uint8_t>(text.front()));
        if (!lead || text.size() <= lead->following) {
            return false;
        }
        std::uint32_t point = lead->bits;
        for (const char c : text.substr(1, lead->following)) {
            const auto octet = static_cast<std::uint8_t>(c);
            if ((octet & 0xC0U) != 0x80) {
                return false;
            }
            point = (point << 6U) | (octet & 0x3FU);
        }
        const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        const bool is_control = point < 0x20 || point == 0x7F;
        if (point < lead->least || point > 0x10FFFF || is_surrogate || is_control) {
            return false;
        }
        text.remove_prefix(1 + lead->following);
    }
    return true;
}

/// Escapes resolved, text unchecked; nullopt for a broken escape.
std::optional<std::string> unescape(std::string_view text, char plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i] == '+' ? plus : text[i]);
            continue;
        }
        const auto high = i + 2 < text.size() ? hex_value(text[i + 1]) : std::nullopt;
        const auto low = high ? hex_value(text[i + 2]) : std::nullopt;
        if (!low) {
            return std::nullopt;
        }
        out.push_back(static_cast<char>((*high << 4U) | *low));
        i += 2;
    }
    return out;
}

/// A query may hold line breaks and tabs (a search pasted from a paper); a path may not.
std::optional<std::string> decode_query_part(std::string_view text) {
    auto out = unescape(text, ' ');
    if (out) {
        std::string checked = *out;
        std::ranges::replace_if(
            checked, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' '
        );
        if (!is_clean_text(checked)) {
            return std::nullopt;
        }
    }
    return out;
}

std::optional<std::uint64_t> parse_number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? std::optional{value}
                                                                        : std::nullopt;
}

/// "q=0.8" as thousandths; 0 for what is no weight.
int parse_weight(std::string_view text) {
    text = trim(text);
    if (!text.starts_with("q=") && !text.starts_with("Q=")) {
        return 0;
    }
    text.remove_prefix(2);
    const std::string_view whole = take_until(text, '.');
    if (whole == "1") {
        return 1000;
    }
    if (whole != "0" || text.size() > 3) {
        return 0;
    }
    std::string thousandths{text};
    thousandths.append(3 - thousandths.size(), '0');
    return static_cast<int>(parse_number(thousandths).value_or(0));
}

/// Whether a language range ("zh", "*") covers a tag ("zh-Hant"), in any case.
bool covers(std::string_view range, std::string_view tag) {
    if (range == "*") {
        return true;
    }
    const bool begins = tag.size() >= range.size() &&
                        std::ranges::equal(range, tag.substr(0, range.size()), {}, lower, lower);
    return begins && (tag.size() == range.size() || tag[range.size()] == '-');
}

/// "zh-CN" asks for "zh" too, when there is nothing nearer.
bool covers_primary(std::string_view range, std::string_view tag) {
    return range.find('-') != std::string_view::npos &&
           covers(range.substr(0, range.find('-')), tag);
}

/// A name or address with its port (RFC 3986, 3.2.2); no user (RFC 9110, 4.2.4), never empty.
bool is_host(std::string_view text) {
    constexpr std::string_view kSigns = "-._~%!$&'()*+,;=:[]";
    return !text.empty() && std::ranges::all_of(text, [kSigns](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
               kSigns.find(c) != std::string_view::npos;
    });
}

}  // namespace

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::string> percent_decode(std::string_view text) {
    auto out = unescape(text, '+');
    return out && is_clean_text(*out) ? out : std::nullopt;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<std::uint8_t>(c);
        if (kUnreserved.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out.append({'%', kHexDigits[octet >> 4U], kHexDigits[octet & 15U]});
        }
    }
    return out;
}

std::optional<Query> Query::parse(std::string_view text) {
    Query query;
    while (!text.empty()) {
        std::string_view pair = take_until(text, '&');
        if (pair.empty()) {
            continue;
        }
        auto name = decode_query_part(take_until(pair, '='));
        auto value = decode_query_part(pair);
        if (!name || !value || query.parameters_.size() == kQueryParametersMax) {
            return std::nullopt;
        }
        query.parameters_.emplace_back(*std::move(name), *std::move(value));
    }
    return query;
}

void Query::check_declared(std::string_view name) const {
    core::check(
        declared_ == nullptr || std::ranges::find(*declared_, name) != declared_->end(),
        "a handler reads the parameters that its route declares"
    );
}

std::optional<std::string_view> Query::find(std::string_view name) const {
    check_declared(name);
    const auto found = std::ranges::find(parameters_, name, &Parameter::first);
    return found == parameters_.end() ? std::nullopt
                                      : std::optional<std::string_view>{found->second};
}

std::vector<std::string_view> Query::all(std::string_view name) const {
    check_declared(name);
    std::vector<std::string_view> values;
    for (const Parameter& parameter : parameters_) {
        if (parameter.first == name) {
            values.emplace_back(parameter.second);
        }
    }
    return values;
}

std::optional<Target> parse_target(std::string_view text) {
    Target target;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (text.starts_with(scheme)) {
            text.remove_prefix(scheme.size());
            const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
            target.host = text.substr(0, end);
            text.remove_prefix(end);
            if (!is_host(*target.host)) {
                return std::nullopt;
            }
            break;
        }
    }
    if (target.host && (text.empty() || text.front() == '?')) {
        target.path = "/";
    } else if (text.empty() || text.front() != '/') {
        return std::nullopt;
    }
    if (text.find('#') != std::string_view::npos) {
        return std::nullopt;
    }
    target.path += take_until(text, '?');
    auto query = Query::parse(text);
    if (!query) {
        return std::nullopt;
    }
    target.query = *std::move(query);
    return target;
}

std::optional<std::vector<std::string>> split_path(std::string_view path) {
    std::vector<std::string> segments;
    if (path.empty() || path.front() != '/') {
        return std::nullopt;
    }
    path.remove_prefix(1);
    const bool ends_with_slash = path.ends_with('/');
    while (!path.empty()) {
        auto segment = percent_decode(take_until(path, '/'));
        const bool is_plain = segment && *segment != "." && *segment != ".." &&
                              segment->find_first_of("/\\") == std::string::npos;
        if (!is_plain || segments.size() == kPathSegmentsMax) {
            return std::nullopt;
        }
        segments.push_back(*std::move(segment));
    }
    if (ends_with_slash) {
        segments.emplace_back();
    }
    return segments;
}

std::optional<std::string> find_cookie(std::string_view field, std::string_view name) {
    std::optional<std::string> found;
    while (!field.empty()) {
        std::string_view pair = trim(take_until(field, ';'));
        if (pair.find('=') == std::string_view::npos || take_until(pair, '=') != name) {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        if (pair.size() >= 2 && pair.front() == '"' && pair.back() == '"') {
            pair = pair.substr(1, pair.size() - 2);
        }
        found = pair;
    }
    return found;
}

RangeRequest parse_range(std::string_view field, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (!field.starts_with(kUnit) || field.find(',') != std::string_view::npos) {
        return {};
    }
    field = trim(field.substr(kUnit.size()));
    const std::size_t dash = field.find('-');
    if (dash == std::string_view::npos) {
        return {};
    }
    const auto first = parse_number(field.substr(0, dash));
    const auto last = parse_number(field.substr(dash + 1));
    if (dash == 0) {  // "-500": the last 500 bytes
        if (!last) {
            return {};
        }
        const std::uint64_t count = std::min(*last, size);
        return count == 0 ? RangeRequest{false, std::nullopt}
                          : RangeRequest{true, ByteRange{size - count, size}};
    }
    const bool has_last = dash + 1 < field.size();
    if (!first || (has_last && (!last || *last < *first))) {
        return {};
    }
    if (*first >= size) {
        return {false, std::nullopt};
    }
    const std::uint64_t end = has_last && *last < size ? *last + 1 : size;
    return {true, ByteRange{*first, end}};
}

std::string choose_language(std::string_view field, const std::vector<std::string>& offered) {
    core::check(!offered.empty(), "at least one language is offered");
    const std::string* best = nullptr;
    int best_score = 0;
    for (std::size_t i = 0; i < kLanguagesMax && !field.empty(); ++i) {
        std::string_view entry = take_until(field, ',');
        const std::string_view range = trim(take_until(entry, ';'));
        const int weight = entry.empty() ? 1000 : parse_weight(entry);
        for (const std::string& tag : offered) {
            // A nearer match of the same weight wins, a heavier one always.
            const int nearness = covers(range, tag) ? 2 : (covers_primary(range, tag) ? 1 : 0);
            const int score = nearness == 0 || weight == 0 ? 0 : weight * 2 + nearness;
            if (!range.empty() && score > best_score) {
                best = &tag;
                best_score = score;
            }
        }
    }
    return best == nullptr ? offered.front() : *best;
}

}  // namespace duban::http
