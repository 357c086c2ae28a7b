#include "crypto/sealing.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace duban::crypto {
namespace {

class SealingTest : public testing::Test {
protected:
    SeededRandom random_{3};
    SecretKey key_ = SecretKey::make(random_);
    SecretKey other_ = SecretKey::make(random_);
    core::Bytes sealed_ = seal("secret", {.key = key_, .context = "1/visit/text"}, random_);
};

TEST_F(SealingTest, TheSameKeyAndContextOpen) {
    EXPECT_EQ(open_sealed(sealed_, {.key = key_, .context = "1/visit/text"}), "secret");
    const core::Bytes empty = seal("", {.key = key_, .context = ""}, random_);
    EXPECT_EQ(open_sealed(empty, {.key = key_, .context = ""}), "");
}

TEST_F(SealingTest, AnotherKeyOrContextDoesNot) {
    EXPECT_EQ(open_sealed(sealed_, {.key = other_, .context = "1/visit/text"}), std::nullopt);
    EXPECT_EQ(open_sealed(sealed_, {.key = key_, .context = "2/visit/text"}), std::nullopt);
}

TEST_F(SealingTest, AnyChangedOrMissingByteIsSeen) {
    for (std::size_t i = 0; i < sealed_.data.size(); ++i) {
        core::Bytes changed = sealed_;
        changed.data[i] = static_cast<char>(changed.data[i] ^ 1);
        EXPECT_EQ(open_sealed(changed, {.key = key_, .context = "1/visit/text"}), std::nullopt);
        changed.data.resize(i);
        EXPECT_EQ(open_sealed(changed, {.key = key_, .context = "1/visit/text"}), std::nullopt);
    }
}

TEST_F(SealingTest, TheSameTextIsSealedDifferentlyEachTime) {
    EXPECT_NE(seal("secret", {.key = key_, .context = "1/visit/text"}, random_), sealed_);
}

TEST_F(SealingTest, AWrappedKeyComesBackUnderItsNameOnly) {
    const core::Bytes wrapped = wrap_key(key_, other_, "visit", random_);
    const auto unwrapped = unwrap_key(wrapped, other_, "visit");
    ASSERT_TRUE(unwrapped);
    EXPECT_EQ(unwrapped->reveal(), key_.reveal());
    EXPECT_FALSE(unwrap_key(wrapped, other_, "grade"));
    EXPECT_FALSE(unwrap_key(wrapped, key_, "visit"));
}

TEST_F(SealingTest, AValueNeverOpensAsAKey) {
    const core::Bytes value = seal(key_.reveal(), {.key = other_, .context = "visit"}, random_);
    EXPECT_FALSE(unwrap_key(value, other_, "visit"));
}

}  // namespace
}  // namespace duban::crypto
