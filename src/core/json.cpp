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
void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (octet < 0x20U) {
                    out += "\\u00";
                    out.push_back(kHex[octet >> 4U]);
                    out.push_back(kHex[octet & 15U]);
                } else {
                    out.push_back(c);
                }
        }
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

// boost.json keeps the last of two members of one name; a request that says a thing twice is
// refused, so the source is scanned for it while it is parsed.
class DuplicateFinder {
public:
    explicit DuplicateFinder(std::string_view text) : text_{text} {}

    [[nodiscard]] bool found() {
        std::vector<std::vector<std::string>> names;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            if (c == '{' || c == '[') {
                names.emplace_back();
            } else if (c == '}' || c == ']') {
                names.pop_back();
            } else if (c == '"') {
                const std::string_view raw = string_at(i);
                i += raw.size() - 1;
                if (is_name(i + 1) && !note(names.back(), raw)) {
                    return true;
                }
            }
        }
        return false;
    }

private:
    [[nodiscard]] std::string_view string_at(std::size_t start) const {
        std::size_t end = start + 1;
        while (text_[end] != '"') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        return text_.substr(start, end - start + 1);
    }

    [[nodiscard]] bool is_name(std::size_t after) const {
        const std::size_t next = text_.find_first_not_of(" \t\r\n", after);
        return next != std::string_view::npos && text_[next] == ':';
    }

    static bool note(std::vector<std::string>& names, std::string_view raw) {
        const Json name = boost::json::parse(boost::json::string_view{raw.data(), raw.size()});
        std::string text{name.get_string().data(), name.get_string().size()};
        if (std::find(names.begin(), names.end(), text) != names.end()) {
            return false;
        }
        names.push_back(std::move(text));
        return true;
    }

    std::string_view text_;
};

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
            if (text_[at_] == '"') {
                skip_string();
            } else {
                ++at_;
            }
        }
        const std::size_t end =
            std::min(text_.find_first_not_of("+-.eE0123456789", at_), text_.size());
        const std::string_view token = text_.substr(at_, end - at_);
        at_ = end;
        return token;
    }

    void skip_string() {
        ++at_;
        while (text_[at_] != '"') {
            at_ += text_[at_] == '\\' ? 2U : 1U;
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<Json> parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = kJsonDepthMax;
    boost::system::error_code error;
    Json value =
        boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, options);
    if (error || !DecimalMender{text}.mend(value)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

Json parse_json(std::string_view text) {
    std::optional<Json> value = parse(text);
    if (!value) {
        throw Problem{ProblemKind::Invalid, "json.malformed"};
    }
    if (DuplicateFinder{text}.found()) {
        throw Problem{ProblemKind::Invalid, "json.duplicate_member"};
    }
    return *std::move(value);
}

std::optional<Json> find_json(std::string_view text) {
    std::optional<Json> value = parse(text);
    if (value && DuplicateFinder{text}.found()) {
        return std::nullopt;
    }
    return value;
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
