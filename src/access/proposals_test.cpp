// Changes that two administrators make together, on both databases.

#include "access/proposals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/internal/test_house.h"

namespace duban::access {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ProposalsTest : public internal::TestHouse {
protected:
    void SetUp() override {
        TestHouse::SetUp();
        settle();
        proposals_.offer_directory_kinds();
        proposals_.offer(
            "parameter",
            {.apply =
                 [this](
                     store::Transaction& /*tx*/, const Proposal& proposal, const Approval& with
                 ) {
                     if (proposal.payload == "cannot be") {
                         throw core::Problem{core::ProblemKind::Rejected, "parameter.too_low"};
                     }
                     seconds_.push_back(with.author.approved_by);
                 },
             .after_commit = [this](
                                 core::OrgId /*org*/, const Proposal& proposal
                             ) { committed_.push_back(proposal.payload); }}
        );
    }

    static core::Json words() {
        return core::JsonArray{core::JsonObject{
            {"code", "difference.parameter"},
            {"params", core::JsonObject{{"before", "2"}, {"after", "1"}}}
        }};
    }
    core::Id propose(std::uint8_t who, std::string payload) {
        return proposals_.propose(
            actor(who),
            {.kind = "parameter", .payload = std::move(payload), .difference = words(), .on = kOn}
        );
    }
    std::string approval_of(std::uint8_t who, const core::Id& proposal) {
        return problem_of([&] { proposals_.approve(actor(who), {.proposal = proposal, .on = kOn}); }
        );
    }
    std::vector<std::string> actions(const core::Id& proposal) {
        std::vector<std::string> told;
        for (const journal::Draft& draft : history("proposal", proposal)) {
            told.push_back(draft.action);
        }
        return told;
    }

    static constexpr const char* kOn = "2026-11-24";
    Proposals proposals_{*store_, journal_, access_, clock_, random_};
    std::vector<core::Id> seconds_;
    std::vector<std::string> committed_;
};

TEST_F(ProposalsTest, AreAppliedWhenASecondAdministratorApproves) {
    const core::Id proposal = propose(11, "reviewers=1");
    EXPECT_THAT(seconds_, IsEmpty());
    EXPECT_EQ(approval_of(12, proposal), "");
    EXPECT_THAT(seconds_, ElementsAre(id(12)));
    EXPECT_THAT(committed_, ElementsAre("reviewers=1"));
    const Proposal kept = proposals_.load(kOrg, proposal);
    EXPECT_EQ(kept.state, ProposalState::Approved);
    EXPECT_EQ(kept.proposed_by, id(11));
    EXPECT_EQ(kept.decided_by, id(12));
    EXPECT_EQ(kept.difference, words());
}

TEST_F(ProposalsTest, BothStepsAreRecordedWithTheDifference) {
    const core::Id proposal = propose(11, "reviewers=1");
    (void)approval_of(12, proposal);
    const std::vector<journal::Draft> told = history("proposal", proposal);
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[0].action, "proposed");
    EXPECT_EQ(told[0].post, id(21));
    EXPECT_EQ(told[1].action, "approved");
    EXPECT_EQ(told[1].post, id(22));
    EXPECT_EQ(told[1].state_before, "open");
    for (const journal::Draft& draft : told) {
        ASSERT_THAT(draft.changes, SizeIs(3));
        const auto difference =
            std::ranges::find(draft.changes, "difference", &journal::Change::field);
        EXPECT_EQ(difference->value, words());
    }
}

TEST_F(ProposalsTest, OnlyTheRolesDecide) {
    EXPECT_EQ(problem_of([&] { (void)propose(14, "x"); }), "administration.not_system_admin");
    const core::Id proposal = propose(11, "x");
    EXPECT_EQ(approval_of(11, proposal), "administration.same_person");
    EXPECT_EQ(approval_of(13, proposal), "administration.not_security_admin");
    EXPECT_EQ(approval_of(14, proposal), "administration.not_security_admin");
    EXPECT_EQ(approval_of(12, id(99)), "proposal.not_found");
    EXPECT_EQ(approval_of(12, proposal), "");
    EXPECT_EQ(approval_of(12, proposal), "proposal.decided");
}

TEST_F(ProposalsTest, WhatCannotBeAppliedStaysOpenAndUnrecorded) {
    const core::Id proposal = propose(11, "cannot be");
    EXPECT_EQ(approval_of(12, proposal), "parameter.too_low");
    EXPECT_EQ(proposals_.load(kOrg, proposal).state, ProposalState::Open);
    EXPECT_THAT(actions(proposal), ElementsAre("proposed"));
    EXPECT_THAT(committed_, IsEmpty());
}

