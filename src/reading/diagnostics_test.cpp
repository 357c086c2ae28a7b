// What the reader was not sure of, each by its code.

#include <algorithm>

#include <gtest/gtest.h>

#include "reading/reading.h"

namespace duban::reading {
namespace {

bool says(const Document& document, std::string_view code) {
    return std::ranges::any_of(document.diagnostics, [&](const Diagnostic& one) {
        return one.code == code;
    });
}

constexpr const char* kTitle = "关于整改进展情况的通报\n";

TEST(Diagnostics, NameADocumentThatCannotBeReadWhole) {
    EXPECT_TRUE(says(read(""), "document.empty"));
    EXPECT_TRUE(says(read(std::string{kTitle} + "一、整\xFF\xFE改情况\n"), "encoding.damaged"));
}

TEST(Diagnostics, NameADocumentThatIsCutAtItsBound) {
    std::string long_one = std::string{kTitle} + "一、整改情况\n";
    long_one.resize(kReadBytesMax, '\n');
    const Document document = read(long_one + "二、下一步工作\n");
    EXPECT_TRUE(says(document, "document.cut"));
    EXPECT_EQ(document.outline.size(), 1U);
}

TEST(Diagnostics, NameAHeadingThatMayRunIntoItsText) {
    const auto headed = [](int parts) {
        std::string text = std::string{kTitle} + "一、";
        for (int i = 0; i < parts; ++i) {
            text += "压实整改主体责任，";
        }
        return read(text + "逐项落实\n二、下一步工作\n继续推进。\n");
    };
    EXPECT_FALSE(says(headed(3), "heading.long"));
    EXPECT_TRUE(says(headed(30), "heading.long"));
}

TEST(Diagnostics, NameNumbersThatAreMissingOrTwice) {
    const std::string begin = std::string{kTitle} + "一、整改情况\n已经完成。\n";
    EXPECT_TRUE(says(read(begin + "三、下一步工作\n继续推进。\n"), "numbering.gap"));
    EXPECT_TRUE(says(
        read(begin + "二、措施\n推进。\n二、下一步工作\n继续推进。\n三、其他\n推进。\n"),
        "numbering.repeated"
    ));
    const Document whole = read(begin + "二、下一步工作\n继续推进。\n");
    EXPECT_FALSE(says(whole, "numbering.gap"));
    EXPECT_FALSE(says(whole, "numbering.repeated"));
    EXPECT_TRUE(says(
        read(begin + "二、措施\n一是加强学习。\n二是压实责任。\n四是完善制度。\n"), "statement.gap"
    ));
}

TEST(Diagnostics, NameAnEndlessListOnce) {
    std::string text = std::string{kTitle} + "一、整改情况\n";
    for (int i = 0; i < 1500; ++i) {
        text += "二、整改措施\n继续推进。\n";
    }
    const Document document = read(text);
    EXPECT_TRUE(says(document, "diagnostics.cut"));
    EXPECT_LT(document.diagnostics.size(), 1100U);
}

}  // namespace
}  // namespace duban::reading
