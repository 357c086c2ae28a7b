// The end of a concurrent post: it opens the handover that three sign; and what is withdrawn
// before.

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kHandovers = "/api/v1/registers/handover/entries";

core::JsonObject with_inputs(core::JsonObject inputs) {
    return {{"inputs", std::move(inputs)}};
}

core::JsonObject with_fields(core::JsonObject fields) {
    return {{"fields", std::move(fields)}};
}

/// A clerk of the finance department with a post that two reviewers approved.
class ConcurrentPostTest : public Scenario {
protected:
    Reply active(const core::Id& clerk, const std::string& body) {
        const Reply filed = world().filed(clerk, body);
        world().act(world().reviewer, filed.path(), "approve");
        return world().act(world().second_reviewer, filed.path(), "approve");
    }

    core::Id clerk(const std::string& name) {
        return world().add_person(name, {{world().finance, "clerk"}});
    }

    /// Of what `giver` hands over, as he reads it.
    std::vector<Reply> handovers(const core::Id& giver) {
        const Reply list = world().get(giver, kHandovers, "giver=" + giver.text());
        EXPECT_EQ(list.status, 200) << core::json_text(list.body);
        std::vector<Reply> out;
        for (const core::Json& entry : list.list("entries")) {
            out.push_back(world().get(giver, entry_path("handover", text_of(entry, "id"))));
        }
        return out;
    }

    void list_things(const core::Id& clerk, const Reply& handover, const core::Id& receiver) {
        const core::JsonArray things = {core::JsonObject{{"thing", "The seal of the association"}}};
        const Reply listed = world().act(
            clerk,
            handover.path(),
            "list_things",
            with_fields({{"receiver", receiver.text()}, {"things", things}})
        );
        EXPECT_EQ(listed.state(), "listed");
    }

    /// The clerk who gives, and the head of who receives; the witness is left.
    void sign_for_both_sides(const core::Id& giver, const Reply& handover) {
        EXPECT_EQ(world().act(giver, handover.path(), "complete").state(), "listed");
        EXPECT_EQ(world().act(world().unit_head, handover.path(), "complete").state(), "listed");
    }

    void refuse_action(
        const core::Id& as,
        const Reply& entry,
        const std::string& action,
        core::JsonObject body,
        int status,
        const std::string& code
    ) {
        const std::int64_t revision = world().get(world().reviewer, entry.path()).revision();
        world().refuse(
            as, world().action(entry.path(), action, revision, std::move(body)), status, code
        );
    }
};

TEST_F(ConcurrentPostTest, LeavingAPostOpensAHandoverThatThreeSign) {
    const core::Id giver = clerk("Giver");
    const core::Id receiver = clerk("Receiver");
    const Reply post = active(giver, "Handed Association");
    ASSERT_EQ(post.state(), "active");
    refuse_action(world().reviewer, post, "finish", {}, 403, "action.not_yours");
    EXPECT_TRUE(handovers(giver).empty());
    const Reply ended =
        world().act(giver, post.path(), "finish", with_inputs({{"receiver", receiver.text()}}));
    EXPECT_EQ(ended.state(), "ended");
    EXPECT_EQ(text_of(ended.body.at("fields"), "ended_on"), world().day());
    refuse_action(giver, post, "finish", {}, 409, "entry.wrong_state");

    const std::vector<Reply> opened = handovers(giver);
    ASSERT_EQ(opened.size(), 1U) << "once, though it was refused before and after";
    const Reply& handover = opened.front();
    EXPECT_EQ(handover.state(), "listed");
    EXPECT_TRUE(handover.text("number").starts_with("YJ-")) << handover.text("number");
    const core::Json& fields = handover.body.at("fields");
    EXPECT_EQ(text_of(fields, "post"), post.id());
    EXPECT_EQ(text_of(fields, "receiver"), receiver.text());
    ASSERT_EQ(handover.list("deadlines").size(), 1U);

    list_things(giver, handover, receiver);
    refuse_action(world().office_clerk, handover, "complete", {}, 403, "action.not_yours");
    sign_for_both_sides(giver, handover);
    const Reply done = world().act(world().reviewer, handover.path(), "complete");
    EXPECT_EQ(done.state(), "done");
    EXPECT_EQ(text_of(done.body.at("fields"), "completed_on"), world().day());
}

