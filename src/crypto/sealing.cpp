#include "crypto/sealing.h"

#include <sodium.h>

#include "core/check.h"
#include "crypto/internal/sodium.h"

namespace duban::crypto {

namespace {

using internal::octets;

constexpr char kVersion = '\x01';
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeadBytes = 1 + kNonceBytes;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SecretKey::kBytes);

/// Keys are sealed under a context of their own, so that no value ever opens as a key.
std::string key_context(std::string_view name) {
    return "duban/key/" + std::string{name};
}

}  // namespace

core::Bytes seal(std::string_view plain, const Seal& with, core::Random& random) {
    internal::ensure_sodium();
    const std::string nonce = random.bytes(kNonceBytes);
    core::check(nonce.size() == kNonceBytes, "a source of randomness gives what was asked");
    std::string cipher(plain.size() + kTagBytes, '\0');
    const int done = crypto_aead_xchacha20poly1305_ietf_encrypt(
        octets(cipher),
        nullptr,
        octets(plain),
        plain.size(),
        octets(with.context),
        with.context.size(),
        nullptr,
        octets(nonce),
        octets(with.key.reveal())
    );
    core::check(done == 0, "a value can be sealed");
    return {kVersion + nonce + cipher};
}

std::optional<std::string> open_sealed(const core::Bytes& sealed, const Seal& with) {
    internal::ensure_sodium();
    const std::string_view all = sealed.view();
    if (all.size() < kHeadBytes + kTagBytes || all.front() != kVersion) {
        return std::nullopt;
    }
    const std::string_view nonce = all.substr(1, kNonceBytes);
    const std::string_view cipher = all.substr(kHeadBytes);
    std::string plain(cipher.size() - kTagBytes, '\0');
    const int done = crypto_aead_xchacha20poly1305_ietf_decrypt(
        octets(plain),
        nullptr,
        nullptr,
        octets(cipher),
        cipher.size(),
        octets(with.context),
        with.context.size(),
        octets(nonce),
        octets(with.key.reveal())
    );
    return done == 0 ? std::optional{std::move(plain)} : std::nullopt;
}

core::Bytes wrap_key(
    const SecretKey& key, const SecretKey& wrapping, std::string_view name, core::Random& random
) {
    return seal(key.reveal(), {.key = wrapping, .context = key_context(name)}, random);
}

std::optional<SecretKey> unwrap_key(
    const core::Bytes& wrapped, const SecretKey& wrapping, std::string_view name
) {
    const std::string context = key_context(name);
    std::optional<std::string> plain = open_sealed(wrapped, {.key = wrapping, .context = context});
    if (!plain) {
        return std::nullopt;
    }
    const std::optional<SecretKey> key = SecretKey::from_bytes(*plain);
    wipe(*plain);
    return key;
}

}  // namespace duban::crypto
