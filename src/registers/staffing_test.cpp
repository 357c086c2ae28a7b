// Where too few people hold what a pack asks, in houses of two and three.

#include "registers/staffing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/testing.h"

namespace duban::registers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// `approve` by `signers`, apart from who opened it.
declarations::Pack pack_with(const std::string& approval) {
    const std::vector<declarations::SourceFile> files{
        {"pack.yaml", R"yaml(name: duty
version: 1.0.0
roles:
  clerk: {zh: 经办}
  head: {zh: 负责人}
  reviewer: {zh: 审核}
parameters:
  reviewers: {type: integer, default: 2, least: 1}
)yaml"},
        {"registers/duty.yaml",
         R"yaml(register: duty
fields:
  what: {type: text, max: 20, required: true}
read: [unit.clerk, unit.head, office.reviewer, office.head]
procedure:
  initial: draft
  states: {draft: , agreed: {final: true}}
  actions:
    open: {by: unit.clerk}
    approve: {from: draft, to: agreed, )yaml" +
             approval + "}\n"}
    };
    declarations::Loaded loaded = declarations::read_pack(files);
    EXPECT_TRUE(loaded.pack.has_value());
    return loaded.pack.value_or(declarations::Pack{});
}

class StaffingTest : public ::testing::Test {
protected:
    std::vector<Shortage> look(const declarations::Pack& pack) const {
        return shortages(
            pack,
            *house.registers->profile(House::kOrg),
            *house.access->directory(House::kOrg),
            house.registers->today(House::kOrg)
        );
    }

    House house;
    const declarations::Pack by_head =
        pack_with("apart_from: [open], signatures: [{by: unit.head, count: 1}]");
    const declarations::Pack by_reviewers = pack_with(
        "apart_from: [open], signatures: [{by: office.reviewer, count: {param: reviewers}}, {by: "
        "office.head, count: 1}]"
    );
};

TEST_F(StaffingTest, AUnitWithoutTheSignerIsNamed) {
    const auto found = look(by_head);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].action->name, "approve");
    EXPECT_THAT(found[0].units, ElementsAre(house.school));
    EXPECT_EQ(found[0].wanted, 1);
    EXPECT_EQ(found[0].there, 0);
}

TEST_F(StaffingTest, OnePersonUnderTwoPostsIsOne) {
    house.add_post(house.teacher, house.school, "head");
    const auto found = look(by_head);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_THAT(found[0].units, ElementsAre(house.school));
    EXPECT_EQ(found[0].wanted, 2);
    EXPECT_EQ(found[0].there, 1);
    EXPECT_THAT(look(pack_with("signatures: [{by: unit.head, count: 1}]")), IsEmpty());
}

TEST_F(StaffingTest, AnotherPersonInThePostIsEnough) {
    house.add_person("江澄", house.school, "head");
    EXPECT_THAT(look(by_head), IsEmpty());
}

TEST_F(StaffingTest, ADelegateMakesNobodyMore) {
    house.add_post(house.teacher, house.school, "head");
    house.delegate(house.post_of(house.teacher, "head"), house.head);
    EXPECT_THAT(look(by_head), SizeIs(1));
}

TEST_F(StaffingTest, WhatTheOfficeSignsIsToldOnceForAll) {
    EXPECT_THAT(look(by_reviewers), IsEmpty());
    OrgProfile profile = *house.registers->profile(House::kOrg);
    profile.parameters["duty.reviewers"] = 4;
    const auto found = shortages(
        by_reviewers,
        profile,
        *house.access->directory(House::kOrg),
        house.registers->today(House::kOrg)
    );
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_THAT(found[0].units, IsEmpty());
    EXPECT_EQ(found[0].wanted, 5);
    EXPECT_EQ(found[0].there, 4);
}

TEST_F(StaffingTest, WhoMayDoItAloneIsLookedForApartToo) {
    const auto found = look(pack_with("by: unit.clerk, apart_from: [open]"));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].wanted, 2);
    EXPECT_EQ(found[0].there, 1);
    EXPECT_THAT(found[0].units, ElementsAre(house.office, house.department, house.school));
    EXPECT_THAT(look(pack_with("by: [unit.clerk, office.head], apart_from: [open]")), IsEmpty());
}

TEST_F(StaffingTest, WhoMustMoveToAnotherSeatIsMoved) {
    // The head of the office may also review: he is wanted as head, and the others are enough.
    house.add_post(house.office_head, house.office, "reviewer");
    OrgProfile profile = *house.registers->profile(House::kOrg);
    profile.parameters["duty.reviewers"] = 3;
    EXPECT_THAT(
        shortages(
            by_reviewers,
            profile,
            *house.access->directory(House::kOrg),
            house.registers->today(House::kOrg)
        ),
        IsEmpty()
    );
}

TEST_F(StaffingTest, BeforeAnybodyHoldsAPostNoUnitWorksWithIt) {
    EXPECT_THAT(
        shortages(
            by_head,
            *house.registers->profile(House::kOrg),
            *house.access->directory(House::kOrg),
            *calendar::Date::parse("2019-12-31")
        ),
        IsEmpty()
    );
}

TEST_F(StaffingTest, OnlyWhatGotWorseIsToldOfAChange) {
    const auto before = look(by_head);
    EXPECT_THAT(worsened(before, before), IsEmpty());
    EXPECT_THAT(worsened({}, before), SizeIs(1));
    const auto alone = pack_with("by: unit.clerk, apart_from: [open]");
    EXPECT_THAT(worsened(before, look(alone)), SizeIs(1));  // in the department too
    EXPECT_THAT(worsened(look(alone), before), IsEmpty());
}

}  // namespace
}  // namespace duban::registers
