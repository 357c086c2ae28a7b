#include "access/directory.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace duban::access {
namespace {

core::Id id(std::uint8_t last) {
    core::Id made;
    made.octets[15] = last;
    return made;
}

calendar::Date day(const char* text) {
    return *calendar::Date::parse(text);
}

Unit unit(std::uint8_t own, std::uint8_t parent, UnitKind kind) {
    return {
        .id = id(own),
        .parent = parent == 0 ? core::Id{} : id(parent),
        .name = "unit",
        .code = "U",
        .kind = kind,
        .span = {}
    };
}

/// 1 root · 2 district · 3 school in it · 4 district in the district · 5 school in that.
Directory tree() {
    return {
        {unit(1, 0, UnitKind::Root),
         unit(2, 1, UnitKind::District),
         unit(3, 2, UnitKind::School),
         unit(4, 2, UnitKind::District),
         unit(5, 4, UnitKind::School)},
        {},
        {},
        {},
        {}
    };
}

TEST(Span, ItsLastDayStillCounts) {
    const Span span{.from = day("2026-01-01"), .to = day("2026-06-30")};
    EXPECT_FALSE(span.covers(day("2025-12-31")));
    EXPECT_TRUE(span.covers(day("2026-01-01")));
    EXPECT_TRUE(span.covers(day("2026-06-30")));
    EXPECT_FALSE(span.covers(day("2026-07-01")));
}

TEST(Span, WithoutALastDayItIsOpen) {
    EXPECT_TRUE((Span{.from = day("2026-01-01"), .to = {}}).covers(day("2999-01-01")));
}

TEST(UnitKind, IsReadBackFromItsText) {
    for (const UnitKind kind :
         {UnitKind::Root,
          UnitKind::Office,
          UnitKind::Department,
          UnitKind::District,
          UnitKind::School,
          UnitKind::Other}) {
        EXPECT_EQ(find_unit_kind(text_of(kind)), kind);
    }
    EXPECT_EQ(find_unit_kind("kingdom"), std::nullopt);
}

TEST(Directory, DescendantsIncludeTheUnitItself) {
    std::vector<core::Id> below = tree().with_descendants(id(2));
    std::ranges::sort(below);
    EXPECT_EQ(below, (std::vector{id(2), id(3), id(4), id(5)}));
    EXPECT_EQ(tree().with_descendants(id(9)), std::vector<core::Id>{});
}

TEST(Directory, TheNearestDistrictCounts) {
    const Directory directory = tree();
    EXPECT_EQ(directory.district_of(id(3)), id(2));
    EXPECT_EQ(directory.district_of(id(5)), id(4));
    EXPECT_EQ(directory.district_of(id(4)), id(4));
    EXPECT_TRUE(directory.district_of(id(1)).is_nil());
}

TEST(Directory, ACircleBehindOurBackEndsTheWalk) {
    const Directory directory{
        {unit(1, 2, UnitKind::Other), unit(2, 1, UnitKind::Other)}, {}, {}, {}, {}
    };
    EXPECT_EQ(directory.with_descendants(id(1)).size(), 2U);
    EXPECT_TRUE(directory.district_of(id(1)).is_nil());
}

TEST(Directory, PostsAreThoseOfTheDay) {
    const Directory directory{
        {},
        {},
        {{.id = id(7),
          .person = id(6),
          .unit = id(1),
          .role = "clerk",
          .outside = false,
          .span = {.from = day("2026-01-01"), .to = day("2026-06-30")}}},
        {},
        {}
    };
    EXPECT_EQ(directory.posts_of(id(6), day("2026-06-30")).size(), 1U);
    EXPECT_TRUE(directory.posts_of(id(6), day("2026-07-01")).empty());
    EXPECT_TRUE(directory.posts_of(id(8), day("2026-03-01")).empty());
}

}  // namespace
}  // namespace duban::access
