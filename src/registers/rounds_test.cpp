// Rounds of signatures, and what an adoption means to a round and to a second org.

#include <gtest/gtest.h>

#include "core/problem.h"
#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

declarations::SourceFile pack_file(const std::string& version) {
    return {"pack.yaml", "name: duty\nversion: " + version + R"yaml(
roles:
  clerk: {zh: 经办}
  head: {zh: 负责人}
  reviewer: {zh: 审核}
parameters:
  reviewers: {type: integer, default: 2, least: 1}
)yaml"};
}

declarations::SourceFile duty_file(const std::string& approve_kinds, const std::string& name) {
    return {"registers/" + name + ".yaml", "register: " + name + R"yaml(
fields:
  what: {type: text, max: 20, required: true}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states: {draft: , review: , agreed: {final: true}}
  actions:
    open: {by: unit.clerk}
    file: {from: draft, to: review, by: unit.clerk}
    take_back: {from: review, to: draft, by: office.reviewer, apart_from: [open, file]}
    look_over: {from: review, by: office.clerk}
    correct: {from: review, by: office.clerk, fields: [what]}
    approve:
      from: review
      to: agreed
      apart_from: [open, file]
      kinds: )yaml" + approve_kinds + R"yaml(
      signatures: [{by: office.reviewer, count: {param: reviewers}}, {by: office.head, count: 1}]
)yaml"};
}

class RoundsTest : public ::testing::Test {
protected:
    RoundsTest() { house.adopt({pack_file("1.0.0"), duty_file("[own]", "duty")}); }

    core::Id filed() {
        const core::Id id = house.open("duty", house.clerk, {{"what", "值班"}}).entry;
        house.act("duty", id, "file", house.clerk);
        return id;
    }

    /// Decided and committed; whoever holds a profile from before goes on holding it.
    void set_reviewers(int count) { house.set_parameter("duty", "reviewers", count); }

    std::vector<std::string> offered(const core::Id& person, const core::Id& id) {
        std::vector<std::string> names;
        house.store->read([&](store::Reader& reader) {
            const auto actor = house.actor(person);
            const Entry entry = house.registers->entry(reader, actor, "duty", id);
            names.clear();
            for (const auto& offer : house.registers->offers(reader, actor, "duty", entry)) {
                names.push_back(offer.action->name);
            }
        });
        return names;
    }

    House house;
};

TEST_F(RoundsTest, ASheetIsNoWayAroundTheRightToAnActionWithoutSignatures) {
    const core::Id id = house.open("duty", house.clerk, {{"what", "值班"}}).entry;
    Request request;
    request.register_name = "duty";
    request.action = "file";
    request.entry = id;
    request.revision = 1;
    request.paper = PaperSignature{
        .signer = house.clerk,
        .signed_on = "2026-03-01",
        .words = {},
        .scan = std::string(64, 'a'),
        .compares = {}
    };
    EXPECT_EQ(house.refusal([&] { house.send(house.head, request); }), "signature.none_in_action");
    EXPECT_EQ(house.entry("duty", id).state, "draft");
}

TEST_F(RoundsTest, ASheetThatNobodyComparedEndsNoRoundOfWhichFewerAreWantedNow) {
    house.adopt({pack_file("1.1.0"), duty_file("[own, paper]", "duty")});
    const core::Id id = filed();
    house.act("duty", id, "approve", house.office_head);
    house.act("duty", id, "approve", house.reviewer_a);
    set_reviewers(1);
    Request request;
    request.register_name = "duty";
    request.action = "approve";
    request.entry = id;
    request.revision = house.entry("duty", id).revision;
    request.paper = PaperSignature{
        .signer = house.reviewer_b,
        .signed_on = "2026-03-01",
        .words = {},
        .scan = std::string(64, 'a'),
        .compares = {}
    };
    const Applied recorded = house.send(house.office_clerk, request);
    EXPECT_EQ(recorded.state, "review");
    EXPECT_EQ(recorded.signatures_open, 1);
    store::Rows rows;
    house.store->read([&](store::Reader& reader) {
        rows = reader.query(
            {"test.find_recorded", "select id from d_signature where kind = 'paper'"}, {}
        );
    });
    ASSERT_EQ(rows.size(), 1U);
    request.revision = house.entry("duty", id).revision;
    request.paper = PaperSignature{
        .signer = {}, .signed_on = {}, .words = {}, .scan = {}, .compares = rows.front().id(0)
    };
    EXPECT_EQ(house.send(house.reviewer_c, request).state, "agreed");
    house.store->read([&](store::Reader& reader) {
        EXPECT_EQ(verify(*house.registers, reader, House::kOrg).faults_total, 0);
    });
}

