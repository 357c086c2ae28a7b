#include "http/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/check.h"

namespace duban::http {
namespace {

using testing::ElementsAre;

using Segments = std::vector<std::string>;

TEST(PercentDecode, ReadsEscapesAndRefusesWhatIsNoText) {
    EXPECT_EQ(percent_decode("a%20b%E4%BA%8B+"), "a b\xE4\xBA\x8B+");
    for (const char* const broken :
         {"%",
          "%2",
          "%zz",
          "%00",
          "%0A",
          "%7F",
          "%FF",
          "%C0%80",
          "%ED%A0%80",
          "%F4%90%80%80",
          "%E4%BA",
          "\x01"}) {
        EXPECT_EQ(percent_decode(broken), std::nullopt) << broken;
    }
}

TEST(PercentEncode, ComesBack) {
    const std::string text = "a/b c?\xE4\xBA\x8B~";
    EXPECT_EQ(percent_encode(text), "a%2Fb%20c%3F%E4%BA%8B~");
    EXPECT_EQ(percent_decode(percent_encode(text)), text);
}

TEST(Query, KeepsOrderAndRepetitions) {
    const Query query = Query::parse("state=a&q=x+y%26&state=b&flag&&empty=").value();
    EXPECT_EQ(query.find("q"), "x y&");
    EXPECT_THAT(query.all("state"), ElementsAre("a", "b"));
    EXPECT_EQ(query.find("flag"), "");
    EXPECT_EQ(query.find("empty"), "");
    EXPECT_EQ(query.find("other"), std::nullopt);
    EXPECT_EQ(query.parameters().size(), 5U);
}

TEST(Query, LineBreaksMayStandInAValueOtherControlsNot) {
    EXPECT_EQ(Query::parse("q=a%0D%0Ab")->find("q"), "a\r\nb");
    EXPECT_EQ(Query::parse("q=%00"), std::nullopt);
    EXPECT_EQ(Query::parse("q=%"), std::nullopt);
}

TEST(Query, HasABound) {
    std::string many;
    for (std::size_t i = 0; i < kQueryParametersMax; ++i) {
        many += "a=1&";
    }
    EXPECT_TRUE(Query::parse(many).has_value());
    EXPECT_FALSE(Query::parse(many + "a=1").has_value());
}

TEST(Target, OriginFormAndAbsoluteForm) {
    const Target plain = parse_target("/a?b=c").value();
    EXPECT_EQ(plain.path, "/a");
    EXPECT_EQ(plain.query.find("b"), "c");
    EXPECT_EQ(plain.host, std::nullopt);
    const Target absolute = parse_target("http://h:1?b=c").value();
    EXPECT_EQ(absolute.path, "/");
    EXPECT_EQ(absolute.host, "h:1");
    for (const char* const other :
         {"", "*", "a", "ftp://h/", "/a#b", "?a", "http:///a", "http://u@h/a", "http://h\x01/a"}) {
        EXPECT_FALSE(parse_target(other).has_value()) << other;
    }
}

TEST(SplitPath, DecodesSegmentsAndRefusesTricks) {
    EXPECT_EQ(split_path("/"), Segments{});
    EXPECT_EQ(split_path("/a/b%20c"), (Segments{"a", "b c"}));
    EXPECT_EQ(split_path("/a/"), (Segments{"a", ""}));
    EXPECT_EQ(split_path("/a//b"), (Segments{"a", "", "b"}));
    for (const char* const trick : {"", "a", "/..", "/a/%2E%2E/b", "/.", "/a%2Fb", "/a%5Cb"}) {
        EXPECT_EQ(split_path(trick), std::nullopt) << trick;
    }
    std::string deep;
    for (std::size_t i = 0; i <= kPathSegmentsMax; ++i) {
        deep += "/a";
    }
    EXPECT_EQ(split_path(deep), std::nullopt);
}

TEST(FindCookie, FindsOneAndDistrustsTwo) {
    EXPECT_EQ(find_cookie("a=1; b=2; c", "b"), "2");
    EXPECT_EQ(find_cookie("a=\"1\";b==", "a"), "1");
    EXPECT_EQ(find_cookie("b==", "b"), "=");
    EXPECT_EQ(find_cookie("a=1; a=2", "a"), std::nullopt);
    EXPECT_EQ(find_cookie("ab=1", "b"), std::nullopt);
    EXPECT_EQ(find_cookie("", "a"), std::nullopt);
}

TEST(ParseRange, OneRangeIsHonoured) {
    EXPECT_EQ(parse_range("bytes=0-0", 10).range, (ByteRange{0, 1}));
    EXPECT_EQ(parse_range("bytes=5-", 10).range, (ByteRange{5, 10}));
    EXPECT_EQ(parse_range("bytes=5-99", 10).range, (ByteRange{5, 10}));
    EXPECT_EQ(parse_range("bytes=-3", 10).range, (ByteRange{7, 10}));
    EXPECT_EQ(parse_range("bytes=-99", 10).range, (ByteRange{0, 10}));
    EXPECT_FALSE(parse_range("bytes=10-", 10).is_satisfiable);
    EXPECT_FALSE(parse_range("bytes=-0", 10).is_satisfiable);
    EXPECT_FALSE(parse_range("bytes=-1", 0).is_satisfiable);
}

TEST(ParseRange, WhatIsNoRangeMeansTheWhole) {
    for (const char* const other :
         {"",
          "bytes=",
          "bytes=-",
          "bytes=5-3",
          "bytes=1-2,4-5",
          "lines=1-2",
          "bytes=a-b",
          "bytes=1",
          "bytes=0-18446744073709551616",
          "bytes=99999999999999999999-"}) {
        const RangeRequest asked = parse_range(other, 10);
        EXPECT_TRUE(asked.is_satisfiable) << other;
        EXPECT_EQ(asked.range, std::nullopt) << other;
    }
    EXPECT_EQ(parse_range("bytes=0-18446744073709551615", 10).range, (ByteRange{0, 10}));
}

TEST(ChooseLanguage, TakesTheHeaviestThatIsOffered) {
    const std::vector<std::string> offered{"zh", "en"};
    EXPECT_EQ(choose_language("", offered), "zh");
    EXPECT_EQ(choose_language("en", offered), "en");
    EXPECT_EQ(choose_language("EN-GB, zh;q=0.9", offered), "en");
    EXPECT_EQ(choose_language("en;q=0.5, zh-CN;q=0.9", offered), "zh");
    EXPECT_EQ(choose_language("fr, *;q=0.1", offered), "zh");
    EXPECT_EQ(choose_language("zh;q=0, en;q=0.001", offered), "en");
    EXPECT_EQ(choose_language("en;q=nonsense, zh;q=0.1", offered), "zh");
    EXPECT_EQ(choose_language("zh-Hant", {"zh", "zh-Hant"}), "zh-Hant");
    EXPECT_EQ(choose_language(",,;;=,", offered), "zh");
}

TEST(DeclaredQuery, ToLookForAnotherParameterIsABug) {
    const std::vector<std::string> names{"limit"};
    Query query = Query::parse("limit=5&on=2026-11-24").value();
    EXPECT_EQ(query.find("on"), "2026-11-24");
    query.declare(names);
    EXPECT_EQ(query.find("limit"), "5");
#ifdef NDEBUG
    EXPECT_THROW(static_cast<void>(query.find("on")), core::Bug);
    EXPECT_THROW(static_cast<void>(query.all("on")), core::Bug);
#else
    EXPECT_DEATH(static_cast<void>(query.find("on")), "declares");
#endif
}

}  // namespace
}  // namespace duban::http
