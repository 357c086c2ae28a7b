// Who may sign, how often, in which way, and what a return leaves of it.

#include <set>

#include "world.h"

namespace duban::scenarios {

namespace {

std::int64_t signatures_given(const Reply& entry) {
    const core::Json* round = core::find_member(entry.body, "round");
    return round == nullptr || round->is_null()
               ? 0
               : core::find_integer(*round, "signatures_given").value_or(-1);
}

core::JsonObject for_post(const core::Id& post) {
    return {{"post", post.text()}};
}

TEST_F(Scenario, TwoReviewersApprove) {
    const Reply filed = world().filed(world().unit_clerk, "Two Signatures");
    EXPECT_EQ(filed.state(), "review");
    EXPECT_TRUE(filed.text("number").starts_with("JZ-"));
    const Reply first =
        world().act(world().reviewer, filed.path(), "approve", {{"words", "agreed"}});
    EXPECT_EQ(first.state(), "review");
    EXPECT_EQ(signatures_given(first), 1);
    const Reply second = world().act(world().second_reviewer, filed.path(), "approve");
    EXPECT_EQ(second.state(), "active");
    EXPECT_FALSE(text_of(second.body.at("fields"), "approved_on").empty());
}

TEST_F(Scenario, OnePersonUnderTwoPostsSignsOnce) {
    const core::Id both =
        world().add_person("Twice", {{world().office, "reviewer"}, {world().office, "reviewer"}});
    const auto posts = world().posts_of(both, "reviewer");
    ASSERT_EQ(posts.size(), 2U);
    const Reply filed = world().filed(world().unit_clerk, "Twice Association");
    const Reply once = world().act(both, filed.path(), "approve", for_post(posts.front()));
    world().refuse(
        both,
        world().action(filed.path(), "approve", once.revision(), for_post(posts.back())),
        422,
        "signature.same_person"
    );
    EXPECT_EQ(signatures_given(world().get(both, filed.path())), 1);
}

TEST_F(Scenario, ApplicantDoesNotApproveHisOwn) {
    const core::Id applicant =
        world().add_person("Applicant", {{world().finance, "clerk"}, {world().office, "reviewer"}});
    const core::Id clerk_post = world().posts_of(applicant, "clerk").front();
    core::JsonObject body = for_post(clerk_post);
    body["fields"] = world().post_fields(applicant, "Own Association");
    const Reply opened = world().send(
        applicant,
        {.method = http::Method::Post,
         .path = "/api/v1/registers/concurrent_post/entries",
         .body = body}
    );
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    const Reply filed = world().act(applicant, opened.path(), "file");
    world().refuse(
        applicant, world().action(filed.path(), "approve", filed.revision()), 422, "signature.apart"
    );
}

TEST_F(Scenario, DelegateOfTwoReviewersIsOnePerson) {
    const core::Id first = world().add_person("Absent One", {{world().office, "reviewer"}});
    const core::Id second = world().add_person("Absent Two", {{world().office, "reviewer"}});
    const core::Id delegate = world().add_person("Delegate", {{world().office, "staff"}});
    const core::Id first_post = world().posts_of(first, "reviewer").front();
    const core::Id second_post = world().posts_of(second, "reviewer").front();
    world().delegate(first_post, delegate);
    world().delegate(second_post, delegate);

    const Reply filed = world().filed(world().unit_clerk, "Delegated Association");
    const Reply once = world().act(delegate, filed.path(), "approve", for_post(first_post));
    const core::Json& signature = once.body.at("round").at("signatures").as_array().at(0);
    EXPECT_EQ(text_of(signature, "kind"), "delegated");
    EXPECT_EQ(text_of(signature, "person"), delegate.text());
    EXPECT_EQ(text_of(signature, "signed_for"), first.text());
    world().refuse(
        delegate,
        world().action(filed.path(), "approve", once.revision(), for_post(second_post)),
        422,
        "signature.same_person"
    );
    EXPECT_EQ(world().act(world().reviewer, filed.path(), "approve").state(), "active");
}

TEST_F(Scenario, OfferSaysForWhomADelegateWouldSign) {
    const core::Id absent = world().add_person("Absent Three", {{world().office, "reviewer"}});
    const core::Id delegate = world().add_person("Deputy", {{world().office, "staff"}});
    world().delegate(world().posts_of(absent, "reviewer").front(), delegate);
    const Reply filed = world().filed(world().unit_clerk, "Offered Association");
    const auto offer_to = [&](const core::Id& person) {
        const Reply seen = world().get(person, filed.path());
        for (const core::Json& offer : seen.list("actions")) {
            if (text_of(offer, "name") == "approve") {
                return offer;
            }
        }
        return core::Json{};
    };
    EXPECT_EQ(text_of(offer_to(delegate), "signed_for"), absent.text());
    EXPECT_TRUE(offer_to(world().reviewer).at("signed_for").is_null());
}

std::set<std::string> ways_of(const Reply& entry) {
    std::set<std::string> out;
    for (const core::Json& paper : entry.list("papers")) {
        const bool compares = text_of(paper, "way") == "compare_paper";
        EXPECT_EQ(paper.at("signature").is_null(), !compares);
        EXPECT_FALSE(text_of(paper, "post").empty());
        out.insert(text_of(paper, "action") + " " + text_of(paper, "way"));
    }
    return out;
}

TEST_F(Scenario, PaperSignatureCountsWhenAnotherComparedIt) {
    const auto ways = [](const core::Id& person, const std::string& path) {
        return ways_of(world().get(person, path));
    };
    const core::Id signer = world().add_person("Pen", {{world().office, "reviewer"}});
    const Reply filed = world().filed(world().unit_clerk, "Paper Association");
    const core::JsonObject paper = {
        {"signer", signer.text()},
        {"signed_on", "2026-11-20"},
        {"words", "agreed by pen"},
        {"scan", world().upload(world().reviewer, "scan of the signed sheet")}
    };
    const Reply recorded =
        world().act(world().reviewer, filed.path(), "approve", {{"paper", paper}});
    EXPECT_EQ(signatures_given(recorded), 0);
    const core::Json& signature = recorded.body.at("round").at("signatures").as_array().at(0);
    EXPECT_EQ(text_of(signature, "kind"), "paper");
    EXPECT_EQ(text_of(signature, "recorded_by"), world().reviewer.text());
    EXPECT_EQ(text_of(recorded.body.at("labels").at(text_of(signature, "scan")), "kind"), "file");
    const core::JsonObject compares = {
        {"paper", core::JsonObject{{"compares", text_of(signature, "id")}}}
    };
    world().refuse(
        world().reviewer,
        world().action(filed.path(), "approve", recorded.revision(), compares),
        422,
        "signature.comparer_is_recorder"
    );
    // Who reads the entry is offered both; who recorded the sheet may hand in another only.
    using Ways = std::set<std::string>;
    EXPECT_EQ(ways(world().reviewer, filed.path()), Ways{"approve record_paper"});
    const Ways both = {"approve record_paper", "approve compare_paper"};
    EXPECT_EQ(ways(world().second_reviewer, filed.path()), both);
    EXPECT_EQ(ways(world().unit_head, filed.path()), both);
    const Reply compared = world().act(world().second_reviewer, filed.path(), "approve", compares);
    EXPECT_EQ(signatures_given(compared), 1);
    EXPECT_EQ(ways(world().unit_head, filed.path()), Ways{"approve record_paper"});
    EXPECT_EQ(compared.state(), "review");
    EXPECT_EQ(world().act(world().reviewer, filed.path(), "approve").state(), "active");
}

TEST_F(Scenario, ReturnedRoundBeginsAnew) {
    const Reply filed = world().filed(world().unit_clerk, "Returned Association");
    EXPECT_EQ(signatures_given(world().act(world().reviewer, filed.path(), "approve")), 1);
    const Reply back = world().act(
        world().second_reviewer,
        filed.path(),
        "send_back",
        {{"inputs", core::JsonObject{{"to", "draft"}, {"reason", "the basis is wrong"}}}}
    );
    EXPECT_EQ(back.state(), "draft");
    EXPECT_EQ(signatures_given(back), 0);
    const Reply again = world().act(world().unit_clerk, filed.path(), "file");
    EXPECT_EQ(again.state(), "review");
    EXPECT_EQ(again.text("number"), filed.text("number"));
    const Reply one = world().act(world().second_reviewer, filed.path(), "approve");
    EXPECT_EQ(one.state(), "review");
    EXPECT_EQ(signatures_given(one), 1);
    EXPECT_EQ(world().act(world().reviewer, filed.path(), "approve").state(), "active");

    std::size_t signatures = 0;
    const Reply history = world().get(world().unit_clerk, filed.path() + "/history");
    for (const core::Json& record : history.list("records")) {
        signatures += text_of(record, "kind") == "signature" ? 1U : 0U;
    }
    EXPECT_EQ(signatures, 2U) << "the voided signature stays in the journal";
}

TEST_F(Scenario, MeasureOfTheNoticeIsStruckOffByTwo) {
    const auto count = [](const std::string& name) {
        const Reply list = world().get(
            world().office_clerk, "/api/v1/registers/" + name + "/entries", "limit=200"
        );
        return list.list("entries").size();
    };
    EXPECT_EQ(count("notice"), 1U);
    EXPECT_EQ(count("item"), 12U);
    EXPECT_EQ(count("measure"), 42U);
    const Reply open = world().get(
        world().office_clerk,
        "/api/v1/registers/measure/entries",
        "state=published_unmarked&limit=1"
    );
    ASSERT_EQ(open.list("entries").size(), 1U);
    const std::string path = entry_path("measure", text_of(open.list("entries").front(), "id"));

    const core::JsonObject plan = {
        {"responsible", world().unit_clerk.text()}, {"finish_by", "2099-12-31"}
    };
    world().refuse(
        world().office_clerk,
        world().action(path, "issue", world().get(world().office_clerk, path).revision()),
        422,
        "entry.incomplete"
    );
    EXPECT_EQ(
        world().act(world().office_clerk, path, "issue", {{"fields", plan}}).state(), "issued"
    );
    const core::JsonObject done = {{"inputs", core::JsonObject{{"done", "All of it was done."}}}};
    EXPECT_EQ(world().act(world().unit_clerk, path, "report", done).state(), "in_progress");
    const core::JsonObject result = {{"fields", core::JsonObject{{"result", "It works."}}}};
    world().act(world().unit_clerk, path, "apply_close", result);
    EXPECT_EQ(world().act(world().unit_head, path, "pass_unit").state(), "office_review");
    EXPECT_EQ(world().act(world().reviewer, path, "strike_off").state(), "office_review");
    const Reply struck = world().act(world().second_reviewer, path, "strike_off");
    EXPECT_EQ(struck.state(), "struck_off");
    EXPECT_TRUE(struck.list("actions").empty());
}

}  // namespace

}  // namespace duban::scenarios
