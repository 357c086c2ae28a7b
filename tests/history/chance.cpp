#include "chance.h"

namespace duban::history {

// SplitMix64 (Steele, Lea, Flood 2014): one word of state, every seed is a good one.
std::uint64_t Chance::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

std::size_t Chance::below(std::size_t count) {
    core::check(count > 0, "there is something to choose from");
    return static_cast<std::size_t>(next() % count);
}

std::int64_t Chance::between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1)));
}

std::string Chance::bytes(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += static_cast<char>(next() & 0xFFU);
    }
    return out;
}

}  // namespace duban::history
