// 32 secret bytes, wiped from memory when they go.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/random.h"

namespace duban::crypto {

/// A secret key or seed. Copied only where two owners are meant.
class SecretKey {
public:
    static constexpr std::size_t kBytes = 32;

    [[nodiscard]] static SecretKey make(core::Random& random);
    /// nullopt unless there are 32 bytes.
    [[nodiscard]] static std::optional<SecretKey> from_bytes(std::string_view thirty_two);

    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    /// The bytes in place, for the function that uses them.
    [[nodiscard]] std::string_view reveal() const;

private:
    SecretKey() = default;
    std::array<std::uint8_t, kBytes> octets_{};
};

/// Overwrites what a string held.
void wipe(std::string& secret);

}  // namespace duban::crypto
