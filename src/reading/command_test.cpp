#include "reading/command.h"

#include <cstdlib>
#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "reading/reading.h"

namespace duban::reading {
namespace {

using testing::HasSubstr;

struct Printed {
    int code = 0;
    std::string out;
    std::string err;
};

Printed run(const std::vector<std::string>& args, const std::string& input = {}) {
    std::istringstream in{input};
    std::ostringstream out;
    std::ostringstream err;
    const int code =
        read_command(args, {in, out, err}, [](std::string_view said, const core::Params& params) {
            std::string sentence{said};
            for (const auto& [name, value] : params) {
                sentence += " " + name + "=" + value;
            }
            return sentence;
        });
    return {code, out.str(), err.str()};
}

std::string notice() {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");
    return std::string{source == nullptr ? "." : source} + "/samples/notice.txt";
}

TEST(ReadCommand, PrintsOneObject) {
    const Printed result = run({notice(), "--json"});
    EXPECT_EQ(result.code, 0);
    const core::Json json = core::parse_json(result.out);
    EXPECT_EQ(core::find_string(json, "date"), "2023-07-25");
    EXPECT_EQ(
        core::find_string(json, "text_sha256"),
        "b8f201cc17126e945f1fbb9a490dffcc11945ad1c98e8c55293e7208cb79d161"
    );
}

TEST(ReadCommand, PrintsATreeWithCounts) {
    const Printed result = run({notice()});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, HasSubstr("二、 巡察整改任务落实情况 (措施 42)"));
    EXPECT_THAT(result.out, HasSubstr("[未标注]"));
    EXPECT_THAT(result.out, HasSubstr("第1级 3,第2级 6,第3级 12,措施 44"));
}

TEST(ReadCommand, PrintsTheTextAsRead) {
    EXPECT_EQ(run({"-", "--text"}, "\xEF\xBB\xBF一\r\n二").out, "一\n二");
}

TEST(ReadCommand, SeveralFilesNameThemselves) {
    const Printed result = run({"--json", notice(), "-"}, "关于整改情况的通报\n");
    std::istringstream lines{result.out};
    std::string first;
    std::string second;
    std::getline(lines, first);
    std::getline(lines, second);
    EXPECT_EQ(core::find_string(core::parse_json(first), "file"), notice());
    EXPECT_EQ(core::find_string(core::parse_json(second), "file"), "-");
}

TEST(ReadCommand, ABinaryFileIsSaidToBeNoText) {
    const Printed result = run({"-", "--json"}, std::string(2000, '\0'));
    EXPECT_THAT(result.err, HasSubstr("read.not_text"));
    EXPECT_THAT(result.out, HasSubstr("document.not_text"));
}

TEST(ReadCommand, AnOptionThatThereIsNotIsNamed) {
    const Printed result = run({"--yaml", "-"});
    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.err, HasSubstr("read.option option=--yaml"));
}

TEST(ReadCommand, AMissingFileIsOneAndTheOthersArePrinted) {
    const Printed result = run({"/nowhere/at/all", "-", "--text"}, "x");
    EXPECT_EQ(result.code, 1);
    EXPECT_EQ(result.out, "x");
    EXPECT_THAT(result.err, HasSubstr("/nowhere/at/all"));
}

TEST(ReadCommand, ADirectoryIsOneAndNamed) {
    const Printed result = run({"/"});
    EXPECT_EQ(result.code, 1);
    EXPECT_THAT(result.err, HasSubstr("read.directory file=/"));
}

TEST(ReadCommand, WrongArgumentsAreTwo) {
    EXPECT_THAT(run({}).err, HasSubstr("read.no_file"));
    EXPECT_EQ(run({}).code, 2);
    EXPECT_EQ(run({"--yaml", "-"}).code, 2);
    EXPECT_EQ(run({"--json", "--text", "-"}).code, 2);
}

TEST(ReadCommand, BytesThatAreNoTextAreReadAndSaidToBeNone) {
    const Printed result = run({"-", "--json"}, std::string{"\x01\x02\0\x03\n", 5});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.err, HasSubstr("read.not_text"));
    EXPECT_TRUE(core::parse_json(result.out).at("title").is_null());
}

TEST(ReadCommand, AnEmptyFileSaysSo) {
    const Printed result = run({"-", "--json"});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, HasSubstr("document.empty"));
}

TEST(ReadCommand, MoreThanIsReadIsOneAndNothingIsPrinted) {
    const Printed result = run({"-"}, std::string(kReadBytesMax + 1, 'x'));
    EXPECT_EQ(result.code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("read.too_large file=- limit=64"));
}

TEST(ReadCommand, ReadsASecretDocumentAndSaysSo) {
    const Printed result = run({"-", "--json"}, "机密★1年\n关于整改情况的通报\n一、总体情况\n");
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.err, HasSubstr("read.secret"));
    EXPECT_THAT(result.out, HasSubstr("secrecy.mark"));
}

}  // namespace
}  // namespace duban::reading
