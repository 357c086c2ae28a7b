#include "rectification/notice.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace duban::rectification {
namespace {

Proposal sample() {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");
    std::ifstream in{
        std::string{source == nullptr ? "." : source} + "/samples/notice.txt", std::ios::binary
    };
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    return propose(reading::read(bytes));
}

TEST(Notice, TheSampleHasThreePartsTwelveItemsAndFortyTwoMeasures) {
    const Proposal proposal = sample();
    EXPECT_EQ(proposal.parts, 3U);
    ASSERT_EQ(proposal.items.size(), 12U);
    const std::vector<std::size_t> expected = {3, 3, 3, 3, 5, 2, 3, 3, 3, 3, 4, 7};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(proposal.items[i].measures.size(), expected[i]) << proposal.items[i].heading;
    }
    EXPECT_EQ(proposal.others.size(), 2U);
}

TEST(Notice, EveryMeasureCarriesItsSentence) {
    const Proposal proposal = sample();
    for (const ProposedItem& item : proposal.items) {
        for (const ProposedMeasure& measure : item.measures) {
            EXPECT_FALSE(measure.heading.empty());
            EXPECT_TRUE(measure.sentence.starts_with(measure.heading));
            EXPECT_LT(measure.span.begin, measure.span.end);
        }
    }
    EXPECT_EQ(proposal.items[0].measures[0].heading, "强化思想政治引领");
}

TEST(Notice, AProposalComesBackFromItsJson) {
    const Proposal proposal = sample();
    EXPECT_EQ(
        core::canonical_json(to_json(from_json(to_json(proposal)))),
        core::canonical_json(to_json(proposal))
    );
}

}  // namespace
}  // namespace duban::rectification
