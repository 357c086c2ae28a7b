#include "core/json.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::core {
namespace {

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::filesystem::path vectors() {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");
    return std::filesystem::path{source == nullptr ? "." : source} / "tests/vectors/jcs";
}

TEST(CanonicalJson, AgreesWithEveryPublishedVector) {
    std::size_t seen = 0;
    for (const auto& input : std::filesystem::directory_iterator{vectors() / "input"}) {
        const std::string expected = file_text(vectors() / "output" / input.path().filename());
        EXPECT_EQ(canonical_json(parse_json(file_text(input.path()))), expected) << input.path();
        ++seen;
    }
    EXPECT_EQ(seen, 6U);
}

TEST(CanonicalJson, SortsByUtf16CodeUnits) {
    EXPECT_EQ(
        canonical_json(parse_json(R"({"\uE000":1,"\uD83D\uDE00":2,"a":3})")),
        "{\"a\":3,\"\xF0\x9F\x98\x80\":2,\"\xEE\x80\x80\":1}"
    );
}

TEST(CanonicalJson, EscapesWhatMustBeAndNothingElse) {
    const std::string text = "plain \"q\" \\ \b\f\n\r\t\x01\x1f/\x7f \xE4\xB8\xAD";
    EXPECT_EQ(
        canonical_json(Json(text)),
        R"("plain \"q\" \\ \b\f\n\r\t\u0001\u001f/)"
        "\x7f \xE4\xB8\xAD\""
    );
    EXPECT_EQ(parse_json(canonical_json(Json(text))), Json(text));
}

TEST(ParseJson, ReadsDecimalsAsTheNearestDouble) {
    const Json value = parse_json(R"({"1":"2","a":[1,"3.5",{"b":0.3}],"c":6.0221e23,"d":-7})");
    EXPECT_EQ(value.at("a").at(2).at("b").as_double(), 0.3);
    EXPECT_EQ(value.at("c").as_double(), 6.0221e23);
    EXPECT_EQ(value.at("d").as_int64(), -7);
}

TEST(ParseJson, RefusesAMemberNamedTwice) {
    EXPECT_THROW(static_cast<void>(parse_json(R"({"a":1,"b":[{}],"\u0061":2})")), Problem);
    EXPECT_THROW(static_cast<void>(parse_json(R"({"a":{"b":1,"c":[{"d":2}]},"a":0})")), Problem);
    EXPECT_THROW(static_cast<void>(parse_json(R"([{"a":"\\","a":":"}])")), Problem);
    EXPECT_NO_THROW(static_cast<void>(parse_json(R"({"a":{"a":1},"b":{"a":"{\"a\":1"}})")));
    EXPECT_NO_THROW(static_cast<void>(parse_json(R"({":":"\\","\"":"\\\":","c":[":",{"":":"}]})")));
}

TEST(ParseJson, SaysWhatIsWrong) {
    const auto code = [](std::string_view text) {
        try {
            static_cast<void>(parse_json(text));
        } catch (const Problem& problem) {
            return problem.code;
        }
        return std::string{};
    };
    EXPECT_EQ(code(R"({"a":1,"a":2})"), "json.duplicate_member");
    EXPECT_EQ(code(R"({"a":)"), "json.malformed");
    EXPECT_EQ(code(R"({"a":1})"), "");
}

TEST(ParseJson, RefusesWhatIsTooDeepOrNoJson) {
    EXPECT_EQ(find_json(std::string(100, '[') + std::string(100, ']')), std::nullopt);
    EXPECT_EQ(find_json("{"), std::nullopt);
    EXPECT_EQ(find_json("\"\xFF\""), std::nullopt);
}

// What is written back could not say it, and the canonical form has no word for it.
TEST(ParseJson, RefusesANumberTooLargeForADouble) {
    EXPECT_EQ(find_json("[1, {\"a\": 1e400}]"), std::nullopt);
    EXPECT_EQ(find_json("-1.79769323157e308"), std::nullopt);
    EXPECT_EQ(canonical_json(parse_json("1.7976931348623157e308")), "1.7976931348623157e+308");
    EXPECT_EQ(canonical_json(parse_json("1e-400")), "0");
}

}  // namespace
}  // namespace duban::core
