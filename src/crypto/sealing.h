// Sealed values (E05): XChaCha20-Poly1305 under a register's key, which is wrapped by the
// installation's key.
//
//     const SecretKey key = crypto::unwrap_key(wrapped, installation_key,
//     "register/visit").value(); const core::Bytes stored = crypto::seal(text, {.key = key,
//     .context = place}, random); const auto text = crypto::open_sealed(stored, {.key = key,
//     .context = place});
//
// `context` is bound, not stored: org, register, entry and field, say. What was sealed in one
// place does not open in another.
//
// The bytes: version 1 ‖ nonce (24) ‖ ciphertext ‖ tag (16).

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/random.h"
#include "crypto/secret_key.h"

namespace duban::crypto {

/// What must be the same at sealing and at opening.
struct Seal {
    const SecretKey& key;
    std::string_view context;
};

/// A fresh nonce is drawn from `random` each time.
[[nodiscard]] core::Bytes seal(std::string_view plain, const Seal& with, core::Random& random);

/// nullopt when the key, the context or any byte is another.
[[nodiscard]] std::optional<std::string> open_sealed(const core::Bytes& sealed, const Seal& with);

/// `key` sealed under `wrapping`; `name` says what it is the key of.
[[nodiscard]] core::Bytes wrap_key(
    const SecretKey& key, const SecretKey& wrapping, std::string_view name, core::Random& random
);
[[nodiscard]] std::optional<SecretKey> unwrap_key(
    const core::Bytes& wrapped, const SecretKey& wrapping, std::string_view name
);

}  // namespace duban::crypto
