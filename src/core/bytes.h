// Bytes that are not text: hashes, ids, salts, blobs. A type of its own, so that a blob is never
// bound or printed as a string by mistake.

#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace duban::core {

struct Bytes {
    std::string data;

    [[nodiscard]] std::string_view view() const { return data; }
    auto operator<=>(const Bytes&) const = default;
};

}  // namespace duban::core
