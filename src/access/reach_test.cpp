#include <algorithm>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "access/access.h"
#include "core/problem.h"

namespace duban::access {
namespace {

using declarations::Role;
using declarations::RolePlace;

core::Id nth_id(std::size_t number) {
    core::Id made;
    made.octets[14] = static_cast<std::uint8_t>(number / 256);
    made.octets[15] = static_cast<std::uint8_t>(number % 256);
    return made;
}

const calendar::Date kToday = *calendar::Date::parse("2026-11-24");
const core::OrgId kOrg{1};

Unit unit_of(std::size_t own, std::size_t parent, UnitKind kind) {
    return {
        .id = nth_id(own),
        .parent = parent == 0 ? core::Id{} : nth_id(parent),
        .name = "unit",
        .code = "U",
        .kind = kind,
        .span = {}
    };
}

Post post(std::size_t own, std::size_t person, std::size_t unit_id, std::string role) {
    return {
        .id = nth_id(own),
        .person = nth_id(person),
        .unit = nth_id(unit_id),
        .role = std::move(role),
        .outside = false,
        .span = {}
    };
}

/// Units 1 root, 2 office, 3 district, 4 school of 3, 5 department; people from 20, posts from 40.
/// 20 clerk of 4 · 21 head of 3 · 22 reviewer of the office · 23 leader, holds 3 and below ·
/// 24 inspector from outside · 25 clerk of 5, delegate of the leader.
std::shared_ptr<const Directory> house() {
    Post inspector = post(44, 24, 1, "inspector");
    inspector.outside = true;
    return std::make_shared<const Directory>(
        std::vector{
            unit_of(1, 0, UnitKind::Root),
            unit_of(2, 1, UnitKind::Office),
            unit_of(3, 1, UnitKind::District),
            unit_of(4, 3, UnitKind::School),
            unit_of(5, 1, UnitKind::Department)
        },
        std::vector<Person>{},
        std::vector{
            post(40, 20, 4, "clerk"),
            post(41, 21, 3, "head"),
            post(42, 22, 2, "reviewer"),
            post(43, 23, 1, "leader"),
            inspector,
            post(45, 25, 5, "clerk")
        },
        std::vector{Delegation{
            .id = nth_id(60),
            .post = nth_id(43),
            .delegate = nth_id(25),
            .span = {},
            .paper = "no. 1"
        }},
        std::vector{Division{
            .id = nth_id(70), .leader = nth_id(23), .unit = nth_id(3), .area = "schools", .span = {}
        }}
    );
}

std::optional<Standing> stands(std::size_t person, const Role& role, std::size_t at) {
    const Actor actor = actor_of(house(), kOrg, nth_id(person), kToday);
    return may(actor, std::vector{role}, {.entry = {}, .unit = nth_id(at), .opened_by = {}});
}

TEST(May, UnitMeansTheEntrysOwn) {
    EXPECT_TRUE(stands(20, {RolePlace::Unit, "clerk"}, 4));
    EXPECT_FALSE(stands(20, {RolePlace::Unit, "clerk"}, 3));
    EXPECT_FALSE(stands(20, {RolePlace::Unit, "head"}, 4));
}

TEST(May, ParentMeansTheUnitAbove) {
    EXPECT_TRUE(stands(21, {RolePlace::Parent, "head"}, 4));
    EXPECT_FALSE(stands(21, {RolePlace::Parent, "head"}, 3));
}

TEST(May, DistrictMeansAPostAtTheNearestOne) {
    EXPECT_TRUE(stands(21, {RolePlace::District, "head"}, 4));
    EXPECT_TRUE(stands(21, {RolePlace::District, "head"}, 3));
    EXPECT_FALSE(stands(21, {RolePlace::District, "head"}, 5));
}

TEST(May, OfficeReachesEveryEntryFromAnOfficeOnly) {
    EXPECT_TRUE(stands(22, {RolePlace::Office, "reviewer"}, 5));
    EXPECT_FALSE(stands(20, {RolePlace::Office, "clerk"}, 4));
}

TEST(May, LeaderNeedsTheDivisionOfWorkAndThePost) {
    EXPECT_TRUE(stands(23, {RolePlace::Leader, "leader"}, 4));
    EXPECT_FALSE(stands(23, {RolePlace::Leader, "leader"}, 5));
    EXPECT_FALSE(stands(23, {RolePlace::Leader, "head"}, 4));
}

TEST(May, OutsidePostsCountOutsideOnly) {
    EXPECT_TRUE(stands(24, {RolePlace::Outside, "inspector"}, 5));
    EXPECT_FALSE(stands(24, {RolePlace::Unit, "inspector"}, 1));
    EXPECT_FALSE(stands(22, {RolePlace::Outside, "reviewer"}, 5));
}

TEST(May, SelfIsWhoOpenedIt) {
    const Actor actor = actor_of(house(), kOrg, nth_id(20), kToday);
    const std::vector<Role> roles{{RolePlace::Self, ""}};
    EXPECT_EQ(may(actor, roles, {{}, nth_id(5), nth_id(20)}), Standing{});
    EXPECT_FALSE(may(actor, roles, {{}, nth_id(5), nth_id(21)}));
    EXPECT_FALSE(may(actor_of(house(), kOrg, {}, kToday), roles, {{}, nth_id(5), {}}))
        << "nobody opened it";
}

TEST(May, ADelegateStandsInHisPrincipalsAreaAndIsNamedSo) {
    const std::optional<Standing> standing = stands(25, {RolePlace::Leader, "leader"}, 4);
    ASSERT_TRUE(standing);
    EXPECT_EQ(standing->signed_for, nth_id(23));
    EXPECT_EQ(standing->delegation, nth_id(60));
    EXPECT_FALSE(stands(25, {RolePlace::Leader, "leader"}, 5));
    EXPECT_FALSE(actor_of(house(), kOrg, nth_id(25), kToday).has_role("leader"));
}

TEST(May, OwnStandingsComeBeforeDelegatedOnes) {
    const Actor actor = actor_of(house(), kOrg, nth_id(25), kToday);
    const std::vector<Role> roles{{RolePlace::Leader, "leader"}, {RolePlace::Self, ""}};
    const auto standing = may(actor, roles, {{}, nth_id(4), nth_id(25)});
    ASSERT_TRUE(standing);
    EXPECT_TRUE(standing->signed_for.is_nil());
}

TEST(Reach, MoreUnitsThanAListCanAskForAreRefused) {
    std::vector<Unit> units{unit_of(1, 0, UnitKind::District)};
    for (std::size_t school = 2; school <= kReachUnitsMax + 1; ++school) {
        units.push_back(unit_of(school, 1, UnitKind::School));
    }
    const auto directory = std::make_shared<const Directory>(
        units,
        std::vector<Person>{},
        std::vector{post(3000, 3001, 1, "head")},
        std::vector<Delegation>{},
        std::vector<Division>{}
    );
    const Actor actor = actor_of(directory, kOrg, nth_id(3001), kToday);
    const std::vector<Role> parent{{RolePlace::Parent, "head"}};
    EXPECT_EQ(reach(actor, parent).units.size(), kReachUnitsMax);
    const std::vector<Role> district{{RolePlace::District, "head"}};
    try {
        (void)reach(actor, district);
        FAIL() << "not refused";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "reach.too_many_units");
    }
}

/// Directories, actors, roles and entries at random, small enough that they meet.
class Lottery {
public:
    explicit Lottery(std::uint64_t seed) : engine_{seed} {}