TEST_F(ConcurrentPostTest, HandoverIsCompleteWithItsListAndBetweenTwoPersons) {
    const core::Id giver = clerk("Careless");
    const auto opened = [&](const std::string& body) {
        world().act(giver, active(giver, body).path(), "finish");
        return handovers(giver).front();
    };
    const Reply empty = opened("Careless Association");
    sign_for_both_sides(giver, empty);
    refuse_action(world().reviewer, empty, "complete", {}, 422, "entry.incomplete");
    const Reply to_himself = opened("Careless Society");
    list_things(giver, to_himself, giver);
    sign_for_both_sides(giver, to_himself);
    refuse_action(world().reviewer, to_himself, "complete", {}, 422, "handover.same_person");
    EXPECT_EQ(world().get(giver, to_himself.path()).state(), "listed");
}

TEST_F(ConcurrentPostTest, HandoverIsOpenedByTheEndOfAPostAlone) {
    const core::Id giver = clerk("Hasty");
    const Reply post = active(giver, "Hasty Association");
    world().refuse(
        giver,
        {.method = Method::Post,
         .path = kHandovers,
         .body = with_fields({{"post", post.id()}, {"giver", giver.text()}})},
        403,
        "action.not_yours"
    );
    EXPECT_TRUE(handovers(giver).empty());
}

TEST_F(ConcurrentPostTest, NothingToHandOverIsSaidByTheHeadWithAReason) {
    const core::Id giver = clerk("Empty");
    const Reply post = active(giver, "Empty Association");
    world().act(giver, post.path(), "finish");
    const std::vector<Reply> opened = handovers(giver);
    ASSERT_EQ(opened.size(), 1U);
    const core::JsonObject reason = with_inputs({{"reason", "He held no things."}});
    refuse_action(giver, opened.front(), "drop", reason, 403, "action.not_yours");
    refuse_action(world().unit_head, opened.front(), "drop", {}, 400, "entry.invalid_fields");
    const Reply dropped = world().act(world().unit_head, opened.front().path(), "drop", reason);
    EXPECT_EQ(dropped.state(), "dropped");
}

TEST_F(ConcurrentPostTest, WithdrawalEndsADraftOrAnOpenRoundAndNothingLater) {
    const core::Id applicant = clerk("Wavering");
    const core::JsonObject reason = with_inputs({{"reason", "The association was dissolved."}});
    const Reply draft = world().application(applicant, "Wavering Draft");
    refuse_action(applicant, draft, "withdraw", {}, 400, "entry.invalid_fields");
    refuse_action(world().reviewer, draft, "withdraw", reason, 403, "action.not_yours");
    EXPECT_EQ(world().act(applicant, draft.path(), "withdraw", reason).state(), "withdrawn");

    // In the middle of a round: the signature that was given leads nowhere any more.
    const Reply filed = world().filed(applicant, "Wavering Round");
    world().act(world().reviewer, filed.path(), "approve");
    const Reply withdrawn = world().act(applicant, filed.path(), "withdraw", reason);
    EXPECT_EQ(withdrawn.state(), "withdrawn");
    refuse_action(world().second_reviewer, filed, "approve", {}, 409, "entry.wrong_state");
    const core::Json* round = core::find_member(withdrawn.body, "round");
    EXPECT_TRUE(round == nullptr || round->is_null()) << core::json_text(withdrawn.body);

    const Reply post = active(applicant, "Wavering No More");
    refuse_action(applicant, post, "withdraw", reason, 409, "entry.wrong_state");
}

}  // namespace

}  // namespace duban::scenarios
