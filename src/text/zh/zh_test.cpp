#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "text/utf8.h"
#include "text/zh/dates.h"
#include "text/zh/markers.h"
#include "text/zh/numerals.h"

namespace duban::text::zh {
namespace {

TEST(Numerals, AreReadInEveryWriting) {
    const std::vector<std::pair<std::u32string, std::int64_t>> cases{
        {U"十", 10},
        {U"十二", 12},
        {U"二十", 20},
        {U"二十三", 23},
        {U"一百零五", 105},
        {U"两千三百", 2300},
        {U"三万五千", 35'000},
        {U"一亿二千万", 120'000'000},
        {U"二〇二三", 2023},
        {U"壹拾贰", 12},
        {U"二○二三", 2023}
    };
    for (const auto& [text, value] : cases) {
        const Numeral numeral = han_numeral_at(text, 0);
        EXPECT_EQ(numeral.value, value) << to_utf8(text);
        EXPECT_EQ(numeral.length, text.size());
    }
}

TEST(Numerals, TooLongIsNone) {
    EXPECT_EQ(han_numeral_at(std::u32string(25, U'一'), 0).length, 0U);
    EXPECT_EQ(digits_at(std::u32string(19, U'9'), 0).length, 0U);
    EXPECT_EQ(han_numeral_at(U"亿亿亿亿亿亿", 0).length, 0U);
}

std::string date_text(std::u32string_view text, DateContext context = {}) {
    const DateText date = date_at(text, 0, context);
    if (date.length == 0) {
        return "none";
    }
    return (date.from ? date.from->iso() : "-") + ".." + (date.to ? date.to->iso() : "-");
}

TEST(Dates, FillWhatARangeLeavesOut) {
    EXPECT_EQ(date_text(U"2022年4月18日至6月24日"), "2022-04-18..2022-06-24");
    EXPECT_EQ(date_text(U"2022年4月18—24日"), "2022-04-18..2022-04-24");
    EXPECT_EQ(date_text(U"2022年12月20日-1月5日"), "2022-12-20..2023-01-05");
    EXPECT_EQ(date_text(U"2020-2022年"), "2020-01-01..2022-12-31");
    EXPECT_EQ(date_text(U"2022年8月下旬至9月底"), "2022-08-21..2022-09-30");
}

TEST(Dates, SingleDaysMonthsAndYears) {
    EXPECT_EQ(date_text(U"二〇二四年二月二十九日"), "2024-02-29..2024-02-29");
    EXPECT_EQ(date_text(U"2023-7-5"), "2023-07-05..2023-07-05");
    EXPECT_EQ(date_text(U"2023年2月"), "2023-02-01..2023-02-28");
    EXPECT_EQ(date_text(U"2023年"), "2023-01-01..2023-12-31");
    EXPECT_EQ(date_text(U"2023年第二季度"), "2023-04-01..2023-06-30");
}

TEST(Dates, WithoutAValueWhenCharactersAreLost) {
    EXPECT_EQ(date_text(U"2021915日"), "-..-");
    EXPECT_EQ(date_text(U"2023年2月29日"), "-..-");
    EXPECT_EQ(date_text(U"2021年13月1日"), "-..-");
    EXPECT_EQ(date_text(U"2022年 月 日"), "-..-");
}

TEST(Dates, AYearIsCarriedOnlyForward) {
    EXPECT_EQ(date_text(U"9月2日"), "-..-");
    EXPECT_EQ(date_text(U"9月2日", {.before = Day{2022, 6, 1}}), "2022-09-02..2022-09-02");
    EXPECT_EQ(date_text(U"2月2日", {.before = Day{2022, 6, 1}}), "-..-");
}

TEST(Dates, OtherNumbersAreNone) {
    EXPECT_EQ(date_text(U"18日"), "none");
    EXPECT_EQ(date_text(U"20个"), "none");
    EXPECT_EQ(date_text(U"0755-88121796"), "none");
    EXPECT_EQ(date_text(U"2023.7"), "none");
}

MarkerKind kind(std::u32string_view text) {
    return marker_at(text, 0).kind;
}

TEST(Markers, EveryKindIsKnown) {
    EXPECT_EQ(kind(U"第一章 总则"), MarkerKind::Chapter);
    EXPECT_EQ(kind(U"第十二条 本办法"), MarkerKind::Article);
    EXPECT_EQ(kind(U"第二部分 问题"), MarkerKind::Division);
    EXPECT_EQ(kind(U"一、总体"), MarkerKind::HanComma);
    EXPECT_EQ(kind(U"十、总体"), MarkerKind::HanComma);
    EXPECT_EQ(kind(U"(十九)总体"), MarkerKind::HanParen);
    EXPECT_EQ(kind(U"130.总体"), MarkerKind::Number);
    EXPECT_EQ(kind(U"1、总体"), MarkerKind::Number);
    EXPECT_EQ(kind(U"1.2.1 总体"), MarkerKind::Decimal);
    EXPECT_EQ(kind(U"(3)总体"), MarkerKind::NumberParen);
    EXPECT_EQ(kind(U"3)总体"), MarkerKind::NumberHalf);
    EXPECT_EQ(kind(U"③总体"), MarkerKind::Circled);
    EXPECT_EQ(kind(U"A.总体"), MarkerKind::Letter);
    EXPECT_EQ(kind(U"IV.总体"), MarkerKind::Roman);
    EXPECT_EQ(kind(U"问题一:总体"), MarkerKind::Named);
    EXPECT_EQ(kind(U"整改任务3.总体"), MarkerKind::Named);
}

TEST(Markers, AYearBehindTheFirstNumberIsNoDecimal) {
    const Marker marker = marker_at(U"2.2023年工作", 0);
    EXPECT_EQ(marker.kind, MarkerKind::Number);
    EXPECT_EQ(marker.body, 2U);
    EXPECT_EQ(kind(U"1.2.1 总体"), MarkerKind::Decimal);
}

TEST(Markers, WhatOnlyLooksLikeOneIsNone) {
    for (const std::u32string_view text :
         {U"三、四级主任科员",
          U"1、2号楼",
          U"(一)至(三)项",
          U"(二)款的规定",
          U"第三条规定",
          U"2023年",
          U"2023.7.25",
          U"1.5万元",
          U"3%",
          U"一是",
          U"第一,",
          U"问题一是",
          U"问题3.5万元",
          U"一、",
          U"(2023)5号"}) {
        EXPECT_EQ(kind(text), MarkerKind::None) << to_utf8(text);
    }
}

TEST(Markers, TheHeadingBeginsBehindBlanks) {
    const Marker marker = marker_at(U"(一) 总体", 0);
    EXPECT_EQ(marker.length, 3U);
    EXPECT_EQ(marker.body, 4U);
}

}  // namespace
}  // namespace duban::text::zh
