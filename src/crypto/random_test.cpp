#include "crypto/random.h"

#include <gtest/gtest.h>

namespace duban::crypto {
namespace {

TEST(SeededRandom, TheSameSeedGivesTheSameBytesHoweverTheyAreAskedFor) {
    SeededRandom at_once{7};
    SeededRandom in_pieces{7};
    const std::string all = at_once.bytes(100);
    std::string joined;
    for (const std::size_t count : {1U, 0U, 31U, 32U, 33U, 3U}) {
        joined += in_pieces.bytes(count);
    }
    EXPECT_EQ(joined, all);
}

TEST(SeededRandom, AnotherSeedGivesOtherBytes) {
    EXPECT_NE(SeededRandom{1}.bytes(16), SeededRandom{2}.bytes(16));
}

TEST(SystemRandom, GivesAsManyBytesAsAskedAndNeverTheSame) {
    SystemRandom random;
    EXPECT_EQ(random.bytes(0).size(), 0U);
    EXPECT_EQ(random.bytes(33).size(), 33U);
    EXPECT_NE(random.bytes(16), random.bytes(16));
}

}  // namespace
}  // namespace duban::crypto
