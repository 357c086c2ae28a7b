// The directory, accounts and packs by HTTP: who may, what is refused, and what the journal keeps.

#include <algorithm>

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kUnits = "/api/v1/directory/units";
constexpr const char* kPeople = "/api/v1/directory/people";
constexpr const char* kAccounts = "/api/v1/accounts";
constexpr const char* kProposals = "/api/v1/proposals";
constexpr const char* kJournal = "/api/v1/journal";

Call post(const std::string& path, core::JsonObject body) {
    return {.method = Method::Post, .path = path, .body = std::move(body)};
}

std::int64_t journal_size(World& house) {
    return house.get({}, "/log/1/consistency", "from=1").integer("to");
}

/// The row of the list `member` whose `field` is this id.
const core::Json* find_row(
    const Reply& reply,
    std::string_view member,
    const std::string& id,
    std::string_view field = "id"
) {
    const core::JsonArray& rows = reply.list(member);
    const auto found = std::ranges::find_if(rows, [&](const core::Json& row) {
        return core::find_string(row, field) == id;
    });
    return found == rows.end() ? nullptr : &*found;
}

/// Who holds the post of the audit administrator.
core::Id auditor_of(World& house) {
    const auto directory = house.services().access.directory(app::kFirstOrg);
    const auto& posts = directory->posts();
    const auto found = std::ranges::find(posts, access::kAuditAdmin, &access::Post::role);
    return found == posts.end() ? core::Id{} : found->person;
}

TEST_F(Scenario, UnitIsOpenedAndAmendedByTheSystemAdministratorAlone) {
    const core::JsonObject unit{
        {"parent", world().office.text()},
        {"name", "Archive"},
        {"code", "W-ARCHIVE"},
        {"kind", "department"},
        {"from", "2021-01-01"}
    };
    world().refuse({}, post(kUnits, unit), 401, "session.none");
    world().refuse(world().unit_clerk, post(kUnits, unit), 403, "administration.not_system_admin");
    world().refuse(
        world().security_admin, post(kUnits, unit), 403, "administration.not_system_admin"
    );

    const std::int64_t before = journal_size(world());
    const Reply opened = world().send(world().system_admin, post(kUnits, unit));
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    EXPECT_EQ(opened.text("from"), "2021-01-01");
    const Reply amended = world().send(
        world().system_admin, post(kUnits, {{"id", opened.id()}, {"name", "Archive and records"}})
    );
    ASSERT_EQ(amended.status, 200) << core::json_text(amended.body);
    EXPECT_EQ(amended.text("code"), "W-ARCHIVE");
    EXPECT_EQ(journal_size(world()), before + 2);

    const Reply directory = world().get(world().unit_clerk, "/api/v1/directory");
    const core::Json* row = find_row(directory, "units", opened.id());
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(core::find_string(*row, "name"), "Archive and records");

    const auto refused = [&](core::JsonObject body, int status, const std::string& code) {
        world().refuse(world().system_admin, post(kUnits, std::move(body)), status, code);
    };
    refused(unit, 422, "unit.code_taken");
    const std::int64_t settled = journal_size(world());
    refused({{"id", opened.id()}, {"kind", "castle"}}, 400, "request.wrong_member");
    refused({{"id", opened.id()}, {"to", "soon"}}, 400, "request.wrong_member");
    refused({{"id", world().unit_clerk.text()}, {"name", "X"}}, 404, "unit.not_found");
    refused({{"id", opened.id()}, {"head", "X"}}, 400, "request.unknown_member");
    EXPECT_EQ(journal_size(world()), settled);
}

