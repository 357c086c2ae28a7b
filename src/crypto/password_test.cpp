#include "crypto/password.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace duban::crypto {
namespace {

TEST(Password, OnlyTheSamePasswordFits) {
    const std::string stored = hash_password("correct horse");
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    EXPECT_TRUE(verify_password(stored, "correct horse"));
    EXPECT_FALSE(verify_password(stored, "correct horsf"));
    EXPECT_FALSE(verify_password(stored, ""));
}

TEST(Password, TheSamePasswordIsStoredDifferentlyEachTime) {
    EXPECT_NE(hash_password("same"), hash_password("same"));
}

TEST(Password, WhatIsNoHashFitsNothing) {
    EXPECT_FALSE(verify_password("", "x"));
    EXPECT_FALSE(verify_password("$argon2id$nonsense", "x"));
    EXPECT_FALSE(verify_password(std::string(500, '$'), "x"));
}

TEST(Password, OneThatIsTooLongIsRefusedWithoutWork) {
    const std::string stored = hash_password("x");
    EXPECT_FALSE(verify_password(stored, std::string(kPasswordBytesMax + 1, 'x')));
    EXPECT_FALSE(burn_password_time(std::string(kPasswordBytesMax + 1, 'x')));
}

TEST(Password, AnotherCostIsOutdated) {
    EXPECT_FALSE(is_password_outdated(hash_password("x")));
    EXPECT_TRUE(is_password_outdated(hash_password("x", kLeastPasswordCost)));
    EXPECT_FALSE(is_password_outdated(hash_password("x", kLeastPasswordCost), kLeastPasswordCost));
    EXPECT_TRUE(
        is_password_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    );
}

TEST(Password, ManyAtOnceAllGetTheirTurn) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([] { EXPECT_FALSE(burn_password_time("nobody")); });
    }
}

}  // namespace
}  // namespace duban::crypto
