#include "crypto/secret_key.h"

#include <algorithm>

#include <sodium.h>

#include "core/check.h"

namespace duban::crypto {

SecretKey SecretKey::make(core::Random& random) {
    std::string drawn = random.bytes(kBytes);
    core::check(drawn.size() == kBytes, "a source of randomness gives what was asked");
    SecretKey key;
    std::ranges::copy(drawn, key.octets_.begin());
    wipe(drawn);
    return key;
}

std::optional<SecretKey> SecretKey::from_bytes(std::string_view thirty_two) {
    if (thirty_two.size() != kBytes) {
        return std::nullopt;
    }
    SecretKey key;
    std::ranges::copy(thirty_two, key.octets_.begin());
    return key;
}

SecretKey::~SecretKey() {
    sodium_memzero(octets_.data(), octets_.size());
}

std::string_view SecretKey::reveal() const {
    return {reinterpret_cast<const char*>(octets_.data()), octets_.size()};
}

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

}  // namespace duban::crypto