TEST_F(RoundsTest, ASignatureTooManyOfOneRoleNeverStandsForAnother) {
    const core::Id id = filed();
    house.act("duty", id, "approve", house.reviewer_a);
    house.act("duty", id, "approve", house.reviewer_b);
    set_reviewers(1);
    EXPECT_EQ(house.entry("duty", id).state, "review");
    EXPECT_EQ(
        house.refusal([&] { house.act("duty", id, "approve", house.reviewer_c); }),
        "signature.not_wanted"
    );
    EXPECT_EQ(house.act("duty", id, "approve", house.office_head).state, "agreed");
}

TEST_F(RoundsTest, NobodysSignatureStandsUnderWhatHeHasNotSeen) {
    const core::Id id = filed();
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_a).signatures_open, 2);
    house.act("duty", id, "look_over", house.office_clerk);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_b).signatures_open, 1);
    house.act("duty", id, "correct", house.office_clerk, {{"what", "夜间值班"}});
    EXPECT_EQ(house.act("duty", id, "approve", house.office_head).signatures_open, 2);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_c).signatures_open, 1);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_a).state, "agreed");
    house.store->read([&](store::Reader& reader) {
        EXPECT_EQ(verify(*house.registers, reader, House::kOrg).faults_total, 0);
    });
}

TEST_F(RoundsTest, ARoundThatWantsNoMoreBecauseItsParameterFellEndsWithTheNext) {
    set_reviewers(3);
    const core::Id id = filed();
    house.act("duty", id, "approve", house.office_head);
    house.act("duty", id, "approve", house.reviewer_a);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_b).signatures_open, 1);
    set_reviewers(2);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_c).state, "agreed");
}

TEST_F(RoundsTest, AParameterHoldsFromItsDecisionOnWhoeverHasReadItBefore) {
    const core::Id id = filed();
    house.act("duty", id, "approve", house.office_head);
    house.act("duty", id, "approve", house.reviewer_a);
    set_reviewers(3);
    EXPECT_EQ(house.act("duty", id, "approve", house.reviewer_b).signatures_open, 1);
    EXPECT_EQ(house.entry("duty", id).state, "review");
}

TEST_F(RoundsTest, NobodyIsOfferedWhatWouldBeRefusedHim) {
    house.add_post(house.clerk, house.office, "reviewer");
    const core::Id id = filed();
    EXPECT_EQ(offered(house.clerk, id), Names{});
    EXPECT_EQ(offered(house.reviewer_a, id), (Names{"take_back", "approve"}));
    house.act("duty", id, "approve", house.reviewer_a);
    EXPECT_EQ(offered(house.reviewer_a, id), Names{"take_back"});
    EXPECT_EQ(offered(house.office_head, id), Names{"approve"});
    EXPECT_EQ(offered(house.reviewer_b, id), (Names{"take_back", "approve"}));
    house.act("duty", id, "approve", house.reviewer_b);
    EXPECT_EQ(offered(house.reviewer_c, id), Names{"take_back"}) << "two of his role have signed";
    // Who also holds the other post is asked under that one.
    house.add_post(house.reviewer_c, house.office, "head");
    EXPECT_EQ(offered(house.reviewer_c, id), (Names{"take_back", "approve"}));
    house.store->read([&](store::Reader& reader) {
        const access::Actor actor = house.actor(house.reviewer_c);
        for (const auto& offer :
             house.registers->offers(reader, actor, "duty", house.entry("duty", id))) {
            EXPECT_EQ(offer.role, offer.action->name == "approve" ? "head" : "reviewer");
        }
    });
    EXPECT_EQ(offered(house.office_head, id), Names{"approve"});
}

