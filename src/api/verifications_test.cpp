#include "api/verifications.h"

#include <future>

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::api {
namespace {

constexpr core::OrgId kOrg{1};

class VerificationsTest : public testing::Test {
protected:
    /// Until nothing of the org runs any more.
    Verifications::State finished(core::OrgId org = kOrg) {
        Verifications::State state = verifications_.state(org);
        while (state.running_since) {
            std::this_thread::yield();
            state = verifications_.state(org);
        }
        return state;
    }

    core::SystemClock clock_;
    Verifications verifications_{clock_};
};

Verified found(std::int64_t records) {
    Verified verified;
    verified.report.records = records;
    return verified;
}

TEST_F(VerificationsTest, NothingIsKnownBeforeTheFirst) {
    const Verifications::State state = verifications_.state(kOrg);
    EXPECT_FALSE(state.running_since);
    EXPECT_FALSE(state.last);
}

TEST_F(VerificationsTest, OneRunsAtATimeAndAnotherOfTheSameOrgIsTheSame) {
    std::promise<void> goes_on;
    std::shared_future<void> gate = goes_on.get_future().share();
    verifications_.begin(kOrg, [gate](const std::stop_token&) {
        gate.wait();
        return found(7);
    });
    EXPECT_TRUE(
        verifications_.begin(kOrg, [](const std::stop_token&) { return found(8); }).running_since
    );
    // Of another org: it waits its turn.
    verifications_.begin({2}, [](const std::stop_token&) { return found(9); });
    EXPECT_FALSE(verifications_.state({2}).last);
    goes_on.set_value();
    const Verifications::State state = finished();
    ASSERT_TRUE(state.last);
    EXPECT_EQ(state.last->verified.report.records, 7);
    EXPECT_LE(state.last->began_at, state.last->ended_at);
    EXPECT_EQ(finished({2}).last->verified.report.records, 9);
}

TEST_F(VerificationsTest, WhatFailsIsSaidBesideTheLastThatCameToAnEnd) {
    verifications_.begin(kOrg, [](const std::stop_token&) { return found(7); });
    finished();
    verifications_.begin(kOrg, [](const std::stop_token&) -> Verified {
        throw core::Problem{core::ProblemKind::Unavailable, "store.busy"};
    });
    EXPECT_EQ(finished().failed, "store.busy");
    EXPECT_EQ(finished().last->verified.report.records, 7);
    verifications_.begin(kOrg, [](const std::stop_token&) -> Verified {
        throw std::logic_error{"no"};
    });
    EXPECT_EQ(finished().failed, "server.failed");
    verifications_.begin(kOrg, [](const std::stop_token&) { return found(8); });
    EXPECT_EQ(finished().failed, "");
}

TEST(Verifications, WhatRunsIsGivenUpAtTheEnd) {
    const core::SystemClock clock;
    std::promise<void> running;
    bool given_up = false;
    {
        Verifications verifications{clock};
        verifications.begin(kOrg, [&](const std::stop_token& stop) -> Verified {
            running.set_value();
            while (!stop.stop_requested()) {
                std::this_thread::yield();
            }
            given_up = true;
            throw GivenUp{};
        });
        running.get_future().wait();
    }
    EXPECT_TRUE(given_up);
}

}  // namespace
}  // namespace duban::api