    std::size_t below(std::size_t limit) { return engine_() % limit; }

    std::shared_ptr<const Directory> directory() {
        constexpr std::array kKinds{
            UnitKind::Office, UnitKind::Department, UnitKind::District, UnitKind::School
        };
        std::vector<Unit> units{unit_of(1, 0, UnitKind::Root)};
        for (std::size_t own = 2; own <= kUnits; ++own) {
            units.push_back(unit_of(own, 1 + below(own - 1), kKinds.at(below(kKinds.size()))));
        }
        std::vector<Post> posts;
        for (std::size_t own = 0; own < 24; ++own) {
            posts.push_back(post(100 + own, person(), 1 + below(kUnits), role_name()));
            posts.back().outside = below(6) == 0;
            posts.back().span = span();
        }
        std::vector<Delegation> delegations;
        std::vector<Division> divisions;
        for (std::size_t own = 0; own < 6; ++own) {
            delegations.push_back(
                {nth_id(200 + own), nth_id(100 + below(24)), nth_id(person()), span(), "p"}
            );
            divisions.push_back(
                {nth_id(300 + own), nth_id(person()), nth_id(1 + below(kUnits)), "a", span()}
            );
        }
        return std::make_shared<const Directory>(
            units, std::vector<Person>{}, posts, delegations, divisions
        );
    }

    std::size_t person() { return 50 + below(kPeople); }
    Role role() {
        const auto place = static_cast<RolePlace>(below(7));
        return {place, place == RolePlace::Self ? "" : role_name()};
    }
    EntryFacts facts() { return {{}, nth_id(1 + below(kUnits + 1)), nth_id(person())}; }

    static constexpr std::size_t kUnits = 14;
    static constexpr std::size_t kPeople = 8;

private:
    std::string role_name() { return std::array{"clerk", "head", "leader"}.at(below(3)); }
    Span span() {
        Span made;
        made.from = kToday.plus_days(static_cast<int>(below(4)) - 2);
        if (below(2) == 0) {
            made.to = kToday.plus_days(static_cast<int>(below(4)) - 1);
        }
        return made;
    }

    std::mt19937_64 engine_;
};

TEST(Reach, CoversExactlyWhatMayAllowsOnRandomPairs) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lottery lottery{seed};
    int allowed = 0;
    for (int round = 0; round < 1000; ++round) {
        const auto directory = lottery.directory();
        for (int asked = 0; asked < 10; ++asked) {
            const Actor actor = actor_of(directory, kOrg, nth_id(lottery.person()), kToday);
            std::vector<Role> roles;
            for (std::size_t count = 1 + lottery.below(3); count > 0; --count) {
                roles.push_back(lottery.role());
            }
            const Reach reached = reach(actor, roles);
            for (int entry = 0; entry < 10; ++entry) {
                const EntryFacts facts = lottery.facts();
                const bool lets = may(actor, roles, facts).has_value();
                ASSERT_EQ(lets, reached.covers(actor, facts)) << "round " << round;
                allowed += lets ? 1 : 0;
            }
        }
    }
    EXPECT_GT(allowed, 10000) << "the pairs must meet often enough to prove anything";
    EXPECT_LT(allowed, 90000);
}

TEST(Holders, AreExactlyThoseWhoMay) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lottery lottery{seed};
    for (int round = 0; round < 1000; ++round) {
        const auto directory = lottery.directory();
        const Role role = lottery.role();
        const core::Id at = nth_id(1 + lottery.below(Lottery::kUnits));
        std::vector<core::Id> expected;
        for (std::size_t person = 0; person < Lottery::kPeople; ++person) {
            const Actor actor = actor_of(directory, kOrg, nth_id(50 + person), kToday);
            if (may(actor, std::vector{role}, {.entry = {}, .unit = at, .opened_by = {}})) {
                expected.push_back(actor.person);
            }
        }
        ASSERT_EQ(holders(*directory, role, at, kToday), expected) << "round " << round;
    }
}

}  // namespace
}  // namespace duban::access
