#include "crypto/secret_key.h"

#include <algorithm>

#include <sodium.h>

#include "core/check.h"

namespace duban::crypto {

SecretKey SecretKey::make(core::Random& random) {
    std::string drawn = random.bytes(kBytes);
    const std::optional<SecretKey> key = from_bytes(drawn);
    wipe(drawn);
    core::check(key.has_value(), "a source of randomness gives what was asked");
    return *key;
}

std::optional<SecretKey> SecretKey::from_bytes(std::string_view thirty_two) {
    if (thirty_two.size() != kBytes) {
        return std::nullopt;
    }
    SecretKey key;
    std::copy(thirty_two.begin(), thirty_two.end(), key.octets_.begin());
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
