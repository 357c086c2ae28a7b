#include "exchange/named.h"

#include <gtest/gtest.h>

namespace duban::exchange {
namespace {

core::Id nth_id(int last) {
    return core::Id::parse("01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a1" + std::to_string(last)).value();
}

const access::Directory& directory() {
    static const access::Directory kDirectory{
        {{.id = nth_id(1), .parent = {}, .name = "一小", .code = "X1", .span = {}},
         {.id = nth_id(2), .parent = {}, .name = "一小", .code = "X2", .span = {}},
         {.id = nth_id(3), .parent = {}, .name = "二小", .code = "一小", .span = {}}},
        {{.id = nth_id(4), .name = "周敏", .mobile = {}, .span = {}},
         {.id = nth_id(5), .name = "周敏", .mobile = {}, .span = {}}},
        {},
        {},
        {}
    };
    return kDirectory;
}

TEST(Named, IdAndCodeTellOneUnitWhateverOthersAreCalled) {
    ASSERT_EQ(units_called(directory(), nth_id(2).text()).size(), 1U);
    ASSERT_EQ(units_called(directory(), "X2").size(), 1U);
    EXPECT_EQ(units_called(directory(), "X2").front()->id, nth_id(2));
    ASSERT_EQ(units_called(directory(), "一小").size(), 1U) << "a code goes before two names";
    EXPECT_EQ(units_called(directory(), "一小").front()->id, nth_id(3));
}

TEST(Named, NameTellsAllThatAreCalledSo) {
    EXPECT_EQ(units_called(directory(), "二小").size(), 1U);
    EXPECT_TRUE(units_called(directory(), "三小").empty());
    EXPECT_EQ(people_called(directory(), " 周敏 ").size(), 2U);
    EXPECT_EQ(people_called(directory(), nth_id(5).text()).size(), 1U);
    EXPECT_TRUE(people_called(directory(), nth_id(6).text()).empty());
}

}  // namespace
}  // namespace duban::exchange
