#include "registers/incoming.h"

#include <gtest/gtest.h>

#include "registers/testing.h"

namespace duban::registers {
namespace {

const declarations::SourceFile kIncomingPack{"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles:
  clerk: {en: Clerk}
  head: {en: Head}
  reviewer: {en: Reviewer}
)yaml"};

const declarations::SourceFile kIncomingMatter{"registers/matter.yaml", R"yaml(
register: matter
fields:
  heading: {type: text, required: true, title_field: true}
  earlier: {type: link, to: matter}
read: [unit.clerk, office.clerk, unit.head, office.head]
procedure:
  initial: open
  states: {open: }
  actions:
    open: {by: [unit.clerk, office.clerk]}
    amend: {from: open, by: [unit.clerk, office.clerk], fields: [heading, earlier]}
views:
  all: {columns: [heading], filters: [state], sorts: [heading]}
  later: {columns: [heading], filters: [earlier], sorts: [heading]}
)yaml"};

const declarations::SourceFile kPaper{"registers/paper.yaml", R"yaml(
register: paper
fields:
  heading: {type: text, required: true, title_field: true}
  about: {type: links, to: matter}
  other: {type: links, to: paper}
read: [unit.clerk, office.clerk]
procedure:
  initial: open
  states: {open: }
  actions:
    open: {by: [unit.clerk, office.clerk]}
)yaml"};

class IncomingTest : public ::testing::Test {
protected:
    IncomingTest() { house.adopt({kIncomingPack, kIncomingMatter, kPaper}); }

    core::Id matter(const core::Id& person, core::JsonObject more = {}) {
        house.clock.advance(std::chrono::milliseconds{1});
        core::JsonObject fields = {{"heading", "A matter"}};
        for (auto& one : more) {
            fields[one.key()] = one.value();
        }
        return house.open("matter", person, std::move(fields)).entry;
    }
    core::Id paper(const core::Id& person, const std::vector<core::Id>& about) {
        house.clock.advance(std::chrono::milliseconds{1});
        core::JsonArray links;
        for (const core::Id& one : about) {
            links.emplace_back(one.text());
        }
        return house.open("paper", person, {{"heading", "A paper"}, {"about", links}}).entry;
    }
    [[nodiscard]] std::vector<NamingGroup> groups(
        const core::Id& person, const core::Id& id, std::size_t limit = kNamingDefault
    ) {
        house.store->read([&](store::Reader& reader) {
            kept = naming(
                *house.registers,
                reader,
                house.actor(person),
                {.register_name = "matter", .id = id, .limit = limit}
            );
        });
        return kept.groups;
    }
    static std::vector<core::Id> ids(const NamingGroup& group) {
        std::vector<core::Id> out;
        for (const Entry& entry : group.entries) {
            out.push_back(entry.id);
        }
        return out;
    }

    House house;
    Naming kept;
};

TEST_F(IncomingTest, EachFieldOfEachRegisterIsAGroupTheLastOpenedFirst) {
    const core::Id named = matter(house.clerk);
    const core::Id other = matter(house.clerk);
    const core::Id later = matter(house.clerk, {{"earlier", named.text()}});
    matter(house.clerk, {{"earlier", other.text()}});
    const core::Id first = paper(house.clerk, {other, named});
    paper(house.clerk, {other});
    const core::Id last = paper(house.clerk, {named});
    const auto found = groups(house.clerk, named);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].declared->name, "matter");
    EXPECT_EQ(found[0].field->name, "earlier");
    EXPECT_EQ(found[0].view->name, "later");
    EXPECT_EQ(ids(found[0]), std::vector{later});
    EXPECT_EQ(found[1].declared->name, "paper");
    EXPECT_EQ(found[1].field->name, "about");
    EXPECT_EQ(found[1].view, nullptr) << "no view filters by a list";
    EXPECT_EQ(ids(found[1]), (std::vector{last, first}));
    EXPECT_TRUE(groups(house.clerk, later).empty());
}

TEST_F(IncomingTest, WhatNamesItNoLongerIsGone) {
    const core::Id named = matter(house.clerk);
    const core::Id later = matter(house.clerk, {{"earlier", named.text()}});
    house.act("matter", later, "amend", house.clerk, {{"earlier", nullptr}});
    EXPECT_TRUE(groups(house.clerk, named).empty());
}

TEST_F(IncomingTest, AGroupIsLimitedAndSaysThatThereAreMore) {
    const core::Id named = matter(house.clerk);
    std::vector<core::Id> papers;
    for (int i = 0; i < 3; ++i) {
        papers.insert(papers.begin(), paper(house.clerk, {named}));
        matter(house.clerk, {{"earlier", named.text()}});
    }
    auto found = groups(house.clerk, named, 2);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_TRUE(found[0].more);
    EXPECT_EQ(found[0].entries.size(), 2U);
    EXPECT_TRUE(found[1].more);
    EXPECT_EQ(ids(found[1]), (std::vector{papers[0], papers[1]}));
    found = groups(house.clerk, named, 3);
    EXPECT_FALSE(found[0].more);
    EXPECT_FALSE(found[1].more);
    EXPECT_EQ(ids(found[1]), papers);
}

TEST_F(IncomingTest, WhatTheActorDoesNotReachIsNeitherShownNorCounted) {
    const core::Id named = matter(house.clerk);
    const core::Id own = matter(house.clerk, {{"earlier", named.text()}});
    const core::Id own_paper = paper(house.clerk, {named});
    const core::Id offices = matter(house.office_clerk, {{"earlier", named.text()}});
    const core::Id offices_paper = paper(house.office_clerk, {named});
    auto found = groups(house.clerk, named, 1);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(ids(found[0]), std::vector{own});
    EXPECT_FALSE(found[0].more) << "tells of an entry of another unit";
    EXPECT_EQ(ids(found[1]), std::vector{own_paper});
    EXPECT_FALSE(found[1].more) << "tells of an entry of another unit";
    found = groups(house.office_clerk, named);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(ids(found[0]), (std::vector{offices, own}));
    EXPECT_EQ(ids(found[1]), (std::vector{offices_paper, own_paper}));
    // Reads matters of the unit, and no papers at all.
    found = groups(house.head, named);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(ids(found[0]), std::vector{own});
}

TEST_F(IncomingTest, OfWhatMayNotBeReadNothingIsTold) {
    const core::Id named = matter(house.office_clerk);
    EXPECT_EQ(
        House::refusal([&] { static_cast<void>(groups(house.clerk, named)); }), "entry.not_found"
    );
}

}  // namespace
}  // namespace duban::registers
