// What waits for the administrators: too few people for what a pack asks (P35), locked accounts
// (E30).

#include <algorithm>
#include <map>
#include <set>

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kProposals = "/api/v1/proposals";
constexpr const char* kDuties = "/api/v1/duties";

Call post(const std::string& path, core::JsonObject body) {
    return {.method = Method::Post, .path = path, .body = std::move(body)};
}

/// A pack of which one step wants as many of the office's observers as `count` says.
core::JsonArray watch_files(const std::string& count) {
    return {
        core::JsonObject{
            {"path", "pack.yaml"},
            {"text",
             "name: watch\nversion: 1.0.0\ntitle: {zh: 值守, en: Watch}\nneeds: organisation\n"
             "parameters:\n  watchers: {type: integer, default: " +
                 count + ", least: 1, title: {zh: 值守人数, en: Watchers}}\n"}
        },
        core::JsonObject{
            {"path", "registers/watch.yaml"},
            {"text",
             "register: watch\ntitle: {zh: 值守, en: Watch}\nfields:\n"
             "  what: {type: text, title_field: true, title: {zh: 事项, en: What}}\n"
             "read: [unit.clerk, office.reviewer]\nprocedure:\n  initial: draft\n"
             "  states: {draft: {title: {zh: 草稿, en: Draft}}, kept: {final: true, title: {zh: "
             "已存, en: Kept}}}\n  actions:\n"
             "    open: {by: unit.clerk, title: {zh: 登记, en: Open}}\n"
             "    keep: {from: draft, to: kept, title: {zh: 存档, en: Keep}, apart_from: [open], "
             "signatures: [{by: office.reviewer, count: {param: watchers}}]}\n"
             "    look: {from: draft, to: kept, title: {zh: 查看, en: Look}, by: unit.clerk, "
             "apart_from: [open]}\n"}
        }
    };
}

/// The codes of the lines that warn of too few people, each with its English sentence.
std::map<std::string, std::string> warnings_of(const Reply& proposed) {
    std::map<std::string, std::string> out;
    for (const core::Json& one : proposed.list("differences")) {
        if (core::find_member(one, "short") != nullptr) {
            out[core::find_string(one, "code").value_or("")] =
                core::find_string(one.at("difference"), "en").value_or("");
        }
    }
    return out;
}

/// Of the shortages told, the codes of those of a register.
std::set<std::string> shortages_of(const Reply& duties, std::string_view register_name) {
    std::set<std::string> out;
    for (const core::Json& one : duties.list("shortages")) {
        if (core::find_string(one, "register") == register_name) {
            out.insert(core::find_string(one, "code").value_or(""));
        }
    }
    return out;
}

TEST_F(Scenario, TooFewPeopleForAPackAreToldToWhoProposesItAndToTheAdministrators) {
    using Codes = std::set<std::string>;
    const auto propose = [&](core::JsonObject body) {
        const Reply proposed =
            world().send(world().system_admin, post(kProposals, std::move(body)));
        EXPECT_EQ(proposed.status, 201) << core::json_text(proposed.body);
        return proposed;
    };
    const auto approve = [&](const Reply& proposed) {
        const std::string path = std::string{kProposals} + "/" + proposed.id() + "/approve";
        EXPECT_EQ(world().send(world().security_admin, post(path, {})).status, 200);
    };
    const auto ask_for = [&](std::int64_t count) {
        return propose(
            {{"kind", "parameter"}, {"pack", "watch"}, {"name", "watchers"}, {"value", count}}
        );
    };
    const Reply proposed = propose({{"kind", "pack"}, {"files", watch_files("20")}});
    const auto warned = warnings_of(proposed);
    ASSERT_TRUE(warned.contains("staffing.short_everywhere"));
    EXPECT_NE(
        warned.at("staffing.short_everywhere").find("\"Keep\" wants 20 different people"),
        std::string::npos
    );
    ASSERT_TRUE(warned.contains("staffing.short_in_units"));
    EXPECT_NE(warned.at("staffing.short_in_units").find("\"Look\""), std::string::npos);
    approve(proposed);
    const Reply duties = world().get(world().security_admin, kDuties);
    EXPECT_EQ(
        shortages_of(duties, "watch"),
        (Codes{"staffing.short_everywhere", "staffing.short_in_units"})
    );
    // Only the head of the office answers there, and nobody else could decide on it.
    EXPECT_EQ(shortages_of(duties, "source_finding"), Codes{"staffing.short_in_unit"});

    EXPECT_TRUE(warnings_of(ask_for(41)).contains("staffing.short_everywhere"));  // it gets worse
    const Reply fewer = ask_for(1);
    EXPECT_TRUE(warnings_of(fewer).empty());  // what was so before is not said again
    approve(fewer);
    EXPECT_EQ(
        shortages_of(world().get(world().system_admin, kDuties), "watch"),
        Codes{"staffing.short_in_units"}
    );
}

TEST_F(Scenario, LockedAccountIsToldToTheAdministrators) {
    const core::Id person = world().add_person("Locked Out", {{world().finance, "clerk"}});
    world().add_account(person, "locked.out");
    const auto is_told = [&] {
        const Reply duties = world().get(world().security_admin, kDuties);
        return std::ranges::any_of(duties.list("locked"), [&](const core::Json& one) {
            return core::find_string(one, "person") == person.text();
        });
    };
    EXPECT_FALSE(is_told());
    const Call attempt =
        post("/api/v1/sessions", {{"name", "locked.out"}, {"password", "not the one"}});
    for (std::int64_t failures = 0; failures < access::kLockAfter;) {
        const Reply reply = world().send({}, attempt);
        if (reply.text("code") == "sign_in.wait") {
            const std::string seconds{reply.body.at("params").at("seconds").as_string()};
            world().pass(std::chrono::seconds{std::stoi(seconds)});
            continue;
        }
        ASSERT_EQ(reply.text("code"), "sign_in.refused");
        ++failures;
    }
    EXPECT_TRUE(is_told());
    world().refuse(world().unit_clerk, {.path = kDuties}, 403, "account.not_yours");
    const Reply duties = world().get(world().system_admin, kDuties);
    EXPECT_GE(duties.integer("proposals"), 0);
}

}  // namespace

}  // namespace duban::scenarios
