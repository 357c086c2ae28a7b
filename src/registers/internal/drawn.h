// Randomness for a job in the lane: drawn once before it, the same in every run of the job (E15).

#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/random.h"
#include "crypto/digest.h"

namespace duban::registers {

/// HMAC-SHA256(seed, counter) for a seed of 32 bytes from the real generator: as strong as the
/// seed, and equal for every run of one job. For one thread.
class Drawn final : public core::Random {
public:
    explicit Drawn(std::string seed) : seed_{std::move(seed)} {}

    [[nodiscard]] std::string bytes(std::size_t count) override {
        std::string out;
        while (out.size() < count) {
            const crypto::Hash block = crypto::hmac_sha256(seed_, std::to_string(blocks_++));
            out += block.view();
        }
        out.resize(count);
        return out;
    }

private:
    std::string seed_;
    std::uint64_t blocks_ = 0;
};

}  // namespace duban::registers