TEST_F(Scenario, PersonGetsAnAccountAndAPostByTwoAdministrators) {
    const Reply person = world().send(
        world().system_admin, post(kPeople, {{"name", "Wen"}, {"mobile", "13800000000"}})
    );
    ASSERT_EQ(person.status, 201) << core::json_text(person.body);
    EXPECT_EQ(core::find_member(person.body, "mobile"), nullptr);
    world().refuse(
        world().unit_clerk, post(kPeople, {{"name", "Wen"}}), 403, "administration.not_system_admin"
    );

    const core::JsonObject row{
        {"person", person.id()}, {"unit", world().finance.text()}, {"role", "clerk"}
    };
    const Call wish =
        post(kProposals, {{"kind", "post"}, {"rows", core::JsonArray{core::Json(row)}}});
    world().refuse(world().unit_clerk, wish, 403, "administration.not_system_admin");
    const Reply proposed = world().send(world().system_admin, wish);
    ASSERT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    EXPECT_EQ(proposed.list("differences").size(), 1U);
    const std::string path = std::string{kProposals} + "/" + proposed.id();
    world().refuse(
        world().system_admin, post(path + "/approve", {}), 422, "administration.same_person"
    );
    const Reply approved = world().send(world().security_admin, post(path + "/approve", {}));
    ASSERT_EQ(approved.status, 200) << core::json_text(approved.body);

    const Reply directory = world().get(world().unit_clerk, "/api/v1/directory");
    const core::JsonArray& posts = directory.list("posts");
    const auto held = std::ranges::find_if(posts, [&](const core::Json& one) {
        return core::find_string(one, "person") == person.id();
    });
    ASSERT_NE(held, posts.end());
    EXPECT_EQ(core::find_string(*held, "role"), "clerk");

    const core::JsonObject account{{"person", person.id()}, {"name", "wen"}, {"language", "en"}};
    world().refuse(
        world().security_admin, post(kAccounts, account), 403, "administration.not_system_admin"
    );
    const Reply created = world().send(world().system_admin, post(kAccounts, account));
    ASSERT_EQ(created.status, 201) << core::json_text(created.body);
    EXPECT_GE(created.text("password").size(), 10U);
    world().refuse(world().system_admin, post(kAccounts, account), 409, "account.name_taken");

    world().refuse(world().unit_clerk, {.path = kAccounts}, 403, "account.not_yours");
    const Reply accounts = world().get(world().security_admin, kAccounts);
    const core::Json* listed = find_row(accounts, "accounts", created.id());
    ASSERT_NE(listed, nullptr);
    EXPECT_EQ(listed->at("must_change_password"), core::Json(true));

    const std::string reset = std::string{kAccounts} + "/" + created.id() + "/reset";
    const core::JsonObject before_witness{
        {"what", "password"}, {"witness", world().office_head.text()}
    };
    world().refuse(
        world().unit_clerk, post(reset, before_witness), 403, "administration.not_security_admin"
    );
    world().refuse(
        world().security_admin,
        post(reset, {{"what", "password"}, {"witness", person.id()}}),
        422,
        "account.witness_not_apart"
    );
    const Reply fresh = world().send(world().security_admin, post(reset, before_witness));
    ASSERT_EQ(fresh.status, 200) << core::json_text(fresh.body);
    EXPECT_NE(fresh.text("password"), created.text("password"));
    world().refuse(
        world().security_admin,
        post(reset, {{"what", "name"}, {"witness", world().office_head.text()}}),
        400,
        "request.wrong_member"
    );
}

TEST_F(Scenario, DelegationIsProposedWithdrawnAndSeenByItsParties) {
    const std::vector<core::Id> held = world().posts_of(world().office_head, "head");
    ASSERT_FALSE(held.empty());
    const auto wish = [&](core::JsonObject row) {
        return post(
            kProposals, {{"kind", "delegation"}, {"rows", core::JsonArray{core::Json(row)}}}
        );
    };
    const core::JsonObject row{
        {"post", held.front().text()},
        {"delegate", world().office_clerk.text()},
        {"paper", "W 7/2026"},
        {"to", "2999-12-31"}
    };
    const Reply first = world().send(world().system_admin, wish(row));
    ASSERT_EQ(first.status, 201) << core::json_text(first.body);
    const std::string path = std::string{kProposals} + "/" + first.id();
    world().refuse(world().security_admin, post(path + "/withdraw", {}), 403, "proposal.not_yours");
    const Reply withdrawn = world().send(world().system_admin, post(path + "/withdraw", {}));
    EXPECT_EQ(withdrawn.text("state"), "withdrawn");
    world().refuse(world().security_admin, post(path + "/approve", {}), 409, "proposal.decided");

    const Reply second = world().send(world().system_admin, wish(row));
    ASSERT_EQ(
        world()
            .send(
                world().security_admin,
                post(std::string{kProposals} + "/" + second.id() + "/approve", {})
            )
            .status,
        200
    );
    const auto seen = [&](const core::Id& who) {
        const Reply reply = world().get(who, "/api/v1/delegations");
        return std::ranges::any_of(reply.list("delegations"), [](const core::Json& one) {
            return core::find_string(one, "paper") == "W 7/2026";
        });
    };
    EXPECT_TRUE(seen(world().office_clerk));
    EXPECT_TRUE(seen(world().office_head));
    EXPECT_TRUE(seen(world().system_admin));
    EXPECT_FALSE(seen(world().unit_clerk));

    const core::JsonObject unknown{{"id", world().unit_clerk.text()}, {"to", "2999-12-31"}};
    world().refuse(world().system_admin, wish(unknown), 404, "delegation.not_found");
    world().refuse(
        world().system_admin,
        post(kProposals, {{"kind", "post"}, {"rows", core::JsonArray{core::Json(unknown)}}}),
        404,
        "post.not_found"
    );
    world().refuse(
        world().system_admin,
        post(kProposals, {{"kind", "post"}, {"rows", "none"}}),
        400,
        "request.wrong_member"
    );
}

