// Passwords: argon2id by libsodium, at most two at once, because each takes 64 MB.
//
//     row.password = crypto::hash_password(given);
//     if (row ? crypto::verify_password(row->password, given) : crypto::burn_password_time(given))
//     …
//
// The stored string names algorithm, cost and salt itself. The salt comes from the system: a
// password is never part of a replay.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duban::crypto {

inline constexpr std::size_t kPasswordBytesMax = 1024;
inline constexpr int kPasswordsAtOnce = 2;

/// What a guess costs: the program takes the cost given here, only tests take less.
struct PasswordCost {
    unsigned passes = 3;
    std::size_t memory_bytes = 64UL * 1024 * 1024;
};
/// The least that argon2id can do, for tests that make hundreds of accounts.
inline constexpr PasswordCost kLeastPasswordCost{.passes = 1, .memory_bytes = 8192};

/// The string to store. A Bug when `password` is longer than kPasswordBytesMax.
[[nodiscard]] std::string hash_password(std::string_view password, const PasswordCost& cost = {});

/// Whether `password` gave `stored`; false also for a stored string that is none and for a
/// password that is too long.
[[nodiscard]] bool verify_password(const std::string& stored, std::string_view password);

/// Takes as long as verify_password() and answers false: for a name that nobody has.
bool burn_password_time(std::string_view password, const PasswordCost& cost = {});

/// Whether `stored` was made at another cost: hash again after a good sign-in.
[[nodiscard]] bool is_password_outdated(const std::string& stored, const PasswordCost& cost = {});

}  // namespace duban::crypto