TEST_F(ProposalsTest, ARefusalHasAReason) {
    const core::Id proposal = propose(11, "x");
    const auto refusal = [&](std::string reason) {
        return problem_of([&] {
            proposals_.refuse(
                actor(12), {.proposal = proposal, .on = kOn, .reason = std::move(reason)}
            );
        });
    };
    EXPECT_EQ(refusal(""), "proposal.no_reason");
    EXPECT_EQ(refusal("one signature is too few"), "");
    EXPECT_EQ(proposals_.load(kOrg, proposal).reason, "one signature is too few");
    EXPECT_THAT(actions(proposal), ElementsAre("proposed", "refused"));
    EXPECT_EQ(approval_of(12, proposal), "proposal.decided");
    EXPECT_THAT(seconds_, IsEmpty());
}

TEST_F(ProposalsTest, OnlyTheProposerWithdraws) {
    const core::Id proposal = propose(11, "x");
    const auto withdrawal = [&](std::uint8_t who) {
        return problem_of([&] {
            proposals_.withdraw(actor(who), {.proposal = proposal, .on = kOn});
        });
    };
    EXPECT_EQ(withdrawal(12), "proposal.not_yours");
    EXPECT_EQ(withdrawal(11), "");
    EXPECT_EQ(approval_of(12, proposal), "proposal.decided");
}

TEST_F(ProposalsTest, SaysWhatWouldChangeOrIsNone) {
    const auto refusal = [&](std::string kind, core::Json difference) {
        return problem_of([&] {
            (void)proposals_.propose(
                actor(11),
                {.kind = std::move(kind),
                 .payload = "x",
                 .difference = std::move(difference),
                 .on = kOn}
            );
        });
    };
    EXPECT_EQ(refusal("parameter", core::JsonArray{}), "proposal.no_difference");
    EXPECT_EQ(refusal("parameter", core::Json("words")), "proposal.no_difference");
    EXPECT_EQ(refusal("no such kind", words()), "proposal.unknown_kind");
}

TEST_F(ProposalsTest, AreListedByState) {
    const core::Id first = propose(11, "1");
    clock_.advance(std::chrono::seconds{1});
    const core::Id second = propose(11, "2");
    EXPECT_EQ(approval_of(12, first), "");
    const std::vector<Proposal> all = proposals_.list(kOrg);
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].id, second);
    const std::vector<Proposal> open = proposals_.list(kOrg, ProposalState::Open);
    ASSERT_THAT(open, SizeIs(1));
    EXPECT_EQ(open[0].id, second);
    EXPECT_THAT(proposals_.list({8}), IsEmpty());
}

TEST_F(ProposalsTest, APostIsOpenedByTwoThroughAProposal) {
    const std::vector<Post> posts{post(26, 14, 2, "reviewer")};
    const core::Id proposal = proposals_.propose(
        actor(11),
        {.kind = "post",
         .payload = payload_of(posts),
         .difference = difference_of(*access_.directory(kOrg), posts),
         .on = kOn}
    );
    EXPECT_EQ(access_.directory(kOrg)->find_post(id(26)), nullptr);
    EXPECT_EQ(approval_of(12, proposal), "");
    ASSERT_NE(access_.directory(kOrg)->find_post(id(26)), nullptr);
    const std::vector<journal::Draft> told = history("post", id(26));
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].actor, id(11));
    EXPECT_EQ(told[0].signatures.at(0).person, id(12));
}

TEST_F(ProposalsTest, ADelegationThatIsUnlawfulIsNotApplied) {
    Delegation row{
        .id = id(31),
        .post = id(25),
        .delegate = id(15),
        .span = between("2026-11-01", "2026-12-31"),
        .paper = "no. 31"
    };
    const auto decide = [&] {
        const core::Id proposal = proposals_.propose(
            actor(11),
            {.kind = "delegation",
             .payload = payload_of(std::vector{row}),
             .difference = difference_of(*access_.directory(kOrg), std::vector{row}),
             .on = kOn}
        );
        return approval_of(12, proposal);
    };
    EXPECT_EQ(decide(), "delegation.to_self");
    row.delegate = id(14);
    EXPECT_EQ(decide(), "");
    EXPECT_THAT(access_.directory(kOrg)->delegations(), SizeIs(1));
}

