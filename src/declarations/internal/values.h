// Reads single values out of a YAML tree; what does not fit is noted with its place, and the
// reader goes on with nullopt.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "declarations/internal/faults.h"
#include "declarations/internal/keys.h"
#include "declarations/internal/words.h"
#include "declarations/internal/yaml.h"
#include "declarations/model.h"

namespace duban::declarations {

inline constexpr std::size_t kTextMax = 500;
inline constexpr std::size_t kExpressionMax = 2000;

/// A name where it was written.
struct Named {
    std::string text;
    Place place;
};

class Values {
public:
    explicit Values(Faults& faults) : faults_{faults} {}

    [[nodiscard]] Faults& faults() const { return faults_; }

    /// Text of one to `most` characters.
    [[nodiscard]] std::optional<std::string> text(const Node& node, std::size_t most) const;
    [[nodiscard]] std::optional<bool> boolean(const Node& node) const;
    [[nodiscard]] std::optional<std::int64_t> integer(
        const Node& node, std::int64_t least, std::int64_t most
    ) const;
    /// A name of any use; the form alone is checked.
    [[nodiscard]] std::optional<std::string> name(const Node& node) const;
    /// A name that becomes one in SQL: no keyword, no reserved column.
    [[nodiscard]] std::optional<std::string> sql_name(const Node& node) const;
    /// One scalar or a list of scalars, none twice.
    [[nodiscard]] std::vector<Named> names(const Node& node) const;
    [[nodiscard]] core::Texts texts(const Node& node) const;
    [[nodiscard]] std::optional<Role> role(const Node& node) const;
    [[nodiscard]] std::vector<Role> roles(const Node& node) const;
    [[nodiscard]] std::vector<Choice> choices(const Node& node) const;
    [[nodiscard]] bool is_map(const Node& node) const;
    [[nodiscard]] bool is_list(const Node& node) const;

    /// One of a closed list of words.
    template <typename Meaning>
    [[nodiscard]] std::optional<Meaning> word(const Node& node, Words<Meaning> words) const {
        std::vector<std::string_view> known;
        for (const auto& [text, meaning] : words) {
            if (node.kind == Node::Kind::Scalar && node.text == text) {
                return meaning;
            }
            known.push_back(text);
        }
        refuse_word(node, known);
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::string> word(
        const Node& node, std::span<const std::string_view> words
    ) const;

    /// Notes that `text` names nothing known, with the nearest name that is.
    void unknown(
        const Place& place,
        std::string_view code,
        std::string_view text,
        std::span<const std::string_view> known
    ) const;

private:
    void refuse_word(const Node& node, std::span<const std::string_view> words) const;

    Faults& faults_;
};

/// A map with known keys: notes the unknown ones when it is made.
class MapReader {
public:
    /// `place` stands for the map where a key is missing: the place of its own name.
    MapReader(const Node& node, Keys keys, const Values& values, const Place& place);

    /// The value of `key`; nullptr when absent (or empty, which has been noted).
    [[nodiscard]] const Node* find(std::string_view key) const;
    /// As find, but its absence is a fault.
    [[nodiscard]] const Node* load(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    [[nodiscard]] const Place& place() const { return place_; }
    [[nodiscard]] Place place_of(std::string_view key) const;

    [[nodiscard]] std::string text(std::string_view key, std::size_t most) const;
    [[nodiscard]] bool boolean(std::string_view key, bool initial) const;
    [[nodiscard]] core::Texts texts(std::string_view key) const;
    [[nodiscard]] std::vector<Named> names(std::string_view key) const;

private:
    const Node& node_;
    const Values& values_;
    Place place_;
};

}  // namespace duban::declarations
