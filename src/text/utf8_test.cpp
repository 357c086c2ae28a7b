#include "text/utf8.h"

#include <gtest/gtest.h>

namespace duban::text {
namespace {

TEST(Utf8, AcceptsEveryLength) {
    EXPECT_EQ(
        find_invalid("a\xC3\xA9\xE7\x9D\xA3\xF0\xA0\x80\x80 long enough to step by eight"),
        std::nullopt
    );
}

TEST(Utf8, NamesTheFirstBadByte) {
    EXPECT_EQ(find_invalid("abc\xFF"), 3U);
    EXPECT_EQ(find_invalid("\xC0\xAF"), 0U);          // overlong
    EXPECT_EQ(find_invalid("\xED\xA0\x80"), 0U);      // surrogate
    EXPECT_EQ(find_invalid("\xF4\x90\x80\x80"), 0U);  // past U+10FFFF
    EXPECT_EQ(find_invalid("ok\xE7\x9D"), 2U);        // cut
}

TEST(Utf8, RoundTripsEveryCodePoint) {
    for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        std::string bytes;
        append(bytes, c);
        std::size_t at = 0;
        ASSERT_EQ(next(bytes, at), c);
        ASSERT_EQ(at, bytes.size());
    }
}

TEST(Utf8, RepairsBadBytesOneByOne) {
    EXPECT_EQ(repaired("a\xFF\xE7z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
}

TEST(Utf8, CutsByCodePoint) {
    EXPECT_EQ(first("督办a", 2), "督办");
    EXPECT_EQ(first("督办a", 9), "督办a");
    EXPECT_EQ(length("督办a"), 3U);
}

}  // namespace
}  // namespace duban::text
