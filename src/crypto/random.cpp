#include "crypto/random.h"

#include <sodium.h>

#include "core/check.h"
#include "crypto/digest.h"
#include "crypto/internal/sodium.h"

namespace duban::crypto {

namespace internal {

void ensure_sodium() {
    static const bool ready = sodium_init() >= 0;
    core::check(ready, "libsodium can be initialised");
}

}  // namespace internal

namespace {

/// 64 bits, the highest byte first.
std::string big_endian(std::uint64_t value) {
    std::string out(8, '\0');
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<char>((value >> (8 * (out.size() - 1 - i))) & 0xFFU);
    }
    return out;
}

}  // namespace

SystemRandom::SystemRandom() {
    internal::ensure_sodium();
}

std::string SystemRandom::bytes(std::size_t count) {
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

std::string SeededRandom::bytes(std::size_t count) {
    return stream_.with([&](Stream& stream) {
        while (stream.rest.size() < count) {
            const std::string block = big_endian(seed_) + big_endian(stream.blocks++);
            stream.rest += sha256(block).view();
        }
        std::string out = stream.rest.substr(0, count);
        stream.rest.erase(0, count);
        return out;
    });
}

}  // namespace duban::crypto
