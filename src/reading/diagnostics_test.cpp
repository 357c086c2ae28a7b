// What the reader was not sure of, each by its code.

#include <algorithm>

#include <gtest/gtest.h>

#include "reading/reading.h"
#include "text/encoding.h"

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

TEST(SecrecyMark, StandsAtTheBeginningOfAFileOrInItsName) {
    const std::string marked = "绝密★10年\n关于整改情况的通报\n一、总体情况\n";
    EXPECT_TRUE(bears_secrecy_mark("a.txt", marked));
    EXPECT_TRUE(bears_secrecy_mark("a.txt", text::to_gb18030(marked)));
    EXPECT_TRUE(bears_secrecy_mark("a.txt", marked + "\xE6\x95")) << "cut within a character";
    for (const char* name :
         {"机密★1年.docx",
          "关于整改的通知-秘密★长期.pdf",
          "【绝密】整改台账.xlsx",
          "秘密_2.jpg",
          "机密.pdf"}) {
        EXPECT_TRUE(bears_secrecy_mark(name, "")) << name;
    }
    const std::string speaking = "关于加强机密文件管理的通报\n一、对秘密、机密文件作保密审查。\n";
    EXPECT_FALSE(bears_secrecy_mark("a.txt", speaking));
    for (const char* name :
         {"关于机密文件管理的通知.docx", "商业秘密.pdf", "保密审查.txt", "秘密档案室的整改.txt", ""
         }) {
        EXPECT_FALSE(bears_secrecy_mark(name, "")) << name;
    }
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
