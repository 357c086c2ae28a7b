#include "rectification/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::rectification {
namespace {

declarations::Model model() {
    declarations::Register posts;
    posts.name = "concurrent_post";
    posts.keywords = {"干部兼职", "兼职备案"};
    declarations::Register silent;
    silent.name = "handover";
    declarations::Control control;
    control.name = "post_before_approval";
    control.keywords = {"审批手续"};
    declarations::Pack pack;
    pack.name = "foundation";
    pack.registers = {posts, silent};
    pack.controls = {control};
    return declarations::Model{{pack}};
}

TEST(Links, TargetsAreThoseWhoseKeywordsStandInTheStatement) {
    const declarations::Model words = model();
    EXPECT_THAT(
        targets_of(words, "完善兼职备案，干部兼职必须严格履行审批手续，建立干部兼职台账。"),
        testing::ElementsAre(
            LinkTarget{.name = "concurrent_post", .word = "干部兼职"},
            LinkTarget{.name = "post_before_approval", .word = "审批手续"}
        )
    );
}

TEST(Links, AWordThatOnlyLooksAlikeIsNone) {
    EXPECT_TRUE(targets_of(model(), "选聘专家担任兼职研训专家。").empty());
    EXPECT_TRUE(targets_of(model(), "").empty());
}

}  // namespace
}  // namespace duban::rectification
