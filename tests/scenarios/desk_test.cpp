// What waits for somebody, what controls find, and what became of a document.

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

std::vector<std::string> steps_on(const Reply& desk, const std::string& id) {
    std::vector<std::string> names;
    for (const core::Json& one : desk.list("entries")) {
        if (text_of(one, "id") != id) {
            continue;
        }
        for (const core::Json& action : one.at("actions").as_array()) {
            names.push_back(text_of(action, "name"));
        }
    }
    return names;
}

TEST_F(Scenario, DeskShowsTheReviewerWhatWaitsForHisSignatureAndNobodyElse) {
    const Reply filed = world().filed(world().unit_clerk, "Desk Society");
    const Reply desk = world().get(world().reviewer, "/api/v1/desk");
    ASSERT_EQ(desk.status, 200) << core::json_text(desk.body);
    const auto steps = steps_on(desk, filed.id());
    EXPECT_NE(std::find(steps.begin(), steps.end(), "approve"), steps.end());
    EXPECT_TRUE(steps_on(world().get(world().unit_clerk, "/api/v1/desk"), filed.id()).empty());
    const core::Id stranger = world().add_person("Deskless", {});
    const Reply nothing = world().get(stranger, "/api/v1/desk");
    EXPECT_TRUE(nothing.list("entries").empty());
    world().refuse({}, {.path = "/api/v1/desk"}, 401, "session.none");
}

/// To withdraw or to end something is no step that anybody waits for.
TEST_F(Scenario, DeskHoldsNoEntryForItsEndingAlone) {
    const Reply desk = world().get(world().office_clerk, "/api/v1/desk");
    ASSERT_FALSE(desk.list("entries").empty());
    for (const core::Json& one : desk.list("entries")) {
        for (const core::Json& action : one.at("actions").as_array()) {
            EXPECT_NE(text_of(action, "name"), "withdraw") << text_of(one, "register");
            EXPECT_NE(text_of(action, "name"), "end") << text_of(one, "register");
        }
    }
}

TEST_F(Scenario, DecisionsAreShownToThoseTheyName) {
    const Reply recorder = world().get(world().office_clerk, "/api/v1/decisions");
    ASSERT_EQ(recorder.status, 200);
    ASSERT_FALSE(recorder.list("decisions").empty());
    EXPECT_EQ(text_of(recorder.list("decisions")[0], "as"), "recorder");
    const Reply unnamed = world().get(world().unit_clerk, "/api/v1/decisions");
    EXPECT_TRUE(unnamed.list("decisions").empty());
}

TEST_F(Scenario, ControlIsRunOverWhatTheAskerMayRead) {
    const Reply list = world().get(world().office_clerk, "/api/v1/controls");
    ASSERT_FALSE(list.list("controls").empty());
    const Reply found =
        world().get(world().office_clerk, "/api/v1/controls/evidence_before_feedback");
    ASSERT_EQ(found.status, 200) << core::json_text(found.body);
    EXPECT_EQ(found.text("kind"), "hint");
    EXPECT_EQ(found.integer("total"), static_cast<std::int64_t>(found.list("rows").size()));
    world().refuse(
        world().office_clerk, {.path = "/api/v1/controls/by_finding"}, 404, "control.not_found"
    );
}

TEST_F(Scenario, DocumentIsReadWithItsTextAndRefusedWithASecrecyMark) {
    const std::string text = "关于整改情况的通报\n\n一、整改情况\n\n一是建立制度。办理12件。\n";
    Call call{.method = Method::Post, .path = "/api/v1/readings/document", .raw = text};
    call.headers.emplace_back("Content-Type", "text/plain");
    const Reply read = world().send(world().office_clerk, call);
    ASSERT_EQ(read.status, 200) << core::json_text(read.body);
    EXPECT_EQ(read.text("text"), text);
    EXPECT_EQ(read.list("measures").size(), 1U);
    call.raw = "机密★1年\n\n关于整改情况的通报\n\n一、整改情况\n";
    world().refuse(world().office_clerk, call, 422, "file.marked_secret");
    world().refuse({}, call, 401, "session.none");
}

TEST_F(Scenario, DocumentInWhichNothingWasFoundIsNotEntered) {
    Call reads{
        .method = Method::Post,
        .path = "/api/v1/readings",
        .raw = "关于整改情况的通报\n\n现将有关情况予以公布。\n"
    };
    reads.headers.emplace_back("Content-Type", "text/plain");
    const Reply read = world().send(world().office_clerk, reads);
    ASSERT_EQ(read.status, 200) << core::json_text(read.body);
    const core::Json* proposal = core::find_member(read.body, "proposal");
    world().refuse(
        world().office_clerk,
        {.method = Method::Post,
         .path = "/api/v1/readings/entries",
         .body =
             core::JsonObject{
                 {"proposal", proposal == nullptr ? read.body : *proposal}, {"decision", nullptr}
             }},
        422,
        "notice.empty"
    );
}

TEST_F(Scenario, StatementsOfANoticeComeInTheOrderOfItsText) {
    const Reply notices =
        world().get(world().office_clerk, "/api/v1/registers/notice/entries", "limit=1");
    ASSERT_FALSE(notices.list("entries").empty());
    const std::string id = text_of(notices.list("entries")[0], "id");
    const Reply told = world().get(world().office_clerk, "/api/v1/readings/" + id + "/statements");
    ASSERT_EQ(told.status, 200) << core::json_text(told.body);
    std::int64_t last = -1;
    std::map<std::string, int> counted;
    for (const core::Json& one : told.list("statements")) {
        const auto from = core::find_integer(one.at("fields"), "span_from").value_or(-1);
        EXPECT_GE(from, last);
        last = from;
        ++counted[text_of(one, "register")];
    }
    EXPECT_GT(counted["item"], 0);
    EXPECT_GT(counted["measure"], counted["item"]);
    const core::Id stranger = world().add_person("Unlettered", {});
    world().refuse(
        stranger, {.path = "/api/v1/readings/" + id + "/statements"}, 404, "entry.not_found"
    );
}

}  // namespace

}  // namespace duban::scenarios
