#include "registers/reading.h"

#include <gtest/gtest.h>

#include "registers/incoming.h"
#include "registers/testing.h"

namespace duban::registers {
namespace {

const declarations::SourceFile kReadingPack{"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles: {clerk: {en: Clerk}, head: {en: Head}, reviewer: {en: Reviewer}}
)yaml"};

/// Lies in the office; who has a matter that came from it reads it, too.
const declarations::SourceFile kOrigin{"registers/origin.yaml", R"yaml(
register: origin
number: {format: "O-{seq:3}", at: open}
fields:
  heading: {type: text, required: true, title_field: true}
read: [office.clerk, office.head]
read_through: [matter.origins, remark.about]
procedure:
  initial: open
  states: {open: }
  actions:
    open: {by: office.clerk}
    amend: {from: open, by: [office.clerk, unit.head], fields: [heading]}
views:
  all: {columns: [number, heading], filters: [state], sorts: [number]}
)yaml"};

const declarations::SourceFile kReadingMatter{"registers/matter.yaml", R"yaml(
register: matter
fields:
  heading: {type: text, required: true, title_field: true}
  origins: {type: links, to: origin}
read: [unit.clerk, office.clerk, office.head]
procedure:
  initial: open
  states: {open: }
  actions:
    open: {by: office.clerk}
    amend: {from: open, by: [office.clerk, unit.clerk], fields: [heading, origins]}
)yaml"};

const declarations::SourceFile kRemark{"registers/remark.yaml", R"yaml(
register: remark
fields:
  heading: {type: text, required: true, title_field: true}
  about: {type: link, to: origin}
read: [self, office.head]
procedure:
  initial: open
  states: {open: }
  actions:
    open: {by: unit.clerk}
)yaml"};

class ReadingTest : public ::testing::Test {
protected:
    ReadingTest() { house.adopt({kReadingPack, kOrigin, kReadingMatter, kRemark}); }

    core::Id origin() {
        return house.open("origin", house.office_clerk, {{"heading", "An origin"}}).entry;
    }
    /// A matter of the department that came from it.
    core::Id matter(const core::Id& of) {
        Request request;
        request.register_name = "matter";
        request.action = "open";
        request.unit = house.department;
        request.fields = core::JsonObject{
            {"heading", "A matter"}, {"origins", core::JsonArray{core::Json(of.text())}}
        };
        return house.send(house.office_clerk, request).entry;
    }
    /// What a person is told of the register: the entry, the list, its total, the counts.
    void expect_told(const core::Id& person, const std::vector<core::Id>& expected) {
        house.store->read([&](store::Reader& reader) {
            const access::Actor actor = house.actor(person);
            const Listing listing{*house.registers};
            ListRequest wish;
            wish.register_name = "origin";
            const Page page = listing.page(reader, actor, wish);
            std::vector<core::Id> listed;
            for (const Entry& entry : page.entries) {
                listed.push_back(entry.id);
                EXPECT_TRUE(house.registers->find_entry(reader, actor, "origin", entry.id));
                EXPECT_EQ(
                    house.registers->find_number(reader, actor, "origin", entry.number), entry.id
                );
            }
            EXPECT_EQ(listed, expected);
            EXPECT_EQ(page.total, static_cast<std::int64_t>(expected.size()));
            std::int64_t counted = 0;
            for (const auto& count : listing.counts(reader, actor, "origin")) {
                counted += count.entries;
            }
            EXPECT_EQ(counted, static_cast<std::int64_t>(expected.size()));
        });
    }

    House house;
};

TEST_F(ReadingTest, WhoReadsWhatNamesAnEntryReadsTheEntry) {
    const core::Id named = origin();
    const core::Id other = origin();
    expect_told(house.clerk, {});
    const core::Id naming = matter(named);
    expect_told(house.clerk, {named});
    expect_told(house.office_clerk, {named, other});
    expect_told(house.teacher, {});
    EXPECT_EQ(
        House::refusal([&] { house.act("origin", named, "amend", house.clerk, {{"heading", "x"}}); }
        ),
        "action.not_yours"
    ) << "it is read, and no more";
    EXPECT_EQ(
        House::refusal([&] { house.act("origin", other, "amend", house.clerk, {{"heading", "x"}}); }
        ),
        "entry.not_found"
    );
    house.act("matter", naming, "amend", house.clerk, {{"origins", core::JsonArray{}}});
    expect_told(house.clerk, {});
}

TEST_F(ReadingTest, WhatOneOpenedIsAWayButNobodyOpensOneForHimself) {
    const core::Id named = origin();
    const auto remark = [&](const core::Id& person) {
        return house.open(
                        "remark", person, {{"heading", "A remark"}, {"about", named.text()}}
        ).entry;
    };
    EXPECT_EQ(
        House::refusal([&] { remark(house.clerk); }), "entry.invalid_fields field.no_such_entry"
    );
    const core::Id naming = matter(named);
    remark(house.clerk);
    house.act("matter", naming, "amend", house.clerk, {{"origins", core::JsonArray{}}});
    expect_told(house.clerk, {named});
    expect_told(house.teacher, {});
}

TEST_F(ReadingTest, TheRegisterIsToldOfWhereThereCouldBeAnEntry) {
    const auto adopted = house.registers->adopted();
    const auto& declared = *adopted->table("origin").declared;
    EXPECT_TRUE(reads_any(*adopted, house.actor(house.clerk), declared));
    EXPECT_TRUE(reads_any(*adopted, house.actor(house.office_clerk), declared));
    EXPECT_FALSE(
        reads_any(*adopted, house.actor(house.system_admin), *adopted->table("matter").declared)
    );
}

TEST_F(ReadingTest, LinksOfAnEntryReadThroughOthersAreTold) {
    const core::Id named = origin();
    const core::Id naming = matter(named);
    house.store->read([&](store::Reader& reader) {
        const Naming found = registers::naming(
            *house.registers,
            reader,
            house.actor(house.clerk),
            {.register_name = "origin", .id = named}
        );
        ASSERT_EQ(found.groups.size(), 1U);
        EXPECT_EQ(found.groups.front().entries.front().id, naming);
    });
}

}  // namespace
}  // namespace duban::registers
