// The directory's tables, their records and the laws about administrators, on both databases.

#include "access/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/internal/test_house.h"
#include "access/recorded_directory.h"

namespace duban::access {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr store::Query kRenameUnit{
    "test.rename_unit", "update d_unit set name = $3 where org = $1 and id = $2"
};
constexpr store::Query kDropDivisions{"test.drop", "delete from d_division where org = $1"};
constexpr store::Query kAddPerson{
    "test.add_person",
    "insert into d_person (org, id, revision, name, mobile, starts_on, ends_on) "
    "values ($1, $2, $3, $4, $5, $6, $7)"
};

class AccessTest : public internal::TestHouse {
protected:
    std::vector<journal::Fault> faults() {
        std::vector<journal::Fault> found;
        store_->read([&](store::Reader& reader) {
            found = access_.compare_with_records(reader, kOrg);
        });
        return found;
    }
    Delegation delegation() {
        return {
            .id = id(31),
            .post = id(25),
            .delegate = id(14),
            .span = between("2026-11-01", "2026-12-31"),
            .paper = "no. 31"
        };
    }
    Division division() {
        return {
            .id = id(41),
            .leader = id(15),
            .unit = id(1),
            .area = "schools",
            .span = since("2026-01-01")
        };
    }
};

TEST_F(AccessTest, WhatIsPutIsReadBack) {
    settle();
    access_.put(two_, std::vector{delegation()});
    access_.put(two_, std::vector{division()});
    const auto directory = access_.directory(kOrg);
    EXPECT_THAT(directory->units(), SizeIs(3));
    EXPECT_EQ(directory->find_unit(id(3))->parent, id(1));
    EXPECT_EQ(directory->find_unit(id(2))->kind, UnitKind::Office);
    EXPECT_TRUE(directory->find_unit(id(1))->parent.is_nil());
    EXPECT_EQ(directory->find_person(id(14))->name, "Di");
    EXPECT_EQ(directory->find_post(id(24))->span, since("2020-01-01"));
    ASSERT_THAT(directory->delegations(), SizeIs(1));
    EXPECT_EQ(directory->delegations()[0].span, between("2026-11-01", "2026-12-31"));
    ASSERT_THAT(directory->divisions(), SizeIs(1));
    EXPECT_EQ(directory->divisions()[0].area, "schools");
}

TEST_F(AccessTest, EachRowLeavesARecordOfWhatChanged) {
    settle();
    EXPECT_EQ(records(), 13);
    Unit school = unit(3, 1, UnitKind::School, "First School");
    access_.put(two_, std::vector{school});
    const std::vector<journal::Draft> told = history("unit", id(3));
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[0].action, "open");
    EXPECT_THAT(told[0].changes, SizeIs(6));
    EXPECT_EQ(told[1].action, "amend");
    EXPECT_EQ(told[1].revision, 2);
    EXPECT_EQ(told[1].actor, id(11));
    EXPECT_EQ(told[1].post, id(21));
    EXPECT_EQ(told[1].on, "2026-11-24");
    ASSERT_THAT(told[1].changes, SizeIs(1));
    EXPECT_EQ(told[1].changes[0].field, "name");
    EXPECT_EQ(told[1].changes[0].value, core::Json("First School"));
}

TEST_F(AccessTest, ARowAsItStandsLeavesNoRecord) {
    settle();
    access_.put(two_, std::vector{unit(3, 1, UnitKind::School, "School")});
    EXPECT_EQ(records(), 13);
}

TEST_F(AccessTest, OneBadRowAndNothingIsWritten) {
    settle();
    const auto put = [&] {
        access_.put(
            two_,
            std::vector{unit(4, 1, UnitKind::School, "New"), unit(5, 99, UnitKind::Other, "X")}
        );
    };
    EXPECT_EQ(problem_of(put), "unit.parent_unknown");
    EXPECT_EQ(records(), 13);
    EXPECT_EQ(access_.directory(kOrg)->find_unit(id(4)), nullptr);
}

