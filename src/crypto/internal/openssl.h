// The two OpenSSL digests of this room, fetched once: an implicit fetch for every call doubles
// the cost of a short hash.

#pragma once

#include <memory>

#include <openssl/evp.h>

namespace duban::crypto::internal {

struct FreeDigestContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeDigestContext>;

/// SHA-256; lives as long as the program.
[[nodiscard]] const EVP_MD* sha256_algorithm();

/// A fresh context, or a Bug when memory is out.
[[nodiscard]] DigestContext make_digest_context();

/// Starts SHA-256 in `context`.
void start_sha256(EVP_MD_CTX& context);

}  // namespace duban::crypto::internal