TEST_F(ProposalsTest, TheDivisionOfWorkIsChangedByTwoThroughAProposal) {
    Division row{
        .id = id(41), .leader = id(15), .unit = id(2), .area = "papers", .span = since("2026-01-01")
    };
    const auto decide = [&] {
        const core::Id proposal = proposals_.propose(
            actor(11),
            {.kind = "division",
             .payload = payload_of(std::vector{row}),
             .difference = difference_of(*access_.directory(kOrg), std::vector{row}),
             .on = kOn}
        );
        return approval_of(12, proposal);
    };
    EXPECT_THAT(actor(15).divided_units, IsEmpty());
    EXPECT_EQ(decide(), "");
    EXPECT_THAT(actor(15).divided_units, ElementsAre(id(2)));
    const std::vector<journal::Draft> told = history("division", id(41));
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].actor, id(11));
    EXPECT_EQ(told[0].signatures.at(0).person, id(12));

    row.leader = id(14);
    EXPECT_EQ(decide(), "division.parties_fixed");
    row.leader = id(15);
    row.span.to = day("2026-11-23");
    EXPECT_EQ(decide(), "");
    EXPECT_THAT(actor(15).divided_units, IsEmpty());
    EXPECT_THAT(history("division", id(41)), SizeIs(2));
}

std::string code_of(const core::Json& difference) {
    return core::find_string(difference.as_array().at(0), "code").value_or("");
}

TEST_F(ProposalsTest, SayWhetherARowIsNewOrAnother) {
    const auto kept = access_.directory(kOrg);
    const Directory& directory = *kept;
    EXPECT_EQ(
        code_of(difference_of(directory, std::vector{post(26, 14, 2, "reviewer")})),
        "difference.post_opened"
    );
    EXPECT_EQ(
        code_of(difference_of(directory, std::vector{post(25, 15, 3, "clerk")})),
        "difference.post_amended"
    );
    const Delegation row{
        .id = id(31),
        .post = id(25),
        .delegate = id(14),
        .span = between("2026-11-01", "2026-12-31"),
        .paper = "no. 31"
    };
    EXPECT_EQ(code_of(difference_of(directory, std::vector{row})), "difference.delegation_opened");
    access_.put(two_, std::vector{row});
    EXPECT_EQ(
        code_of(difference_of(*access_.directory(kOrg), std::vector{row})),
        "difference.delegation_amended"
    );
    Division charge{
        .id = id(41), .leader = id(15), .unit = id(3), .area = "", .span = since("2026-01-01")
    };
    const core::Json opened = difference_of(directory, std::vector{charge});
    EXPECT_EQ(code_of(opened), "difference.division_opened");
    EXPECT_EQ(
        opened.as_array().at(0).at("params"),
        core::Json(core::JsonObject{
            {"person", "Ed"}, {"charge", "School"}, {"from", "2026-01-01"}, {"to", ""}
        })
    );
    access_.put(two_, std::vector{charge});
    charge.area = "meals";
    const core::Json amended = difference_of(*access_.directory(kOrg), std::vector{charge});
    EXPECT_EQ(code_of(amended), "difference.division_amended");
    EXPECT_EQ(amended.as_array().at(0).at("params").at("charge"), core::Json("School · meals"));
}

TEST_F(ProposalsTest, OneThatIsTooLargeOrDamagedIsRefused) {
    EXPECT_EQ(
        problem_of([&] { propose(11, std::string(kProposalPayloadBytesMax + 1, 'x')); }),
        "proposal.too_large"
    );
    const core::Id proposal = propose(11, "two");
    store_->write(kOrg, [](store::Transaction& tx) {
        tx.execute({"test.damage", "update d_proposal set state = 'maybe'"}, {});
    });
    EXPECT_EQ(problem_of([&] { (void)proposals_.list(kOrg); }), "proposal.corrupt");
    EXPECT_EQ(approval_of(12, proposal), "proposal.corrupt");
}

TEST_F(ProposalsTest, RowsAreReadBackFromTheirPayload) {
    const Post written = post(26, 14, 2, "reviewer");
    const std::vector<Post> posts = posts_of_payload(payload_of(std::vector{written}));
    ASSERT_THAT(posts, SizeIs(1));
    EXPECT_EQ(posts[0].person, written.person);
    EXPECT_EQ(posts[0].span, written.span);
    for (const char* const text :
         {"",
          "{}",
          "[]",
          "[1]",
          R"([{"id":"x"}])",
          R"([{"id":"00000000-0000-0000-0000-000000000001"}])"}) {
        EXPECT_EQ(problem_of([&] { (void)posts_of_payload(text); }), "proposal.malformed") << text;
    }
}

}  // namespace
}  // namespace duban::access
