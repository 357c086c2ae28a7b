// Chance from a seed: the same choices on every machine and on either database.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/check.h"

namespace duban::history {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_{seed} {}

    /// From 0 to `count` - 1.
    std::size_t below(std::size_t count);
    /// From `least` to `most`.
    std::int64_t between(std::int64_t least, std::int64_t most);
    /// True in `percent` of a hundred cases.
    bool percent(std::size_t percent) { return below(100) < percent; }
    /// One of `choices`, which are not none.
    template <typename T>
    const T& one_of(const std::vector<T>& choices) {
        core::check(!choices.empty(), "there is something to choose from");
        return choices[below(choices.size())];
    }
    std::string bytes(std::size_t count);

private:
    std::uint64_t next();
    std::uint64_t state_;
};

}  // namespace duban::history
