#include "exchange/csv.h"

#include <gtest/gtest.h>

#include "core/problem.h"
#include "text/encoding.h"

namespace duban::exchange {
namespace {

using Cells = std::vector<std::string>;

std::string refusal(std::string_view bytes) {
    try {
        static_cast<void>(read_csv(bytes));
    } catch (const core::Problem& problem) {
        const auto line = problem.params.find("line");
        return problem.code + (line == problem.params.end() ? "" : " " + line->second);
    }
    return "";
}

TEST(Csv, ReadsQuotesLinesInCellsAndShortRows) {
    const Csv csv = read_csv("a, b ,c\r\n\"1,5\",\"say \"\"yes\"\"\",\"two\nlines\"\r\n\r\nx\n");
    EXPECT_EQ(csv.head, (Cells{"a", "b", "c"}));
    ASSERT_EQ(csv.rows.size(), 2U);
    EXPECT_EQ(csv.rows[0].cells, (Cells{"1,5", "say \"yes\"", "two\nlines"}));
    EXPECT_EQ(csv.rows[0].line, 2U);
    EXPECT_EQ(csv.rows[1].cells, (Cells{"x", "", ""}));
    EXPECT_EQ(csv.rows[1].line, 5U);
}

TEST(Csv, FindsTheSeparatorAndTheEncoding) {
    EXPECT_EQ(read_csv("a;b\n1,5;2\n").rows[0].cells, (Cells{"1,5", "2"}));
    EXPECT_EQ(read_csv("a\tb\n1\t2").rows[0].cells, (Cells{"1", "2"}));
    EXPECT_EQ(read_csv("\xEF\xBB\xBF编号,措施\n1,建账\n").head, (Cells{"编号", "措施"}));
    // The first mark marks the encoding; a second one is what it says, an invisible character.
    EXPECT_EQ(read_csv("\xEF\xBB\xBF\xEF\xBB\xBF\na\n").head, Cells{"\xEF\xBB\xBF"});
    EXPECT_EQ(read_csv(text::to_gb18030("编号,措施\n1,建立台账\n")).rows[0].cells[1], "建立台账");
}

TEST(Csv, ALineEndsHoweverOftenItsReturnWasWritten) {
    const Csv csv = read_csv("a,b\r\r\n1,\"2\r\r\r\n3\"\r\n4,5\r\r\r\n6,\"7\"\r\r\r\n8,\"9\"\r\r");
    EXPECT_EQ(csv.head, (Cells{"a", "b"}));
    ASSERT_EQ(csv.rows.size(), 4U);
    EXPECT_EQ(csv.rows[0].cells, (Cells{"1", "2\n3"}));
    EXPECT_EQ(csv.rows[1].cells, (Cells{"4", "5"}));
    EXPECT_EQ(csv.rows[2].cells, (Cells{"6", "7"}));
    EXPECT_EQ(csv.rows[3].cells, (Cells{"8", "9"}));
    EXPECT_EQ(read_csv("a,b\n1,\r\r").rows[0].cells, (Cells{"1", ""}));
}

TEST(Csv, RefusesWithTheLine) {
    EXPECT_EQ(refusal(""), "csv.empty");
    EXPECT_EQ(refusal(" \n\n"), "csv.empty");
    EXPECT_EQ(refusal("a,b\n1,\"2\n3"), "csv.quote_open 2");
    EXPECT_EQ(refusal("a,b\n1,\"2\"x\n"), "csv.after_quote 2");
    EXPECT_EQ(refusal("a,b\n1,2\n1,2,3\n"), "csv.too_many_cells 3");
    EXPECT_EQ(refusal(std::string(kColumnsMax, ',')), "csv.too_many_columns");
    EXPECT_EQ(refusal("a\n\xFF\xFE\xFD\x80"), "csv.undecodable");
    std::string many = "a\n";
    for (std::size_t i = 0; i <= kRowsMax; ++i) {
        many += "1\n";
    }
    EXPECT_EQ(refusal(many), "csv.too_many_rows");
}

TEST(Csv, WritesWhatItReadsAndNothingIsCalculated) {
    const Cells cells = {
        "=1+2", "-5", "+86 10", "@x", "a,b", "say \"yes\"", "two\nlines", "'quoted", ""
    };
    const std::string line = csv_line(cells);
    EXPECT_TRUE(line.starts_with("'=1+2,-5,'+86 10,'@x,\"a,b\"")) << line;
    EXPECT_EQ(read_csv("1,2,3,4,5,6,7,8,9\n" + line).rows[0].cells, cells);
}

}  // namespace
}  // namespace duban::exchange
