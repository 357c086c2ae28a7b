#include "core/texts.h"

#include <gtest/gtest.h>

namespace duban::core {
namespace {

TEST(Texts, FallsBackFromRegionToLanguageToChineseToAny) {
    const Texts both{{{"zh", "甲"}, {"en", "one"}}};
    EXPECT_EQ(both.in("en-GB"), "one");
    EXPECT_EQ(both.in("fr"), "甲");
    const Texts french{{{"fr", "un"}}};
    EXPECT_EQ(french.in("zh"), "un");
    EXPECT_EQ(Texts{}.in("zh"), "");
}

}  // namespace
}  // namespace duban::core
