#include "core/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "core/check.h"
#include "core/problem.h"

namespace duban::core {

namespace {

// RFC 8785, 3.2.2.2: only " \ and the controls are escaped, five of them by a letter.
bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= 0x20U && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: {
            const auto octet = static_cast<unsigned char>(c);
            out += "\\u00";
            out.push_back(kHex[octet >> 4U]);
            out.push_back(kHex[octet & 15U]);
        }
    }
}

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    for (std::size_t from = 0; from < text.size();) {
        std::size_t to = from;
        while (to < text.size() && is_plain(text[to])) {
            ++to;
        }
        out.append(text, from, to - from);
        if (to < text.size()) {
            append_escaped(out, text[to++]);
        }
        from = to;
    }
    out.push_back('"');
}

// ECMAScript Number::toString (ECMA-262, 6.1.6.1.20) from the shortest digits of std::to_chars.
std::string number_text(double value) {
    check(std::isfinite(value), "JSON has no infinity and no NaN");
    if (value == 0) {
        return "0";
    }
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific
    );
    const std::string_view text{buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())};
    const std::size_t e = text.find('e');
    std::string digits{text.substr(0, e)};
    std::erase(digits, '.');
    int exponent = 0;
    const std::size_t from = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + from, text.data() + text.size(), exponent);
    const int n = exponent + 1;
    const int k = static_cast<int>(digits.size());
    std::string out = value < 0 ? "-" : "";
    if (k <= n && n <= 21) {
        return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
    }
    if (0 < n && n <= 21) {
        return out + digits.substr(0, static_cast<std::size_t>(n)) + "." +
               digits.substr(static_cast<std::size_t>(n));
    }
    if (-6 < n && n <= 0) {
        return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    }
    out += digits.substr(0, 1);
    if (k > 1) {
        out += "." + digits.substr(1);
    }
    return out + "e" + (n > 0 ? "+" : "-") + std::to_string(std::abs(n - 1));
}

// UTF-16 code unit order differs from UTF-8 byte order only where a character beyond the BMP
// (lead surrogate D800…DBFF) meets one in E000…FFFF (RFC 8785, 3.2.3).
bool utf16_less(std::string_view a, std::string_view b) {
    const auto difference = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (difference.first == a.end() || difference.second == b.end()) {
        return difference.first == a.end() && difference.second != b.end();
    }
    const auto x = static_cast<unsigned char>(*difference.first);
    const auto y = static_cast<unsigned char>(*difference.second);
    constexpr unsigned char kFourByteLead = 0xF0;
    constexpr unsigned char kPrivateLead = 0xEE;
    if (x >= kFourByteLead && y >= kPrivateLead && y < kFourByteLead) {
        return true;
    }
    if (y >= kFourByteLead && x >= kPrivateLead && x < kFourByteLead) {
        return false;
    }
    return x < y;
}

void append_canonical(std::string& out, const Json& value);

void append_object(std::string& out, const JsonObject& object) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object) {
        members.push_back(&member);
    }
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) {
        return utf16_less({a->key().data(), a->key().size()}, {b->key().data(), b->key().size()});
    });
    out.push_back('{');
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i > 0) {
            out.push_back(',');
        }
        append_string(out, {members[i]->key().data(), members[i]->key().size()});
        out.push_back(':');
        append_canonical(out, members[i]->value());
    }
    out.push_back('}');
}

void append_canonical(std::string& out, const Json& value) {
    switch (value.kind()) {
        case boost::json::kind::null: out += "null"; break;
        case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
        case boost::json::kind::int64: out += std::to_string(value.get_int64()); break;
        case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); break;
        case boost::json::kind::double_: out += number_text(value.get_double()); break;
        case boost::json::kind::string:
            append_string(out, {value.get_string().data(), value.get_string().size()});
            break;
        case boost::json::kind::array: {
            out.push_back('[');
            bool first = true;
            for (const Json& element : value.get_array()) {
                if (!first) {
                    out.push_back(',');
                }
                first = false;
                append_canonical(out, element);
            }
            out.push_back(']');
            break;
        }
        case boost::json::kind::object: append_object(out, value.get_object()); break;
    }
}

/// The place after the string that begins at `start` of well-formed JSON.
std::size_t end_of_string(std::string_view text, std::size_t start) {
    std::size_t end = text.find('"', start + 1);
    const auto is_escaped = [&] {
        std::size_t from = end;
        while (text[from - 1] == '\\') {
            --from;
        }
        return (end - from) % 2 == 1;
    };
    while (is_escaped()) {
        end = text.find('"', end + 1);
    }
    return end + 1;
}

