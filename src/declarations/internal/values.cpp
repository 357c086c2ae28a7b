#include "declarations/internal/values.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "declarations/internal/names.h"
#include "text/utf8.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kListedMax = 1000;

bool is_text(const Node& node) {
    return node.kind == Node::Kind::Scalar;
}

std::string joined(std::span<const std::string_view> words) {
    std::string all;
    for (const std::string_view word : words) {
        all += all.empty() ? "" : ", ";
        all += word;
    }
    return all;
}

}  // namespace

std::optional<std::string> Values::text(const Node& node, std::size_t most) const {
    if (!is_text(node)) {
        faults_.error(node.place, "value.not_text");
        return std::nullopt;
    }
    if (node.text.empty() || text::length(node.text) > most) {
        faults_.error(node.place, "value.text_length", {{"most", std::to_string(most)}});
        return std::nullopt;
    }
    return node.text;
}

std::optional<bool> Values::boolean(const Node& node) const {
    if (is_text(node) && !node.quoted && (node.text == "true" || node.text == "false")) {
        return node.text == "true";
    }
    faults_.error(node.place, "value.not_boolean");
    return std::nullopt;
}

std::optional<std::int64_t> Values::integer(const Node& node, std::int64_t least, std::int64_t most)
    const {
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data(), end, value);
    const bool whole = is_text(node) && !node.quoted && read.ec == std::errc{} && read.ptr == end;
    if (!whole || value < least || value > most) {
        faults_.error(
            node.place,
            "value.not_integer",
            {{"least", std::to_string(least)}, {"most", std::to_string(most)}}
        );
        return std::nullopt;
    }
    return value;
}

std::optional<std::string> Values::name(const Node& node) const {
    if (!is_text(node)) {
        faults_.error(node.place, "value.not_text");
        return std::nullopt;
    }
    if (!is_name(node.text)) {
        faults_.error(node.place, "name.malformed", {{"name", node.text.substr(0, kTextMax)}});
        return std::nullopt;
    }
    return node.text;
}

std::optional<std::string> Values::sql_name(const Node& node) const {
    auto read = name(node);
    if (read && is_keyword(*read)) {
        faults_.error(node.place, "name.keyword", {{"name", *read}});
    } else if (read && is_reserved_column(*read)) {
        faults_.error(node.place, "name.reserved", {{"name", *read}});
    } else if (read && has_reserved_prefix(*read)) {
        faults_.error(node.place, "name.reserved_prefix", {{"name", *read}});
    }
    return read;
}

std::vector<Named> Values::names(const Node& node) const {
    std::vector<Named> read;
    std::set<std::string_view> seen;
    const auto add = [&](const Node& item) {
        if (!is_text(item) || item.text.empty()) {
            faults_.error(item.place, "value.not_text");
        } else if (!seen.insert(item.text).second) {
            faults_.error(item.place, "value.repeated", {{"text", item.text}});
        } else {
            read.push_back({.text = item.text, .place = item.place});
        }
    };
    if (node.kind != Node::Kind::List) {
        add(node);
        return read;
    }
    if (node.items.size() > kListedMax) {
        faults_.error(node.place, "value.too_many", {{"most", std::to_string(kListedMax)}});
        return read;
    }
    for (const Node& item : node.items) {
        add(item);
    }
    return read;
}

core::Texts Values::texts(const Node& node) const {
    core::Texts read;
    if (node.kind != Node::Kind::Map) {
        faults_.error(node.place, "texts.not_a_map");
        return read;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& tag = node.keys[at];
        if (!is_language_tag(tag.text)) {
            faults_.error(tag.place, "texts.bad_tag", {{"tag", tag.text.substr(0, kTextMax)}});
        } else if (const auto value = text(node.items[at], kTextMax)) {
            read.by_tag.emplace(tag.text, *value);
        }
    }
    return read;
}

std::optional<Role> Values::role(const Node& node) const {
    if (!is_text(node)) {
        faults_.error(node.place, "value.not_text");
        return std::nullopt;
    }
    if (node.text == "self") {
        return Role{.place = RolePlace::Self, .name = {}};
    }
    const auto dot = node.text.find('.');
    const std::string_view word = std::string_view{node.text}.substr(0, dot);
    const auto place = std::find_if(kRolePlaces.begin(), kRolePlaces.end(), [word](auto& known) {
        return known.first == word && known.second != RolePlace::Self;
    });
    if (dot == std::string::npos || place == kRolePlaces.end() ||
        !is_name(std::string_view{node.text}.substr(dot + 1))) {
        faults_.error(node.place, "role.malformed", {{"role", node.text.substr(0, kTextMax)}});
        return std::nullopt;
    }
    return Role{.place = place->second, .name = node.text.substr(dot + 1)};
}