TEST_F(RoundsTest, ARegisterKeepsItsName) {
    declarations::SourceFile renamed = duty_file("[own]", "watch");
    renamed.text += "was: duty\n";
    const Plan plan = house.adoption->plan(std::vector{pack_file("1.1.0"), renamed});
    const bool refused = std::ranges::any_of(plan.faults, [](const declarations::Fault& fault) {
        return fault.code == "register.keeps_its_name";
    });
    EXPECT_TRUE(refused);
}

/// A second org on the same installation, which only hears of what the first one adopted.
class SecondOrgTest : public RoundsTest {
protected:
    static constexpr core::OrgId kOther{2};

    SecondOrgTest() {
        OrgProfile profile;
        profile.name = "远山市教育局";
        profile.calendar.name = "cn";
        profile.calendar.known_years = {2026};
        house.store->write(kOther, [&](store::Transaction& tx) {
            save_profile(tx, kOther, profile);
        });
        put(std::vector<access::Unit>{
            {.id = bureau_, .parent = {}, .name = "局", .code = "J", .span = kSince}
        });
        put(std::vector<access::Unit>{
            {.id = office_,
             .parent = bureau_,
             .name = "办",
             .code = "B",
             .kind = access::UnitKind::Office,
             .span = kSince}
        });
        clerk_ = person("clerk");
        reviewer_ = person("reviewer");
    }

    template <typename Rows>
    void put(const Rows& rows) {
        house.access->put(
            {.org = kOther,
             .person = house.system_admin,
             .approved_by = house.security_admin,
             .on = "2026-03-02"},
            rows
        );
    }

    core::Id person(const char* role) {
        const core::Id id = core::make_id(house.clock.now(), house.random);
        put(std::vector<access::Person>{{.id = id, .name = "某人", .mobile = {}, .span = kSince}});
        put(std::vector<access::Post>{
            {.id = core::make_id(house.clock.now(), house.random),
             .person = id,
             .unit = office_,
             .role = role,
             .outside = false,
             .span = kSince}
        });
        return id;
    }

    Applied act(const core::Id& person, const char* action, const core::Id& entry, int revision) {
        Request request;
        request.register_name = "duty";
        request.action = action;
        request.entry = entry;
        request.revision = revision;
        access::Actor actor = house.access->actor(kOther, person, house.registers->today(kOther));
        actor.account = person;
        if (entry.is_nil()) {
            request.fields = core::JsonObject{{"what", "值班"}};
        }
        return house.registers->apply(actor, request);
    }

    const access::Span kSince{.from = *calendar::Date::parse("2020-01-01"), .to = {}};
    core::Id bureau_ = core::make_id(house.clock.now(), house.random);
    core::Id office_ = core::make_id(house.clock.now(), house.random);
    core::Id clerk_, reviewer_;
};

TEST_F(SecondOrgTest, GetsTheParametersOfAPackItHearsOf) {
    const core::Id id = act(clerk_, "open", {}, 0).entry;
    act(clerk_, "file", id, 1);
    EXPECT_EQ(act(reviewer_, "approve", id, 2).signatures_open, 2);
}

TEST_F(SecondOrgTest, BeginsARoundAgainWhoseActionChangedElsewhere) {
    const core::Id id = act(clerk_, "open", {}, 0).entry;
    act(clerk_, "file", id, 1);
    act(reviewer_, "approve", id, 2);
    house.adopt({pack_file("1.1.0"), duty_file("[own, paper]", "duty")});
    // The same person signs again: the first signature was one under the procedure before.
    EXPECT_EQ(act(reviewer_, "approve", id, 3).signatures_open, 2);
    std::int64_t loosened = 0;
    house.store->read([&](store::Reader& reader) {
        const store::Query query{"test.loosened", "select count(*) from d_loosening where org = 2"};
        loosened = reader.query(query, {}).front().integer(0);
    });
    EXPECT_EQ(loosened, 1);
}

}  // namespace
}  // namespace duban::registers
