#include "crypto/digest.h"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "core/check.h"
#include "crypto/encoding.h"
#include "crypto/internal/openssl.h"

namespace duban::crypto {

namespace internal {

const EVP_MD* sha256_algorithm() {
    struct Free {
        void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
    };
    static const std::unique_ptr<EVP_MD, Free> algorithm{EVP_MD_fetch(nullptr, "SHA2-256", nullptr)
    };
    core::check(algorithm != nullptr, "OpenSSL has SHA-256");
    return algorithm.get();
}

DigestContext make_digest_context() {
    DigestContext context{EVP_MD_CTX_new()};
    core::check(context != nullptr, "a digest context can be made");
    return context;
}

void start_sha256(EVP_MD_CTX& context) {
    core::check(
        EVP_DigestInit_ex2(&context, sha256_algorithm(), nullptr) == 1, "SHA-256 can be started"
    );
}

}  // namespace internal

namespace {

Hash finish_digest(EVP_MD_CTX& context) {
    Hash out;
    unsigned length = 0;
    const bool done = EVP_DigestFinal_ex(&context, out.octets.data(), &length) == 1;
    core::check(done && length == out.octets.size(), "SHA-256 gives 32 bytes");
    return out;
}

}  // namespace

std::string_view Hash::view() const {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

core::Bytes Hash::bytes() const {
    return {std::string{view()}};
}

std::string Hash::hex() const {
    return hex_encode(view());
}

std::optional<Hash> Hash::parse_hex(std::string_view text) {
    const std::optional<std::string> bytes = hex_decode(text);
    return bytes ? from_bytes(*bytes) : std::nullopt;
}

std::optional<Hash> Hash::from_bytes(std::string_view thirty_two) {
    Hash out;
    if (thirty_two.size() != out.octets.size()) {
        return std::nullopt;
    }
    std::ranges::copy(thirty_two, out.octets.begin());
    return out;
}

Hash sha256(std::string_view data) {
    thread_local const internal::DigestContext context = internal::make_digest_context();
    internal::start_sha256(*context);
    core::check(EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1, "bytes are hashed");
    return finish_digest(*context);
}

Hash hmac_sha256(std::string_view key, std::string_view data) {
    Hash out;
    unsigned length = 0;
    const unsigned char* const done = HMAC(
        internal::sha256_algorithm(),
        key.data(),
        static_cast<int>(key.size()),
        reinterpret_cast<const unsigned char*>(data.data()),
        data.size(),
        out.octets.data(),
        &length
    );
    core::check(done != nullptr && length == out.octets.size(), "HMAC-SHA-256 gives 32 bytes");
    return out;
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

struct Sha256::State {
    internal::DigestContext context = internal::make_digest_context();
};

Sha256::Sha256() : state_{std::make_unique<State>()} {
    internal::start_sha256(*state_->context);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view data) {
    core::check(
        EVP_DigestUpdate(state_->context.get(), data.data(), data.size()) == 1, "bytes are hashed"
    );
}

Hash Sha256::finish() {
    const Hash out = finish_digest(*state_->context);
    internal::start_sha256(*state_->context);
    return out;
}

}  // namespace duban::crypto