Call division(core::JsonObject row) {
    return post(kProposals, {{"kind", "division"}, {"rows", core::JsonArray{core::Json(row)}}});
}

/// Proposed by the system administrator; the address of the proposal.
std::string proposed(World& house, const Call& wish) {
    const Reply reply = house.send(house.system_admin, wish);
    EXPECT_EQ(reply.status, 201) << core::json_text(reply.body);
    return std::string{kProposals} + "/" + reply.id();
}

void approve(World& house, const std::string& proposal) {
    const Reply reply = house.send(house.security_admin, post(proposal + "/approve", {}));
    EXPECT_EQ(reply.status, 200) << core::json_text(reply.body);
}

TEST_F(Scenario, LeaderReadsWhatTheDivisionOfWorkGivesHimWhileItLasts) {
    const core::Id leader = world().add_person("Lei", {{world().office, "leader"}});
    const Reply entry = world().application(world().unit_clerk, "Brook Society");
    const auto sees = [&] {
        const Reply list = world().get(leader, "/api/v1/registers/concurrent_post/entries");
        EXPECT_EQ(list.status, 200) << core::json_text(list.body);
        const bool listed = find_row(list, "entries", entry.id()) != nullptr;
        EXPECT_EQ(world().get(leader, entry.path()).status, listed ? 200 : 404);
        return listed;
    };
    const auto shown = [&](const std::string& on) {
        const Reply directory = world().get(world().unit_clerk, "/api/v1/directory", "on=" + on);
        const core::Json* row = find_row(directory, "divisions", leader.text(), "leader");
        return row == nullptr ? core::Json(nullptr) : *row;
    };
    EXPECT_FALSE(sees());

    const std::string wish = proposed(
        world(),
        division(
            {{"leader", leader.text()},
             {"unit", world().finance.text()},
             {"area", "Budgets"},
             {"from", "2026-01-01"}}
        )
    );
    EXPECT_FALSE(sees());
    EXPECT_TRUE(shown(world().day()).is_null());
    approve(world(), wish);
    EXPECT_TRUE(sees());
    const core::Json row = shown(world().day());
    EXPECT_EQ(text_of(row, "unit"), world().finance.text());
    EXPECT_EQ(text_of(row, "area"), "Budgets");
    EXPECT_TRUE(shown("2025-12-31").is_null());

    const std::string end = world().day(-1);
    approve(world(), proposed(world(), division({{"id", text_of(row, "id")}, {"to", end}})));
    EXPECT_FALSE(sees());
    EXPECT_TRUE(shown(world().day()).is_null());
    EXPECT_EQ(text_of(shown(end), "to"), end);
    EXPECT_TRUE(world().verified().faults.empty());
}

TEST_F(Scenario, DivisionOfWorkThatCannotBeIsRefused) {
    const core::Id leader = world().add_person("Lin", {{world().office, "leader"}});
    const core::JsonObject row{{"leader", leader.text()}, {"unit", world().school.text()}};
    world().refuse({}, division(row), 401, "session.none");
    world().refuse(world().unit_clerk, division(row), 403, "administration.not_system_admin");
    world().refuse(world().security_admin, division(row), 403, "administration.not_system_admin");
    const auto malformed = [&](core::JsonObject sent, int status, const std::string& code) {
        world().refuse(world().system_admin, division(std::move(sent)), status, code);
    };
    malformed({{"leader", "Lin"}}, 400, "request.malformed_id");
    malformed({{"leader", leader.text()}, {"post", "x"}}, 400, "request.unknown_member");
    malformed({{"id", leader.text()}, {"to", "2999-12-31"}}, 404, "division.not_found");

    const auto unlawful = [&](core::JsonObject sent, const std::string& code) {
        const std::string wish = proposed(world(), division(std::move(sent)));
        const std::int64_t before = journal_size(world());
        world().refuse(world().security_admin, post(wish + "/approve", {}), 422, code);
        EXPECT_EQ(journal_size(world()), before);
    };
    unlawful(
        {{"leader", world().office.text()}, {"unit", world().school.text()}},
        "division.leader_unknown"
    );
    unlawful({{"leader", leader.text()}, {"unit", leader.text()}}, "division.unit_unknown");
    const std::string wish = proposed(world(), division(row));
    world().refuse(
        world().system_admin, post(wish + "/approve", {}), 422, "administration.same_person"
    );
    world().refuse(
        world().unit_clerk, post(wish + "/approve", {}), 403, "administration.not_security_admin"
    );
    approve(world(), wish);
    world().refuse(world().security_admin, post(wish + "/approve", {}), 409, "proposal.decided");
    const Reply directory = world().get(world().unit_clerk, "/api/v1/directory");
    const core::Json* held = find_row(directory, "divisions", leader.text(), "leader");
    ASSERT_NE(held, nullptr);
    unlawful(
        {{"id", text_of(*held, "id")}, {"unit", world().finance.text()}}, "division.parties_fixed"
    );
}