/// What the mender and the search for duplicates have to know of a value.
struct Contents {
    std::size_t members = 0;
    bool has_decimals = false;
};

void look_through(const Json& value, Contents& contents) {
    if (const JsonArray* elements = value.if_array()) {
        for (const Json& element : *elements) {
            look_through(element, contents);
        }
    } else if (const JsonObject* members = value.if_object()) {
        contents.members += members->size();
        for (const auto& member : *members) {
            look_through(member.value(), contents);
        }
    } else {
        contents.has_decimals = contents.has_decimals || value.is_double();
    }
}

// boost.json keeps the last of two members of one name; a request that says a thing twice is
// refused. Each member of the source has one colon of its own.
bool names_twice(std::string_view text, std::size_t members) {
    std::size_t named = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            at = end_of_string(text, at);
        } else {
            named += text[at] == ':' ? 1U : 0U;
            ++at;
        }
    }
    return named != members;
}

// boost.json 1.81 rounds some decimals wrongly, so every number that is no integer is read again
// by std::from_chars. Numbers stand in the text in the order in which a walk meets them.
class DecimalMender {
public:
    explicit DecimalMender(std::string_view text) : text_{text} {}

    /// False: a number is too large for a double, which would become an infinity.
    [[nodiscard]] bool mend(Json& value) {
        if (JsonArray* elements = value.if_array()) {
            return std::ranges::all_of(*elements, [this](Json& element) { return mend(element); });
        }
        if (JsonObject* members = value.if_object()) {
            return std::ranges::all_of(*members, [this](auto& member) {
                return mend(member.value());
            });
        }
        if (value.is_number()) {
            const std::string_view token = next_number();
            if (double* number = value.if_double()) {
                std::from_chars(token.data(), token.data() + token.size(), *number);
                return std::isfinite(*number);
            }
        }
        return true;
    }

private:
    std::string_view next_number() {
        while (text_[at_] != '-' && (text_[at_] < '0' || text_[at_] > '9')) {
            at_ = text_[at_] == '"' ? end_of_string(text_, at_) : at_ + 1;
        }
        const std::size_t end =
            std::min(text_.find_first_not_of("+-.eE0123456789", at_), text_.size());
        const std::string_view token = text_.substr(at_, end - at_);
        at_ = end;
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

struct Parsed {
    Json value;
    bool names_twice = false;
};

std::optional<Parsed> parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = kJsonDepthMax;
    boost::system::error_code error;
    Json value =
        boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, options);
    if (error) {
        return std::nullopt;
    }
    Contents contents;
    look_through(value, contents);
    if (contents.has_decimals && !DecimalMender{text}.mend(value)) {
        return std::nullopt;
    }
    return Parsed{.value = std::move(value), .names_twice = names_twice(text, contents.members)};
}

}  // namespace

Json parse_json(std::string_view text) {
    std::optional<Parsed> parsed = parse(text);
    if (!parsed) {
        throw Problem{ProblemKind::Invalid, "json.malformed"};
    }
    if (parsed->names_twice) {
        throw Problem{ProblemKind::Invalid, "json.duplicate_member"};
    }
    return std::move(parsed->value);
}

std::optional<Json> find_json(std::string_view text) {
    std::optional<Parsed> parsed = parse(text);
    return parsed && !parsed->names_twice ? std::optional{std::move(parsed->value)} : std::nullopt;
}

std::string json_text(const Json& value) {
    return boost::json::serialize(value);
}

std::string canonical_json(const Json& value) {
    std::string out;
    append_canonical(out, value);
    return out;
}

const Json* find_member(const Json& object, std::string_view name) {
    const JsonObject* members = object.if_object();
    return members == nullptr ? nullptr : find_member(*members, name);
}

const Json* find_member(const JsonObject& object, std::string_view name) {
    return object.if_contains(boost::json::string_view{name.data(), name.size()});
}

std::optional<std::string> find_string(const Json& object, std::string_view name) {
    const Json* member = find_member(object, name);
    if (member == nullptr || !member->is_string()) {
        return std::nullopt;
    }
    return std::string{member->get_string().data(), member->get_string().size()};
}

std::optional<std::int64_t> find_integer(const Json& object, std::string_view name) {
    const Json* member = find_member(object, name);
    if (member == nullptr || !member->is_int64()) {
        return std::nullopt;
    }
    return member->get_int64();
}

}  // namespace duban::core
