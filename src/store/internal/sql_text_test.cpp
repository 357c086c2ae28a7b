#include "store/internal/sql_text.h"

#include <gtest/gtest.h>

namespace duban::store {
namespace {

TEST(Placeholders, BecomeNumbersOutsideQuotesAndComments) {
    EXPECT_EQ(number_placeholders("select $2, $10"), "select ?2, ?10");
    EXPECT_EQ(number_placeholders("select '$1', $1"), "select '$1', ?1");
    EXPECT_EQ(number_placeholders("select 'it''s $1', $1"), "select 'it''s $1', ?1");
    EXPECT_EQ(number_placeholders("select \"a$1\", $1"), "select \"a$1\", ?1");
    EXPECT_EQ(number_placeholders("select 1 -- $1\n, $1"), "select 1 -- $1\n, ?1");
    EXPECT_EQ(number_placeholders("select /* $1 */ $1"), "select /* $1 */ ?1");
}

TEST(Placeholders, UnendedQuoteIsLeftToTheDatabase) {
    EXPECT_EQ(number_placeholders("select $1, '$2"), "select ?1, '$2");
    EXPECT_EQ(number_placeholders("select $1 /* $2"), "select ?1 /* $2");
    EXPECT_EQ(number_placeholders("select $"), "select $");
}

TEST(StorableText, IsWellFormedUtf8WithoutNul) {
    EXPECT_TRUE(is_storable_text(""));
    EXPECT_TRUE(is_storable_text("a\xC3\xA9\xE4\xB8\xAD\xF0\xA0\x80\x80"));
    EXPECT_FALSE(is_storable_text(std::string_view{"a\0", 2}));
    EXPECT_FALSE(is_storable_text("\x80"));
    EXPECT_FALSE(is_storable_text("\xC0\xAF"));          // longer than it need be
    EXPECT_FALSE(is_storable_text("\xE0\x80\x80"));      // the same in three bytes
    EXPECT_FALSE(is_storable_text("\xED\xA0\x80"));      // half of a surrogate pair
    EXPECT_FALSE(is_storable_text("\xF4\x90\x80\x80"));  // past the last code point
    EXPECT_FALSE(is_storable_text("\xE4\xB8"));          // cut off
}

}  // namespace
}  // namespace duban::store
