// libsodium must be initialised before its first use; every function that calls it asks here.

#pragma once

#include <string>
#include <string_view>

namespace duban::crypto::internal {

/// Initialises libsodium once; safe from several threads.
void ensure_sodium();

/// The octets of a text as libsodium takes them.
[[nodiscard]] inline const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
[[nodiscard]] inline unsigned char* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace duban::crypto::internal
