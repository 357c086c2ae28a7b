// The two sources of randomness: the system's, and a stream that a seed fixes.

#pragma once

#include <cstdint>
#include <string>

#include "core/guarded.h"
#include "core/random.h"

namespace duban::crypto {

/// The operating system's generator. Only `app` makes one.
class SystemRandom final : public core::Random {
public:
    SystemRandom();
    [[nodiscard]] std::string bytes(std::size_t count) override;
};

/// The same bytes for the same seed, on every machine: SHA-256 of seed and a counter. For tests
/// and replays, never for secrets.
class SeededRandom final : public core::Random {
public:
    explicit SeededRandom(std::uint64_t seed) : seed_{seed} {}
    [[nodiscard]] std::string bytes(std::size_t count) override;

private:
    /// How many blocks were drawn, and what of the last one is not used yet.
    struct Stream {
        std::uint64_t blocks = 0;
        std::string rest;
    };
    std::uint64_t seed_;
    core::Guarded<Stream> stream_;
};

}  // namespace duban::crypto
