#include "search/internal/terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "search/internal/rows.h"

namespace duban::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SearchQuestion question(const std::string& words) {
    return {.org = {7}, .words = words, .scopes = {{.register_name = "item", .reach = {}}}};
}

TEST(Terms, PieceIsOnePhraseWithoutTheRunsLastCharacter) {
    const std::vector<Phrase> phrases = phrases_of("督查单 abc");
    ASSERT_EQ(phrases.size(), 2U);
    EXPECT_THAT(phrases[0].tokens, ElementsAre("督查", "查单"));
    EXPECT_THAT(phrases[1].tokens, ElementsAre("abc"));
}

TEST(Terms, RunInsideAPieceKeepsItsLastCharacter) {
    const std::vector<Phrase> phrases = phrases_of("年度2023");
    ASSERT_EQ(phrases.size(), 1U);
    EXPECT_THAT(phrases[0].tokens, ElementsAre("年度", "度", "2023"));
    EXPECT_FALSE(phrases[0].prefix);
}

TEST(Terms, OneCharacterIsSingleAloneAndAPrefixBehindOthers) {
    EXPECT_TRUE(phrases_of("督").at(0).single);
    const Phrase phrase = phrases_of("2023年").at(0);
    EXPECT_THAT(phrase.tokens, ElementsAre("2023", "年"));
    EXPECT_TRUE(phrase.prefix);
}

TEST(Terms, WidthAndCaseAreFolded) {
    const std::vector<Phrase> phrases = phrases_of("ＡＢＣ　督查");
    ASSERT_EQ(phrases.size(), 2U);
    EXPECT_THAT(phrases[0].tokens, ElementsAre("abc"));
    EXPECT_THAT(phrases[1].tokens, ElementsAre("督查"));
}

TEST(Terms, NothingToFindIsNoPhrase) {
    EXPECT_THAT(phrases_of(" ,。 \" ' * "), IsEmpty());
}

TEST(Terms, LongQuestionsAreRefused) {
    EXPECT_THROW((void)phrases_of(std::string(201, 'a')), core::Problem);
    EXPECT_THROW((void)phrases_of("a b c d e f g h i j k"), core::Problem);
}

TEST(Terms, QueriesOfBothDatabasesSayTheSame) {
    const SearchQuestion asked = question("督查单");
    const std::vector<Phrase> phrases = phrases_of(asked.words);
    EXPECT_EQ(
        sqlite_query(asked, phrases, Within::Anywhere, RowKind::Any),
        R"(({title body} : "督查 查单" AND scope : "o7" AND scope : "ritem"))"
    );
    EXPECT_EQ(
        postgres_query(asked, phrases, Within::Title, RowKind::Single),
        "(('督查':A <-> '查单':A) & '#o7' & '#ritem') & !'#m'"
    );
}

TEST(Terms, RegistersOfEqualReachStandTogether) {
    SearchQuestion asked = question("督查");
    core::Id unit;
    unit.octets[15] = 1;
    asked.scopes = {
        {.register_name = "a", .reach = {.kind = ReachKind::Units, .ids = {unit}}},
        {.register_name = "b", .reach = {.kind = ReachKind::Units, .ids = {unit}}},
        {.register_name = "c", .reach = {}},
        {.register_name = "d", .reach = {.kind = ReachKind::Entries, .ids = {}}},
    };
    EXPECT_EQ(
        postgres_query(asked, phrases_of(asked.words), Within::Anywhere, RowKind::Any),
        "(('督查') & '#o7' & ((('#ra' | '#rb') & '#u00000000000000000000000000000001') | '#rc'))"
    );
}

TEST(Terms, NothingAllowedIsNoQuery) {
    SearchQuestion asked = question("督查");
    asked.scopes = {};
    EXPECT_EQ(sqlite_query(asked, phrases_of(asked.words), Within::Anywhere, RowKind::Any), "");
}

TEST(Terms, LongTokenIsCutBetweenCharacters) {
    EXPECT_EQ(bounded(std::string(300, 'a')).size(), 255U);
    EXPECT_EQ(bounded("a" + std::string(253, 'a') + "é").size(), 254U);
    EXPECT_EQ(bounded("abc"), "abc");
}

TEST(Rows, LongBodyHasSeveralPassagesUnderItsTitle) {
    std::string body;
    for (int i = 0; i < 6000; ++i) {
        body += "督";
    }
    const std::vector<IndexRow> rows = rows_of(
        {.org = {7}, .register_name = "item", .id = {}, .unit = {}, .title = "t", .body = body}
    );
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(rows[1].several);
    EXPECT_EQ(rows[1].title, "t");
}

TEST(Rows, TitleAndBodyAreApartInTheVector) {
    const IndexRow row{
        .org = {7},
        .register_name = "item",
        .id = {},
        .unit = {},
        .several = false,
        .title = "督办",
        .body = "abc"
    };
    EXPECT_EQ(
        postgres_vector(row),
        "'督办':1A '办':2A 'abc':5 '#o7' '#ritem' '#e00000000000000000000000000000000' "
        "'#s办' '#s督' '#t办' '#t督' "
    );
}

}  // namespace
}  // namespace duban::search
