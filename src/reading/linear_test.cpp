// Hostile shapes: time and what is kept stay linear in the input.

#include <algorithm>
#include <ctime>
#include <string>

#include <gtest/gtest.h>

#include "reading/reading.h"

namespace duban::reading {
namespace {

constexpr std::size_t kSmall = 20'000;
constexpr std::size_t kFactor = 12;

/// CPU seconds of one reading, the best of `times`.
double seconds(const std::string& text, int times) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        const std::clock_t begin = std::clock();
        const Document document = read(text);
        const double taken = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        best = document.text.empty() ? best : std::min(best, taken);
    }
    return best;
}

std::string repeated(const std::string& unit, std::size_t size) {
    std::string text;
    while (text.size() < size) {
        text += unit;
    }
    return text;
}

class HostileShape : public testing::TestWithParam<const char*> {};

// Quadratic work would be 144 times as much for 12 times the text. The bound leaves room for
// caches and for a machine that does other things.
TEST_P(HostileShape, TakesTimeInProportion) {
    const double small = seconds(repeated(GetParam(), kSmall), 3);
    const double large = seconds(repeated(GetParam(), kSmall * kFactor), 1);
    EXPECT_LT(large, 4 * kFactor * std::max(small, 0.0005)) << GetParam();
}

TEST_P(HostileShape, KeepsDiagnosticsBounded) {
    EXPECT_LE(read(repeated(GetParam(), kSmall)).diagnostics.size(), 1001U);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    HostileShape,
    testing::Values(
        "(",
        "（",
        "《",
        "“",
        "“一是甲。”",
        "《》",
        "一、",
        "一、甲\n",
        "(一)甲\n",
        "1.1.",
        "1.1.1甲\n",
        "12345678901234567890",
        "一是甲。",
        "第一条\n",
        "<p ",
        "<!--",
        "<script>",
        "&",
        "*",
        "@",
        "a@b.c ",
        "地址:",
        "电话:0",
        "0-",
        "2022年",
        "2022年1月1日至",
        "百分之",
        "1个",
        "1,234",
        "近",
        "\n",
        " ",
        "甲　\n",
        "①",
        "⑴",
        "附件:1.甲\n2.乙\n",
        "目录\n一、甲\n",
        "已完成整改1个",
        "关于甲的通报\n",
        "来源:",
        "机密★",
        "| a | b |\n",
        "A.甲\nB.乙\n",
        "一、甲(一)乙1.丙",
        "\xFF",
        "2022年1月1日反馈"
    )
);

}  // namespace
}  // namespace duban::reading
