#include "text/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/utf8.h"

namespace duban::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Tokens, IndexesPairsAndTheLastCharacter) {
    EXPECT_THAT(tokens("Abc 督查单", TokenUse::Index), ElementsAre("abc", "督查", "查单", "单"));
}

TEST(Tokens, AsksByPairsOnly) {
    EXPECT_THAT(tokens("督查单", TokenUse::Query), ElementsAre("督查", "查单"));
    EXPECT_THAT(tokens("单", TokenUse::Query), ElementsAre("单"));
}

TEST(Tokens, IgnoresWidthAndCase) {
    EXPECT_EQ(tokens("ＡＢＣ－１２３", TokenUse::Index), tokens("abc-123", TokenUse::Index));
    EXPECT_THAT(tokens("ZG-2023-0042", TokenUse::Query), ElementsAre("zg", "2023", "0042"));
}

TEST(Tokens, KeepsWordsAndHanApart) {
    EXPECT_THAT(tokens("2023年度", TokenUse::Index), ElementsAre("2023", "年度", "度"));
    EXPECT_THAT(tokens("《“，。》", TokenUse::Index), IsEmpty());
}

TEST(Tokens, TakesRareHanBeyondTheBasicPlane) {
    EXPECT_THAT(tokens("𠀀中", TokenUse::Index), ElementsAre("𠀀中", "中"));
}

TEST(Tokens, SurvivesBrokenBytes) {
    EXPECT_THAT(tokens("a\xFF督", TokenUse::Query), ElementsAre("a", "督"));
}

TEST(Tokens, DistinctCharactersAreSortedAndCjkOnly) {
    EXPECT_THAT(distinct_characters("中一中a1，一"), ElementsAre("一", "中"));
}

TEST(Tokens, PassagesOverlapSoThatNoPhraseIsCut) {
    std::string text;
    for (char32_t i = 0; i < 12'000; ++i) {
        append(text, 0x4E00 + i % 5000);
    }
    const auto cut = passages(text);
    ASSERT_EQ(cut.size(), 3U);
    EXPECT_EQ(length(cut[0]), kPassageCharactersMax);
    EXPECT_EQ(cut[0].substr(cut[0].size() - 300), cut[1].substr(0, 300));
    EXPECT_EQ(cut[2].data() + cut[2].size(), text.data() + text.size());
    EXPECT_THAT(passages(""), IsEmpty());
}

}  // namespace
}  // namespace duban::text