std::vector<Role> Values::roles(const Node& node) const {
    std::vector<Role> read;
    const auto add = [&](const Node& item) {
        const auto one = role(item);
        if (one && std::find(read.begin(), read.end(), *one) != read.end()) {
            faults_.error(item.place, "value.repeated", {{"text", item.text}});
        } else if (one) {
            read.push_back(*one);
        }
    };
    if (node.kind != Node::Kind::List) {
        add(node);
        return read;
    }
    if (node.items.empty()) {
        faults_.error(node.place, "value.list_empty");
    }
    for (const Node& item : node.items) {
        add(item);
    }
    return read;
}

std::vector<Choice> Values::choices(const Node& node) const {
    std::vector<Choice> read;
    const auto add = [&](const Node& code, core::Texts title) {
        if (const auto known = name(code)) {
            read.push_back({.code = *known, .title = std::move(title)});
        }
    };
    if (node.kind == Node::Kind::Map) {
        for (std::size_t at = 0; at < node.items.size(); ++at) {
            const bool titled = node.items[at].kind != Node::Kind::Null;
            add(node.keys[at], titled ? texts(node.items[at]) : core::Texts{});
        }
    } else {
        for (const Named& code : names(node)) {
            add({.kind = Node::Kind::Scalar, .text = code.text, .place = code.place}, {});
        }
    }
    if (read.empty()) {
        faults_.error(node.place, "value.list_empty");
    }
    return read;
}

bool Values::is_map(const Node& node) const {
    if (node.kind != Node::Kind::Map) {
        faults_.error(node.place, "value.not_map");
    }
    return node.kind == Node::Kind::Map;
}

bool Values::is_list(const Node& node) const {
    if (node.kind != Node::Kind::List) {
        faults_.error(node.place, "value.not_list");
    }
    return node.kind == Node::Kind::List;
}

std::optional<std::string> Values::word(const Node& node, std::span<const std::string_view> words)
    const {
    if (is_text(node) && std::find(words.begin(), words.end(), node.text) != words.end()) {
        return node.text;
    }
    refuse_word(node, words);
    return std::nullopt;
}

void Values::refuse_word(const Node& node, std::span<const std::string_view> words) const {
    faults_.error(
        node.place,
        "value.unknown_word",
        {{"text", node.text.substr(0, kTextMax)}, {"known", joined(words)}}
    );
}

void Values::unknown(
    const Place& place,
    std::string_view code,
    std::string_view text,
    std::span<const std::string_view> known
) const {
    // Comparing is not free: no more of it than faults are kept.
    const auto near = faults_.size() < Faults::kFaultsMax ? nearest(text, known) : std::nullopt;
    core::Params params{{"name", std::string{text.substr(0, kTextMax)}}};
    if (near) {
        params.emplace("nearest", *near);
    }
    faults_.error(place, code, std::move(params));
}

MapReader::MapReader(const Node& node, Keys keys, const Values& values, const Place& place)
    : node_{node}, values_{values}, place_{place} {
    if (!values.is_map(node)) {
        return;
    }
    std::vector<std::string_view> known;
    for (const Key& key : keys) {
        known.push_back(key.name);
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        if (std::find(known.begin(), known.end(), key.text) == known.end()) {
            values.unknown(key.place, "key.unknown", key.text, known);
        } else if (node.items[at].kind == Node::Kind::Null) {
            values.faults().error(key.place, "value.empty", {{"key", key.text}});
        }
    }
}

const Node* MapReader::find(std::string_view key) const {
    // Over the keys: a list where a map should be has items, and none.
    for (std::size_t at = 0; at < node_.keys.size(); ++at) {
        if (node_.keys[at].text == key && node_.items[at].kind != Node::Kind::Null) {
            return &node_.items[at];
        }
    }
    return nullptr;
}

const Node* MapReader::load(std::string_view key) const {
    const Node* found = find(key);
    const bool written = std::any_of(node_.keys.begin(), node_.keys.end(), [key](const Node& one) {
        return one.text == key;
    });
    if (found == nullptr && !written && node_.kind == Node::Kind::Map) {
        values_.faults().error(place_, "key.missing", {{"key", std::string{key}}});
    }
    return found;
}

Place MapReader::place_of(std::string_view key) const {
    for (const Node& one : node_.keys) {
        if (one.text == key) {
            return one.place;
        }
    }
    return place_;
}

std::string MapReader::text(std::string_view key, std::size_t most) const {
    const Node* node = find(key);
    return node == nullptr ? std::string{} : values_.text(*node, most).value_or("");
}

bool MapReader::boolean(std::string_view key, bool initial) const {
    const Node* node = find(key);
    return node == nullptr ? initial : values_.boolean(*node).value_or(initial);
}

core::Texts MapReader::texts(std::string_view key) const {
    const Node* node = find(key);
    return node == nullptr ? core::Texts{} : values_.texts(*node);
}

std::vector<Named> MapReader::names(std::string_view key) const {
    const Node* node = find(key);
    return node == nullptr ? std::vector<Named>{} : values_.names(*node);
}

}  // namespace duban::declarations