TEST_F(AccessTest, MoreRowsThanOneJobTakesGoInPortions) {
    settle();
    std::vector<Person> people;
    for (std::size_t number = 0; number < Access::kRowsPerJob + 20; ++number) {
        core::Id own;
        own.octets[0] = 1;
        own.octets[14] = static_cast<std::uint8_t>(number / 256);
        own.octets[15] = static_cast<std::uint8_t>(number % 256);
        people.push_back({.id = own, .name = "P", .mobile = "1", .span = since("2026-01-01")});
    }
    access_.put(two_, people);
    EXPECT_THAT(access_.directory(kOrg)->people(), SizeIs(Access::kRowsPerJob + 25));
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(AccessTest, TheTreeOfUnitsStaysATree) {
    settle();
    const auto put = [&](Unit row) {
        return problem_of([&] { access_.put(two_, std::vector{std::move(row)}); });
    };
    EXPECT_EQ(put(unit(1, 3, UnitKind::Root, "Bureau")), "unit.circle");
    EXPECT_EQ(put(unit(9, 0, UnitKind::Root, "Other bureau")), "unit.second_root");
    Unit same = unit(9, 1, UnitKind::School, "Twin");
    same.code = "U3";
    EXPECT_EQ(put(same), "unit.code_taken");
    same.code = "";
    same.name = "";
    EXPECT_EQ(put(same), "directory.text_missing");
    same.name = "Late";
    same.span = between("2026-02-01", "2026-01-01");
    EXPECT_EQ(put(same), "directory.span_reversed");
}

TEST_F(AccessTest, PostsChangeByTwoAdministratorsOnceThereAreThree) {
    settle();
    const auto put = [&](core::Id author, core::Id second) {
        return problem_of([&] {
            access_.put(
                {.org = kOrg, .person = author, .approved_by = second, .on = "2026-11-24"},
                std::vector{post(26, 14, 2, "reviewer")}
            );
        });
    };
    EXPECT_EQ(put(id(11), {}), "administration.needs_second");
    EXPECT_EQ(put(id(11), id(11)), "administration.same_person");
    EXPECT_EQ(put(id(11), id(14)), "administration.not_security_admin");
    EXPECT_EQ(put(id(11), id(13)), "administration.not_security_admin");
    EXPECT_EQ(put(id(14), id(12)), "administration.not_system_admin");
    EXPECT_EQ(put({}, {}), "administration.not_system_admin");
    EXPECT_EQ(put(id(11), id(12)), "");

    const std::vector<journal::Draft> told = history("post", id(26));
    ASSERT_THAT(told, SizeIs(1));
    ASSERT_THAT(told[0].signatures, SizeIs(1));
    EXPECT_EQ(told[0].signatures[0].person, id(12));
    EXPECT_EQ(told[0].signatures[0].role, "security_admin");
}

TEST_F(AccessTest, InAHouseOfTwoTheAuditAdministratorAgrees) {
    access_.put(first_, std::vector{unit(1, 0, UnitKind::Root, "School")});
    access_.put(first_, std::vector{person(11, "Ada"), person(13, "Cy")});
    access_.put(
        first_,
        std::vector{
            post(21, 11, 1, "system_admin"),
            post(22, 11, 1, "security_admin"),
            post(23, 13, 1, "audit_admin")
        }
    );
    const Access::Author both{
        .org = kOrg, .person = id(11), .approved_by = id(13), .on = "2026-11-24"
    };
    access_.put(both, std::vector{post(24, 13, 1, "clerk")});
    EXPECT_EQ(history("post", id(24)).at(0).signatures.at(0).role, "audit_admin");
}

TEST_F(AccessTest, AuditIsNeverWithAnother) {
    settle();
    const auto put = [&](Post row) {
        return problem_of([&] { access_.put(two_, std::vector{std::move(row)}); });
    };
    EXPECT_EQ(put(post(27, 13, 1, "system_admin")), "administrators.audit_apart");
    EXPECT_EQ(put(post(27, 12, 1, "audit_admin")), "administrators.audit_apart");
    Post before = post(27, 13, 1, "security_admin");
    before.span = between("2018-01-01", "2019-12-31");
    EXPECT_EQ(put(before), "") << "one after the other is lawful";
}

TEST_F(AccessTest, NoAdministratorLeavesWithoutASuccessor) {
    settle();
    Post leaves = post(22, 12, 1, "security_admin");
    leaves.span = between("2020-01-01", "2026-12-31");
    Post follows = post(28, 15, 1, "security_admin");
    follows.span = since("2027-01-02");
    EXPECT_EQ(problem_of([&] { access_.put(two_, std::vector{leaves}); }), "administrators.gap");
    EXPECT_EQ(
        problem_of([&] { access_.put(two_, std::vector{leaves, follows}); }), "administrators.gap"
    );
    follows.span = since("2027-01-01");
    access_.put(two_, std::vector{leaves, follows});
    EXPECT_EQ(
        problem_of([&] {
            Person gone = person(11, "Ada");
            gone.span = between("2020-01-01", "2026-11-30");
            access_.put(two_, std::vector{gone});
        }),
        "person.holds_posts"
    );
}

TEST_F(AccessTest, APostStaysWithItsPersonAndNamesWhatExists) {
    settle();
    const auto put = [&](Post row) {
        return problem_of([&] { access_.put(two_, std::vector{std::move(row)}); });
    };
    EXPECT_EQ(put(post(24, 15, 3, "clerk")), "post.person_fixed");
    EXPECT_EQ(put(post(29, 99, 3, "clerk")), "post.person_unknown");
    EXPECT_EQ(put(post(29, 14, 99, "clerk")), "post.unit_unknown");
    EXPECT_EQ(put(post(29, 14, 3, "The Clerk")), "post.role_malformed");
}

TEST_F(AccessTest, ADelegationIsDatedOnPaperWithinThePostAndNotPassedOn) {
    settle();
    const auto put = [&](auto change) {
        Delegation row = delegation();
        change(row);
        return problem_of([&] { access_.put(two_, std::vector{row}); });
    };
    EXPECT_EQ(put([](Delegation& row) { row.span.to.reset(); }), "delegation.undated");
    EXPECT_EQ(put([](Delegation& row) { row.paper = ""; }), "delegation.without_paper");
    EXPECT_EQ(put([](Delegation& row) { row.delegate = id(15); }), "delegation.to_self");
    EXPECT_EQ(put([](Delegation& row) { row.post = id(99); }), "delegation.post_unknown");
    EXPECT_EQ(put([](Delegation& row) { row.delegate = id(99); }), "delegation.delegate_unknown");
    EXPECT_EQ(put([](Delegation& row) { row.post = id(22); }), "delegation.of_administrator");
    EXPECT_EQ(
        put([](Delegation& row) { row.span.from = day("2019-01-01"); }), "delegation.outside_post"
    );
    EXPECT_EQ(put([](Delegation& /*row*/) {}), "");
    EXPECT_EQ(
        put([](Delegation& row) {
            row.id = id(32);
            row.delegate = id(12);
            row.span = between("2026-12-31", "2027-01-31");
        }),
        "delegation.passed_on"
    );
    EXPECT_EQ(put([](Delegation& row) { row.delegate = id(12); }), "delegation.parties_fixed");
    const Access::Author alone{
        .org = kOrg, .person = id(11), .approved_by = {}, .on = "2026-11-24"
    };
    EXPECT_EQ(
        problem_of([&] { access_.put(alone, std::vector{delegation()}); }),
        "administration.needs_second"
    );
    EXPECT_EQ(
        problem_of([&] { access_.put(alone, std::vector{division()}); }),
        "administration.needs_second"
    );
}

TEST_F(AccessTest, ARowThatCannotBeIsRefusedByItsCode) {
    settle();
    const auto refused = [&](const auto& row) {
        return problem_of([&] { access_.put(two_, std::vector{row}); });
    };
    Person person = AccessTest::person(16, std::string(601, 'n'));
    EXPECT_EQ(refused(person), "directory.text_too_long");
    Division row = division();
    row.leader = id(99);
    EXPECT_EQ(refused(row), "division.leader_unknown");
    row = division();
    row.unit = id(99);
    EXPECT_EQ(refused(row), "division.unit_unknown");
    row = division();
    row.span = between("2026-12-31", "2026-01-01");
    EXPECT_EQ(refused(row), "directory.span_reversed");
    EXPECT_EQ(refused(division()), "");
    row = division();
    row.unit = id(3);
    EXPECT_EQ(refused(row), "division.parties_fixed");
    row = division();
    row.leader = id(14);
    EXPECT_EQ(refused(row), "division.parties_fixed");
    person = AccessTest::person(16, "Flo");
    person.span = between("2020-01-01", "2026-12-31");
    EXPECT_EQ(refused(person), "");
    EXPECT_EQ(refused(post(27, 16, 3, "clerk")), "post.beyond_person");
}

TEST_F(AccessTest, ATableThatHoldsNoDirectoryIsCorrupt) {
    settle();
    store_->write(kOrg, [](store::Transaction& tx) {
        tx.execute({"test.damage", "update d_unit set kind = 'kingdom'"}, {});
    });
    access_.forget(kOrg);
    EXPECT_EQ(problem_of([&] { (void)access_.directory(kOrg); }), "directory.malformed");
}

TEST_F(AccessTest, AnActorHasTheStandingsOfTheDay) {
    settle();
    access_.put(two_, std::vector{delegation()});
    const Actor clerk = actor(14);
    EXPECT_EQ(clerk.name, "Di");
    ASSERT_THAT(clerk.standings, SizeIs(2));
    EXPECT_TRUE(clerk.has_role("clerk"));
    EXPECT_FALSE(clerk.has_role("head"));
    EXPECT_EQ(clerk.standings[1].signed_for, id(15));
    EXPECT_THAT(access_.actor(kOrg, id(14), day("2027-01-01")).standings, SizeIs(1));
    EXPECT_EQ(problem_of([&] { (void)actor(99); }), "person.not_found");
    EXPECT_EQ(
        problem_of([&] { (void)access_.actor(kOrg, id(14), day("2019-01-01")); }), "person.has_left"
    );
}

TEST_F(AccessTest, RecordsRebuildTheTables) {
    settle();
    access_.put(two_, std::vector{delegation()});
    access_.put(two_, std::vector{division()});
    access_.put(two_, std::vector{unit(3, 2, UnitKind::School, "Moved")});
    std::vector<journal::Draft> drafts;
    store_->read([&](store::Reader& reader) {
        journal_.for_each(reader, kOrg, 0, [&](const journal::Record& record) {
            drafts.push_back(record.draft());
            return true;
        });
    });

    const std::unique_ptr<store::Store> other = store::open_test_store();
    journal::Journal::migrate(*other);
    Access::migrate(*other);
    other->write(kOrg, [&](store::Transaction& tx) {
        for (const journal::Draft& draft : drafts) {
            EXPECT_TRUE(Access::replay(tx, draft));
        }
    });
    const Access rebuilt{*other, journal_, clock_, random_};
    const auto directory = rebuilt.directory(kOrg);
    EXPECT_EQ(directory->find_unit(id(3))->name, "Moved");
    EXPECT_EQ(directory->find_unit(id(3))->parent, id(2));
    EXPECT_THAT(directory->posts(), SizeIs(5));
    EXPECT_THAT(directory->delegations(), SizeIs(1));
    EXPECT_THAT(directory->divisions(), SizeIs(1));

    RecordedDirectory recorded;
    for (const journal::Draft& draft : drafts) {
        EXPECT_TRUE(recorded.add(draft));
    }
    EXPECT_EQ(recorded.directory()->find_unit(id(3))->name, "Moved");
    journal::Draft foreign;
    foreign.register_name = "leave";
    EXPECT_FALSE(recorded.add(foreign));
}

TEST_F(AccessTest, TablesChangedBehindOurBackAreNamedRowAndField) {
    settle();
    access_.put(two_, std::vector{division()});
    EXPECT_THAT(faults(), IsEmpty());
    store_->write(kOrg, [&](store::Transaction& tx) {
        tx.execute(kRenameUnit, {store::value(kOrg), store::value(id(3)), std::string{"Bribed"}});
        tx.execute(kDropDivisions, {store::value(kOrg)});
        tx.execute(
            kAddPerson,
            {store::value(kOrg),
             store::value(id(77)),
             std::int64_t{1},
             std::string{"Ghost"},
             std::string{},
             std::string{"2020-01-01"},
             {}}
        );
    });
    const std::vector<journal::Fault> found = faults();
    ASSERT_THAT(found, SizeIs(3));
    EXPECT_EQ(found[0].code, "directory.row_altered");
    EXPECT_THAT(found[0].detail, HasSubstr("name: recorded \"School\", table \"Bribed\""));
    EXPECT_EQ(found[0].position, 2);
    EXPECT_EQ(found[1].code, "directory.row_unrecorded");
    EXPECT_THAT(found[1].detail, HasSubstr(id(77).text()));
    EXPECT_EQ(found[2].code, "directory.row_missing");
}

TEST_F(AccessTest, AnErasedNameIsNoFault) {
    settle();
    store_->write(kOrg, [&](store::Transaction& tx) {
        journal_.erase(tx, kOrg, "person", id(14), "mobile");
    });
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(AccessTest, ASnapshotIsSharedUntilATableIsWritten) {
    settle();
    const auto before = access_.directory(kOrg);
    EXPECT_EQ(access_.directory(kOrg), before);
    access_.put(two_, std::vector{person(16, "Fi")});
    EXPECT_NE(access_.directory(kOrg), before);
    EXPECT_EQ(before->find_person(id(16)), nullptr) << "a snapshot in use never changes";
}

}  // namespace
}  // namespace duban::access
