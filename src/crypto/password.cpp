#include "crypto/password.h"

#include <array>
#include <semaphore>

#include <sodium.h>

#include "core/check.h"
#include "crypto/internal/sodium.h"

namespace duban::crypto {

namespace {

/// A place among the kPasswordsAtOnce; waits for one.
class Place {
public:
    Place() { places().acquire(); }
    ~Place() { places().release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    // The one thing of this room that all threads share: memory is the program's, not a caller's.
    static std::counting_semaphore<kPasswordsAtOnce>& places() {
        static std::counting_semaphore<kPasswordsAtOnce> semaphore{kPasswordsAtOnce};
        return semaphore;
    }
};

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost) {
    core::check(password.size() <= kPasswordBytesMax, "a password is bounded where it is read");
    internal::ensure_sodium();
    const Place place;
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int done = crypto_pwhash_str_alg(
        out.data(),
        password.data(),
        password.size(),
        cost.passes,
        cost.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    core::check(done == 0, "there is memory for a password hash");
    return out.data();
}

bool verify_password(const std::string& stored, std::string_view password) {
    if (password.size() > kPasswordBytesMax) {
        return false;
    }
    internal::ensure_sodium();
    const Place place;
    return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

bool burn_password_time(std::string_view password, const PasswordCost& cost) {
    if (password.size() <= kPasswordBytesMax) {
        (void)hash_password(password, cost);
    }
    return false;
}

bool is_password_outdated(const std::string& stored, const PasswordCost& cost) {
    internal::ensure_sodium();
    return crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace duban::crypto