TEST_F(Scenario, PacksAndCalendarAreShownAsTheyAreInForce) {
    world().refuse({}, {.path = "/api/v1/packs"}, 401, "session.none");
    const Reply packs = world().get(world().unit_clerk, "/api/v1/packs");
    ASSERT_EQ(packs.status, 200);
    const core::JsonArray& list = packs.list("packs");
    const auto foundation = std::ranges::find_if(list, [](const core::Json& one) {
        return core::find_string(one, "name") == "foundation";
    });
    ASSERT_NE(foundation, list.end());
    EXPECT_EQ(core::find_string(*foundation, "digest").value_or("").size(), 64U);

    world().refuse({}, {.path = "/api/v1/calendar"}, 401, "session.none");
    const Reply year = world().get(world().unit_clerk, "/api/v1/calendar", "year=2025");
    ASSERT_EQ(year.status, 200) << core::json_text(year.body);
    EXPECT_EQ(year.body.at("known"), core::Json(true));
    EXPECT_FALSE(year.list("holidays").empty());
    world().refuse(
        world().unit_clerk,
        {.path = "/api/v1/calendar", .query = "year=soon"},
        400,
        "query.value_malformed"
    );
}

TEST_F(Scenario, WholeJournalIsForTheAuditAdministratorAndItsGrowthForAll) {
    world().refuse({}, {.path = kJournal}, 401, "session.none");
    world().refuse(world().system_admin, {.path = kJournal}, 403, "journal.not_yours");
    const core::Id auditor = auditor_of(world());
    const Reply page = world().get(auditor, kJournal, "from=3&limit=2");
    ASSERT_EQ(page.status, 200) << core::json_text(page.body);
    const core::JsonArray& records = page.list("records");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records.front().at("position"), core::Json(3));
    const std::string leaf = core::find_string(records.front(), "leaf").value_or("");
    EXPECT_EQ(core::parse_json(leaf).at("v"), core::Json(1));
    world().refuse(auditor, {.path = kJournal, .query = "from=-1"}, 400, "query.value_malformed");

    // What an entry says is committed to, not told.
    const Reply entry = world().application(world().unit_clerk, "Quietword Foundation");
    const std::string newest = std::to_string(journal_size(world()) - 3);
    const Reply last = world().get(auditor, kJournal, "from=" + newest);
    const std::string told = core::json_text(last.body);
    EXPECT_NE(told.find(entry.id()), std::string::npos);
    EXPECT_EQ(told.find("Quietword"), std::string::npos);
    const core::Json& posts = last.body.at("words").at("concurrent_post");
    EXPECT_EQ(text_of(posts.at("title"), "en"), "Concurrent posts");
    EXPECT_EQ(posts.at("actions").as_object().count("open"), 1U) << told;

    const Reply grown = world().get({}, "/log/1/consistency", "from=3");
    ASSERT_EQ(grown.status, 200);
    EXPECT_FALSE(grown.list("proof").empty());
    world().refuse(
        {}, {.path = "/log/1/consistency", .query = "from=0"}, 400, "query.value_malformed"
    );
    world().refuse(
        {},
        {.path = "/log/1/consistency", .query = "from=1&to=99999999"},
        400,
        "query.value_malformed"
    );
    world().refuse({}, {.path = "/log/99/consistency", .query = "from=1"}, 404, "org.not_found");
}

}  // namespace

}  // namespace duban::scenarios
