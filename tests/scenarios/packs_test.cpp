// A pack of YAML and nothing else, adopted by two administrators while the house runs.

#include <algorithm>

#include "app/locales.h"
#include "journal/journal.h"
#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kLeavePack = R"(name: leave
version: VERSION
title: {zh: ZH-LEAVE, en: Leave}
needs: organisation
)";

constexpr const char* kLeaveRegister = R"(register: leave
title: {zh: ZH-LEAVES, en: Leaves}
entry_title: {zh: ZH-LEAVE, en: leave}
number: {format: "L-{year}-{seq:3}", at: open}
fields:
  why: {type: text, max: 80, required: true, search: true, title_field: true, title: {zh: ZH-WHY, en: Why}}
  days: {type: integer, title: {zh: ZH-DAYS, en: Days}}
MORE
read: [unit.clerk, office.reviewer]
procedure:
  initial: draft
  states:
    draft: {title: {zh: ZH-DRAFT, en: Draft}}
    granted: {title: {zh: ZH-GRANTED, en: Granted}, final: true}
  actions:
    open: {title: {zh: ZH-ASK, en: Ask}, by: unit.clerk, fields: [why, days]}
    grant:
      title: {zh: ZH-GRANT, en: Grant}
      from: draft
      to: granted
      signatures: [{by: office.reviewer, count: COUNT, title: {zh: ZH-REVIEWER, en: Reviewer}}]
      kinds: [own]
      apart_from: [open]
views:
  all:
    title: {zh: ZH-ALL, en: All}
    columns: [number, unit, why, days, state]
    filters: [unit, state]
    sorts: [number]
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

struct Version {
    std::string version;
    std::string count;
    std::string more;
};

Call proposal(const Version& version) {
    const std::string text =
        replaced(replaced(kLeaveRegister, "COUNT", version.count), "MORE", version.more);
    return {
        .method = Method::Post,
        .path = "/api/v1/proposals",
        .body =
            core::JsonObject{
                {"kind", "pack"},
                {"files",
                 core::JsonArray{
                     core::JsonObject{
                         {"path", "pack.yaml"},
                         {"text", replaced(kLeavePack, "VERSION", version.version)}
                     },
                     core::JsonObject{{"path", "registers/leave.yaml"}, {"text", text}}
                 }}
            }
    };
}

Call decision(const Reply& proposed, const std::string& what) {
    return {
        .method = Method::Post,
        .path = "/api/v1/proposals/" + proposed.id() + "/" + what,
        .body = core::JsonObject{}
    };
}

bool has_loosening(const Reply& proposed) {
    const auto& differences = proposed.list("differences");
    return std::any_of(differences.begin(), differences.end(), [](const core::Json& one) {
        const core::Json* loosens = core::find_member(one, "loosens");
        return loosens != nullptr && *loosens == core::Json(true);
    });
}

journal::CertificateReport certificate_report(World& house, const Reply& entry) {
    const Reply certificate = house.get(house.unit_clerk, entry.path() + "/certificate");
    EXPECT_EQ(certificate.status, 200);
    std::string key = std::string{house.get({}, "/log/1/key").body.as_string()};
    key.erase(key.find_last_not_of('\n') + 1);
    return journal::check_certificate(certificate.body, key);
}

