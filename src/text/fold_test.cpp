#include "text/fold.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace duban::text {
namespace {

TEST(Fold, WidthsBecomeOne) {
    EXPECT_EQ(to_utf8(fold("（一）１．Ａ　｡").chars), "(一)1.A 。");
}

TEST(Fold, CompatibilityFormsOpenUpAndKeepTheirPlace) {
    const std::string text = "㈠⑴⒈㎡";
    const Folded folded = fold(text);
    EXPECT_EQ(to_utf8(folded.chars), "(一)(1)1.m2");
    EXPECT_EQ(folded.source(text, 3, 6), "⑴");
    EXPECT_EQ(folded.source(text, 0, folded.chars.size()), text);
}

TEST(Fold, CircledNumbersStay) {
    EXPECT_EQ(to_utf8(fold("①㊿").chars), "①㊿");
    EXPECT_EQ(circled_number(U'⑳'), 20);
    EXPECT_EQ(circled_number(U'㊿'), 50);
    EXPECT_EQ(circled_number(U'1'), -1);
}

TEST(Fold, RadicalsFromPrintedPagesBecomeCharacters) {
    EXPECT_EQ(to_utf8(fold("⼀⽉").chars), "一月");
}

TEST(Fold, EveryOffsetIsACharacterBoundary) {
    const std::string text = "a督（\xF0\xA0\x80\x80）…";
    const Folded folded = fold(text);
    ASSERT_EQ(folded.offsets.size(), folded.chars.size() + 1);
    for (const std::uint32_t offset : folded.offsets) {
        EXPECT_TRUE(
            offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80
        );
    }
}

}  // namespace
}  // namespace duban::text
