// Randomness comes from outside (law 13). crypto::SystemRandom is the real one.

#pragma once

#include <cstddef>
#include <string>

namespace duban::core {

class Random {
public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;

    /// `count` unpredictable bytes. Safe to call from several threads.
    [[nodiscard]] virtual std::string bytes(std::size_t count) = 0;
};

}  // namespace duban::core