TEST_F(Scenario, PackIsAdoptedLoosenedAndShownOnTheCertificate) {
    // Nobody but the two administrators, and neither of them alone.
    const Call first = proposal({.version = "1.0.0", .count = "2", .more = ""});
    world().refuse(world().unit_clerk, first, 403, "administration.not_system_admin");
    world().refuse(
        world().unit_clerk, {.path = "/api/v1/registers/leave"}, 404, "register.not_found"
    );
    const Reply proposed = world().send(world().system_admin, first);
    ASSERT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    EXPECT_EQ(proposed.state(), "open");
    world().refuse(
        world().unit_clerk, {.path = proposed.header("Location")}, 403, "proposal.not_yours"
    );
    const Call approves = decision(proposed, "approve");
    world().refuse(world().system_admin, approves, 422, "administration.same_person");
    world().refuse(world().reviewer, approves, 403, "administration.not_security_admin");
    const Reply approved = world().send(world().security_admin, approves);
    ASSERT_EQ(approved.status, 200) << core::json_text(approved.body);
    EXPECT_EQ(approved.state(), "approved");
    world().refuse(world().security_admin, approves, 409, "proposal.decided");

    // The register works at once.
    const Reply opened = world().open(world().unit_clerk, "leave", {{"why", "rest"}, {"days", 3}});
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    EXPECT_TRUE(opened.text("number").starts_with("L-"));
    const Reply listed = world().get(world().unit_clerk, "/api/v1/registers/leave/entries");
    ASSERT_EQ(listed.list("entries").size(), 1U);
    EXPECT_EQ(text_of(listed.list("entries").front(), "title"), "rest");
    const Reply one = world().act(world().reviewer, opened.path(), "grant");
    EXPECT_EQ(one.state(), "draft");

    // A second version with entries under way: one more field, one signature less.
    const Reply second = world().send(
        world().system_admin,
        proposal(
            {.version = "1.1.0",
             .count = "1",
             .more = "  place: {type: text, max: 40, title: {zh: ZH-PLACE, en: Place}}"}
        )
    );
    ASSERT_EQ(second.status, 201) << core::json_text(second.body);
    EXPECT_TRUE(has_loosening(second)) << core::json_text(second.body);
    ASSERT_EQ(world().send(world().security_admin, decision(second, "approve")).status, 200);
    const Reply kept = world().get(world().unit_clerk, opened.path());
    EXPECT_EQ(kept.state(), "draft");
    EXPECT_EQ(text_of(kept.body.at("fields"), "why"), "rest");
    EXPECT_TRUE(kept.body.at("fields").as_object().contains("place"));

    const Reply later = world().open(world().unit_clerk, "leave", {{"why", "journey"}});
    EXPECT_EQ(world().act(world().reviewer, later.path(), "grant").state(), "granted");

    // The entry that was open when it was loosened says so; the one opened later has nothing to.
    for (const auto& [entry, loosened] : {std::pair{opened, true}, std::pair{later, false}}) {
        const Reply certificate = world().get(world().unit_clerk, entry.path() + "/certificate");
        ASSERT_EQ(certificate.status, 200);
        EXPECT_EQ(!certificate.list("loosenings").empty(), loosened)
            << core::json_text(certificate.body.at("loosenings"));
        const journal::CertificateReport report = certificate_report(world(), entry);
        EXPECT_TRUE(report.valid) << testing::PrintToString(report.faults);
        EXPECT_TRUE(report.key_given);
    }
}

TEST_F(Scenario, FaultyPackIsRefusedWithItsPlaces) {
    const Call faulty =
        proposal({.version = "1.0.0", .count = "0", .more = "  bad: {type: nothing}"});
    const Reply refused = world().refuse(world().system_admin, faulty, 422, "pack.faulty");
    ASSERT_FALSE(refused.list("errors").empty());
    for (const core::Json& error : refused.list("errors")) {
        EXPECT_FALSE(text_of(error.at("params"), "line").empty()) << core::json_text(error);
    }
}

TEST_F(Scenario, FaultyPackIsToldInTheReadersLanguageWithTheWordThatWasPerhapsMeant) {
    const Call misspelt =
        proposal({.version = "1.0.0", .count = "1", .more = "  bad: {tpye: text}"});
    const Reply refused = world().refuse(world().system_admin, misspelt, 422, "pack.faulty");
    const core::JsonArray& errors = refused.list("errors");
    const auto unknown = std::find_if(errors.begin(), errors.end(), [](const core::Json& error) {
        return text_of(error, "code") == "key.unknown";
    });
    ASSERT_NE(unknown, errors.end()) << core::json_text(refused.body);
    const std::string hint = app::sentences().sentence("hint.nearest", {{"nearest", "type"}}, "zh");
    EXPECT_TRUE(text_of(*unknown, "detail").ends_with(hint)) << text_of(*unknown, "detail");
}

TEST_F(Scenario, CertificateOfAnotherHouseOrWithAnotherWordIsNone) {
    const Reply filed = world().filed(world().unit_clerk, "Certified Association");
    journal::CertificateReport report = certificate_report(world(), filed);
    EXPECT_TRUE(report.valid) << testing::PrintToString(report.faults);
    EXPECT_EQ(report.records, 2);
    std::string text =
        core::json_text(world().get(world().unit_clerk, filed.path() + "/certificate").body);
    ASSERT_NE(text.find("Certified Association"), std::string::npos);
    text = replaced(text, "Certified Association", "Forgotten Association");
    std::string key = std::string{world().get({}, "/log/1/key").body.as_string()};
    key.erase(key.find_last_not_of('\n') + 1);
    report = journal::check_certificate(core::parse_json(text), key);
    EXPECT_FALSE(report.valid);
}

}  // namespace

}  // namespace duban::scenarios
