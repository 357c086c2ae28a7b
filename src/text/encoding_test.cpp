#include "text/encoding.h"

#include <gtest/gtest.h>

namespace duban::text {
namespace {

TEST(Encoding, Utf8StaysAndLosesItsMarkAndCarriageReturns) {
    const Decoded read = decode("\xEF\xBB\xBF一\r\n二\r三\r\r\n");
    EXPECT_EQ(read.text, "一\n二\r三\r\n");
    EXPECT_EQ(read.encoding, Encoding::Utf8);
}

TEST(Encoding, Gb18030IsFoundByItself) {
    const std::string bytes = to_gb18030("中共深圳市教育局党组㐂𠀀");
    const Decoded read = decode(bytes);
    EXPECT_EQ(read.text, "中共深圳市教育局党组㐂𠀀");
    EXPECT_EQ(read.encoding, Encoding::Gb18030);
}

TEST(Encoding, Utf16NeedsItsMark) {
    const Decoded read = decode(std::string_view{"\xFF\xFE\x00\x4E\x0A\x00", 6});
    EXPECT_EQ(read.text, "一\n");
    EXPECT_EQ(read.encoding, Encoding::Utf16);
}

TEST(Encoding, WhatIsNeitherIsRepaired) {
    const Decoded read = decode("一\xFF\xFF");
    EXPECT_EQ(read.text, "一\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(read.encoding, Encoding::Damaged);
}

TEST(Encoding, BeginningMayEndWithinACharacter) {
    const std::string whole = "整改𠀀";
    for (const auto& [bytes, encoding] :
         {std::pair{whole, Encoding::Utf8},
          std::pair{to_gb18030(whole), Encoding::Gb18030},
          std::pair{std::string{"\xFF\xFE\x74\x65\x39\x65\x40\xD8\x00\xDC", 10}, Encoding::Utf16}
         }) {
        EXPECT_EQ(decode_beginning(bytes).text, whole);
        for (std::size_t cut = 1; cut < 4; ++cut) {
            const Decoded read = decode_beginning(bytes.substr(0, bytes.size() - cut));
            EXPECT_EQ(read.text, "整改") << cut;
            EXPECT_EQ(read.encoding, encoding) << cut;
        }
    }
    EXPECT_EQ(decode_beginning("").text, "");
    EXPECT_EQ(decode_beginning("一\xFF\xFF二\xFF\xFF").encoding, Encoding::Damaged);
}

TEST(Encoding, NothingIsNothing) {
    EXPECT_EQ(decode("").text, "");
    EXPECT_EQ(decode("\xEF\xBB\xBF").text, "");
}

}  // namespace
}  // namespace duban::text
