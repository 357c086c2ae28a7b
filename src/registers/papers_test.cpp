#include "registers/papers.h"

#include <gtest/gtest.h>

#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

const declarations::SourceFile kPapersPack{"pack.yaml", R"yaml(
name: duty
version: 1.0.0
roles: {clerk: {en: Clerk}, head: {en: Head}, reviewer: {en: Reviewer}}
)yaml"};

const declarations::SourceFile kDuty{"registers/duty.yaml", R"yaml(
register: duty
fields:
  what: {type: text, max: 20, required: true}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states: {draft: , review: , secret_review: , agreed: {final: true}}
  actions:
    open: {by: unit.clerk}
    file: {from: draft, to: review, by: unit.clerk}
    hide: {from: draft, to: secret_review, by: unit.clerk}
    own_hand: {from: review, to: agreed, signatures: [{by: unit.head}]}
    approve:
      from: review
      to: agreed
      kinds: [own, paper]
      signatures: [{by: office.reviewer, count: 2}, {by: office.head}]
    consider:
      from: secret_review
      to: agreed
      blind: true
      kinds: [own, paper]
      signatures: [{by: office.reviewer, count: 3}]
)yaml"};

class PapersTest : public ::testing::Test {
protected:
    PapersTest() { house.adopt({kPapersPack, kDuty}); }

    core::Id waiting(const std::string& by) {
        const core::Id id = house.open("duty", house.clerk, {{"what", "A duty"}}).entry;
        house.act("duty", id, by, house.clerk);
        return id;
    }
    Request request(const core::Id& id, const std::string& action, PaperSignature paper) {
        Request out;
        out.register_name = "duty";
        out.action = action;
        out.entry = id;
        out.revision = house.entry("duty", id).revision;
        out.paper = std::move(paper);
        return out;
    }
    Request sheet(const core::Id& id, const std::string& action, const core::Id& signer) {
        return request(
            id,
            action,
            {.signer = signer,
             .signed_on = "2026-03-01",
             .words = {},
             .scan = std::string(64, 'a'),
             .compares = {}}
        );
    }
    Request comparison(const core::Id& id, const std::string& action, const core::Id& signature) {
        return request(
            id,
            action,
            {.signer = {}, .signed_on = {}, .words = {}, .scan = {}, .compares = signature}
        );
    }
    core::Id recorded(const core::Id& id) {
        store::Rows rows;
        house.store->read([&](store::Reader& reader) {
            rows = reader.query(
                {"test.find_recorded",
                 "select id from d_signature where entry = $1 and"
                 " standing = 'recorded'"},
                {store::value(id)}
            );
        });
        return rows.at(0).id(0);
    }
    std::string refusal(const core::Id& person, const Request& request) {
        return House::refusal([&] { house.registers->try_out(house.actor(person), request); });
    }
    /// "approve" for a sheet to hand in, "approve compares" for one to compare.
    std::vector<std::string> offered(const core::Id& person, const core::Id& id) {
        std::vector<std::string> out;
        house.store->read([&](store::Reader& reader) {
            const auto actor = house.actor(person);
            const Entry entry = house.registers->entry(reader, actor, "duty", id);
            out.clear();
            for (const PaperOffer& offer :
                 paper_offers(*house.registers, reader, actor, "duty", entry)) {
                out.push_back(offer.action->name + (offer.compares.is_nil() ? "" : " compares"));
                EXPECT_FALSE(offer.role.empty());
            }
        });
        return out;
    }

    House house;
};

TEST_F(PapersTest, WhatIsOfferedIsTakenAndWhatIsNotIsRefused) {
    const core::Id id = waiting("file");
    house.act("duty", id, "approve", house.reviewer_a);
    house.send(house.office_clerk, sheet(id, "approve", house.reviewer_b));
    const core::Id signature = recorded(id);
    const Names both = {"approve", "approve compares"};
    for (const auto& [person, names] : std::vector<std::pair<core::Id, Names>>{
             {house.clerk, both},
             {house.head, both},
             {house.reviewer_a, both},         // signed the round himself
             {house.reviewer_b, {"approve"}},  // signed the sheet
             {house.reviewer_c, both},
             {house.office_clerk, {"approve"}},  // recorded it
         }) {
        EXPECT_EQ(offered(person, id), names);
        EXPECT_EQ(refusal(person, sheet(id, "approve", house.office_head)), "");
        EXPECT_EQ(
            refusal(person, comparison(id, "approve", signature)),
            names == both ? "" : "signature.comparer_is_recorder"
        );
    }
    EXPECT_EQ(
        refusal(house.clerk, sheet(id, "own_hand", house.head)), "signature.kind_not_allowed"
    );
    house.send(house.reviewer_a, comparison(id, "approve", signature));
    EXPECT_EQ(house.act("duty", id, "approve", house.office_head).state, "agreed");
    house.store->read([&](store::Reader& reader) {
        EXPECT_EQ(verify(*house.registers, reader, House::kOrg).faults_total, 0);
    });
}

TEST_F(PapersTest, ARoundWithEnoughSheetsTakesNoMoreOfThem) {
    const core::Id id = waiting("file");
    house.act("duty", id, "approve", house.office_head);
    house.act("duty", id, "approve", house.reviewer_a);
    EXPECT_EQ(offered(house.clerk, id), Names{"approve"});
    house.send(house.office_clerk, sheet(id, "approve", house.reviewer_b));
    EXPECT_EQ(offered(house.clerk, id), Names{"approve compares"});
    EXPECT_EQ(refusal(house.clerk, sheet(id, "approve", house.reviewer_c)), "signature.not_wanted");
}

TEST_F(PapersTest, WhoSignsABlindRoundComparesNothingOfIt) {
    const core::Id id = waiting("hide");
    house.send(house.clerk, sheet(id, "consider", house.reviewer_b));
    const core::Id signature = recorded(id);
    EXPECT_EQ(offered(house.head, id), (Names{"consider", "consider compares"}));
    EXPECT_EQ(offered(house.reviewer_a, id), Names{"consider"});
    EXPECT_EQ(
        refusal(house.reviewer_a, comparison(id, "consider", signature)), "signature.not_found"
    ) << "nobody who signs sees another's part";
    EXPECT_EQ(refusal(house.head, comparison(id, "consider", signature)), "");
    // That enough were handed in is not told.
    house.act("duty", id, "consider", house.reviewer_a);
    house.send(house.clerk, sheet(id, "consider", house.reviewer_c));
    EXPECT_EQ(offered(house.office_head, id).front(), "consider");
}

TEST_F(PapersTest, NothingIsOfferedInAnotherStateOrToWhoMayNotRead) {
    const core::Id id = house.open("duty", house.clerk, {{"what", "A duty"}}).entry;
    EXPECT_TRUE(offered(house.clerk, id).empty());
    house.act("duty", id, "file", house.clerk);
    house.store->read([&](store::Reader& reader) {
        const Entry entry = house.registers->entry(reader, house.actor(house.clerk), "duty", id);
        EXPECT_TRUE(
            paper_offers(*house.registers, reader, house.actor(house.teacher), "duty", entry)
                .empty()
        );
    });
}

}  // namespace
}  // namespace duban::registers
