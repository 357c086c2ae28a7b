// Row M60, reading in: a feedback becomes what was fed back, a notice never becomes a fault (P17).

#include "app/settings.h"
#include "rectification_world.h"

namespace duban::scenarios {

namespace {

std::string sample(const std::string& name) {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    return app::read_file(std::string{source == nullptr ? "." : source} + "/" + name);
}

class M60Reading : public Rectification {
protected:
    static Call document(const std::string& bytes) {
        return {
            .method = http::Method::Post,
            .path = "/api/v1/readings",
            .headers = {{"Content-Type", "application/octet-stream"}},
            .raw = bytes
        };
    }
    static Call confirmation(const core::Json& proposal) {
        return {
            .method = http::Method::Post,
            .path = "/api/v1/readings/entries",
            .body = core::JsonObject{{"proposal", proposal}}
        };
    }
    /// Another paper of the same words: its digest differs.
    static core::Json proposed(const std::string& remark) {
        const Reply reply = world().send(
            world().office_clerk, document(sample("samples/feedback.txt") + "\n" + remark + "\n")
        );
        EXPECT_EQ(reply.status, 200) << core::json_text(reply.body);
        return reply.body;
    }
    static std::vector<std::string> paths(const Reply& entered) {
        std::vector<std::string> all;
        for (const core::Json& entry : entered.list("entries")) {
            all.push_back(entry_path(text_of(entry, "register"), text_of(entry, "id")));
        }
        return all;
    }
};

TEST_F(M60Reading, feedback_is_read_confirmed_and_compared) {
    const core::Json proposal = proposed("first");
    EXPECT_EQ(text_of(proposal, "kind"), "feedback");
    const Reply entered = world().send(world().office_clerk, confirmation(proposal));
    ASSERT_EQ(entered.status, 201) << core::json_text(entered.body);
    const std::vector<std::string> all = paths(entered);
    ASSERT_EQ(all.size(), 24U);
    EXPECT_EQ(field(all[0], "kind"), "inspection");
    EXPECT_EQ(field(all[17], "own_no"), "17");
    EXPECT_EQ(field(all[17], "gist"), "轮岗交流执行不到位");
    const Reply problem = world().get(world().office_clerk, all[17]);
    const core::Json& span = proposal.at("problems").as_array()[16].at("span");
    EXPECT_EQ(problem.body.at("fields").at("span_from"), span.as_array()[0]);
    EXPECT_EQ(problem.body.at("fields").at("span_to"), span.as_array()[1]);

    const Reply again = world().send(world().office_clerk, confirmation(proposal));
    EXPECT_EQ(paths(again), all) << "nothing comes in twice";
    refused(world().office_clerk, all[0], "compare", {}, "action.not_yours", 403);
    EXPECT_EQ(act(world().reviewer, all[0], "compare").state(), "confirmed");
    refused(
        world().office_clerk,
        all[3],
        "amend",
        with_fields({{"gist", "Milder"}}),
        "source.already_compared"
    );
}

TEST_F(M60Reading, person_corrects_what_was_proposed) {
    core::JsonObject proposal = proposed("second").as_object();
    core::JsonArray& problems = proposal["problems"].as_array();
    problems.pop_back();
    problems[0].as_object()["gist"] = "As I read it";
    const Reply entered = world().send(world().office_clerk, confirmation(proposal));
    ASSERT_EQ(entered.status, 201) << core::json_text(entered.body);
    const std::vector<std::string> all = paths(entered);
    EXPECT_EQ(all.size(), 23U);
    EXPECT_EQ(field(all[1], "gist"), "As I read it");
    refused(world().reviewer, all[0], "compare", {}, "inspection.count_differs");
}

TEST_F(M60Reading, what_the_paper_does_not_say_a_person_says) {
    core::JsonObject proposal = proposed("third").as_object();
    proposal["inspection"].as_object()["kind"] = nullptr;
    world().refuse(world().office_clerk, confirmation(proposal), 422, "entry.incomplete");
    EXPECT_TRUE(listed("inspection", "kind=audit").empty());
    proposal["inspection"].as_object()["kind"] = "audit";
    EXPECT_EQ(world().send(world().office_clerk, confirmation(proposal)).status, 201);
    EXPECT_EQ(listed("inspection", "kind=audit").size(), 1U);
}

TEST_F(M60Reading, heading_of_a_notice_is_never_a_fault) {
    const Reply reply = world().send(world().office_clerk, document(sample("samples/notice.txt")));
    EXPECT_EQ(reply.text("kind"), "notice");
    EXPECT_EQ(reply.list("items").size(), 12U);
    EXPECT_EQ(core::find_member(reply.body, "problems"), nullptr);
    for (const std::string& item : listed("item", "state=published_unmarked")) {
        EXPECT_EQ(field(item, "fault"), "") << "what was wrong stays empty";
    }
    core::JsonObject dressed = reply.body.as_object();
    dressed["kind"] = "feedback";
    world().refuse(world().office_clerk, confirmation(dressed), 400, "notice.proposal_malformed");
}

TEST_F(M60Reading, reading_asks_who_and_keeps_nothing) {
    const std::string marked = sample("tests/reading/secrecy-mark-in-its-place/input.txt");
    world().refuse(world().office_clerk, document(marked), 422, "file.marked_secret");
    world().refuse({}, document("text"), 401, "session.none");
    const core::Json proposal = proposed("fourth");
    const core::Id stranger = world().add_person("Reader", {{world().school, "clerk"}});
    world().refuse(stranger, confirmation(proposal), 403, "action.not_yours");
    core::JsonObject empty = proposal.as_object();
    empty["problems"] = core::JsonArray{};
    world().refuse(world().office_clerk, confirmation(empty), 422, "feedback.empty");
    world().refuse(
        world().office_clerk, confirmation(core::JsonArray{}), 400, "notice.proposal_malformed"
    );
}

TEST_F(M60Reading, file_with_a_secrecy_mark_is_not_kept) {
    const auto upload = [](const std::string& name, const std::string& bytes) {
        return Call{
            .method = http::Method::Post,
            .path = "/api/v1/files",
            .query = "name=" + name,
            .headers = {{"Content-Type", "application/octet-stream"}},
            .raw = bytes
        };
    };
    const std::string marked = sample("tests/reading/secrecy-mark-in-its-place/input.txt");
    const std::string name = "%E6%9C%BA%E5%AF%86.pdf";  // the mark alone
    const core::Id clerk = world().office_clerk;
    world().refuse(clerk, upload("paper.txt", marked), 422, "file.marked_secret");
    world().refuse(clerk, upload(name, "%PDF-1.4\n"), 422, "file.marked_secret");
    const std::string hash = crypto::sha256(marked).hex();
    world().refuse(clerk, {.path = "/api/v1/files/" + hash}, 404, "file.not_found");
    const std::string speaking = sample("tests/reading/speaking-of-secrets/input.txt");
    EXPECT_EQ(world().send(clerk, upload("paper.txt", speaking)).status, 201);
}

TEST_F(M60Reading, statement_is_linked_by_a_person) {
    const auto notices = listed("notice", "state=kept");
    ASSERT_FALSE(notices.empty()) << "the demonstration's notice";
    const Call propose{
        .method = http::Method::Post,
        .path = "/api/v1/readings/links",
        .body = core::JsonObject{{"notice", id_of(notices.front())}}
    };
    const Reply proposed = world().send(world().office_clerk, propose);
    ASSERT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    std::string post_link;
    for (const std::string& link : paths(proposed)) {
        EXPECT_EQ(state(link), "proposed") << "a person decides";
        if (field(link, "target") == "concurrent_post") {
            post_link = link;
            const std::string sentence =
                field(entry_path("measure", field(link, "measure")), "sentence");
            EXPECT_NE(sentence.find(field(link, "remark")), std::string::npos);
        }
    }
    ASSERT_NE(post_link, "") << "the notice speaks of concurrent posts";
    refused(world().office_clerk, post_link, "confirm_link", {}, "action.not_yours", 403);
    EXPECT_EQ(act(world().reviewer, post_link, "confirm_link").state(), "confirmed");
    const std::string other =
        paths(proposed).front() == post_link ? paths(proposed).back() : paths(proposed).front();
    EXPECT_EQ(act(world().reviewer, other, "reject", reason()).state(), "rejected");
    const Reply again = world().send(world().office_clerk, propose);
    EXPECT_TRUE(again.list("entries").empty()) << "what was decided is not asked again";
    const core::Id stranger = world().add_person("No reader", {});
    world().refuse(stranger, propose, 404, "entry.not_found");
}

}  // namespace

}  // namespace duban::scenarios
