// YAML as Duban takes it (E30): one document, no anchors, aliases or tags, bounded in size and
// depth, no key twice. Built from events, so that a hostile file never becomes a deep tree.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "declarations/internal/faults.h"
#include "declarations/model.h"

namespace duban::declarations {

inline constexpr std::size_t kFileBytesMax = 1'000'000;
inline constexpr std::size_t kYamlDepthMax = 20;

struct Node {
    enum class Kind { Null, Scalar, List, Map };

    Kind kind = Kind::Null;
    std::string text{};   ///< of a Scalar
    bool quoted = false;  ///< a Scalar written in quotes is always text
    Place place{};
    std::vector<Node> keys{};   ///< of a Map: keys[i] belongs to items[i]
    std::vector<Node> items{};  ///< of a List or Map
};

/// Where the text stands in its file, when it is a part of one; from 1.
struct Origin {
    int line = 1;
    int column = 1;
};

/// The tree of `text`; nullopt when it cannot be read at all. Faults go to `faults` either way.
[[nodiscard]] std::optional<Node> parse_yaml(
    const std::string& file, std::string_view text, Faults& faults, Origin origin = {}
);

/// False, with a fault, when `text` is too large or not UTF-8 without control characters.
[[nodiscard]] bool check_text(const std::string& file, std::string_view text, Faults& faults);

}  // namespace duban::declarations
