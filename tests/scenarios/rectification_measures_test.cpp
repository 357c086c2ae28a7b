// Rows M60 and M61: findings and measures, each driven to its close-out, looked at again
// afterwards.

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M60 : public Rectification {
protected:
    static std::string measure(const std::string& finding, core::JsonObject more = {}) {
        core::JsonObject fields = {
            {"finding", id_of(finding)},
            {"kind", "action"},
            {"heading", "Do it every year"},
            {"sentence", "It is done every year."}
        };
        for (auto& one : more) {
            fields[one.key()] = one.value();
        }
        return opened(world().office_clerk, "measure", std::move(fields), world().finance);
    }
    static std::string node(const std::string& measure, int days) {
        return opened(
            world().office_clerk,
            "node",
            {{"measure", id_of(measure)},
             {"act", "Once a year"},
             {"person", world().unit_clerk.text()},
             {"post_name", "Accountant"},
             {"due_by", world().day(days)}},
            world().finance
        );
    }
    static core::JsonObject helper(const core::Id& dept) {
        return {
            {"dept", dept.text()},
            {"task", "Send the figures"},
            {"person", nullptr},
            {"due_by", world().day(20)}
        };
    }
    static void report(const std::string& finding) {
        act(world().unit_clerk, finding, "report", with_inputs({{"done", "Half of it."}}));
    }
};

TEST_F(M60, long_term_needs_date) {
    const std::string finding = issued("Long-term measure");
    const std::string promise = measure(finding, {{"long_term", true}});
    refused(world().office_clerk, promise, "issue", {}, "entry.incomplete");
    const core::JsonObject plan =
        with_fields({{"responsible", world().unit_clerk.text()}, {"finish_by", world().day(1000)}});
    refused(world().office_clerk, promise, "issue", plan, "measure.long_term_without_node");
    node(promise, 500);
    refused(world().office_clerk, promise, "issue", plan, "measure.long_term_without_node");
    node(promise, 300);
    EXPECT_EQ(act(world().office_clerk, promise, "issue", plan).state(), "issued");
}

TEST_F(M60, long_term_finding_needs_post_and_node) {
    const std::string finding = planned("Long-term finding", {{"kind", "long_term"}});
    const core::Id& clerk = world().office_clerk;
    refused(clerk, finding, "issue", {}, "finding.long_term_without_post");
    const core::JsonObject post = with_fields({{"responsible_post", "Accountant"}});
    refused(clerk, finding, "issue", post, "finding.long_term_without_node");
    node(measure(finding), 200);
    EXPECT_EQ(act(clerk, finding, "issue", post).state(), "issued");
}

TEST_F(M60, none_is_issued_without_person_and_date) {
    core::JsonObject fields = finding_fields("Nobody", {compared_source("Nobody")});
    fields.erase("responsible");
    const std::string finding = refined(fields);
    approve(plan({finding}));
    const Reply reply = refused(world().office_clerk, finding, "issue", {}, "entry.incomplete");
    ASSERT_EQ(reply.list("errors").size(), 1U);
    EXPECT_EQ(text_of(reply.list("errors").front(), "pointer"), "/fields/responsible");
}

TEST_F(M60, node_lies_ahead_and_is_done_by_itself) {
    const std::string promise = measure(issued("Nodes"));
    const Reply past = world().open(
        world().office_clerk,
        "node",
        {{"measure", id_of(promise)},
         {"act", "Too late"},
         {"person", world().unit_clerk.text()},
         {"due_by", world().day(-1)}}
    );
    EXPECT_EQ(past.text("code"), "node.in_the_past");
    const std::string one = node(promise, 5);
    refused(world().unit_clerk, one, "finish", {}, "entry.incomplete");
    act(world().unit_clerk, one, "finish", with_fields({{"done", "It was done."}}));
    EXPECT_EQ(field(one, "done_on"), world().day());
    refused(world().unit_clerk, one, "undo", reason(), "action.not_yours", 403);
    EXPECT_EQ(act(world().reviewer, one, "undo", reason()).state(), "planned");
    EXPECT_EQ(field(one, "done_on"), "");
}

TEST_F(M60, measure_with_open_nodes_is_not_closed) {
    const std::string promise = measure(issued("Open nodes"));
    const std::string one = node(promise, 5);
    act(world().office_clerk,
        promise,
        "issue",
        with_fields({{"responsible", world().unit_clerk.text()}, {"finish_by", world().day(9)}}));
    report(promise);
    const core::JsonObject result = with_fields({{"result", "It works."}});
    refused(world().unit_clerk, promise, "apply_close", result, "measure.nodes_open");
    act(world().unit_clerk, one, "finish", with_fields({{"done", "It was done."}}));
    act(world().unit_clerk, promise, "apply_close", result);
}

TEST_F(M60, what_was_fed_back_is_compared_before_it_is_refined) {
    const std::string inspected = inspection(2);
    const core::Id& clerk = world().office_clerk;
    const std::string first = source(inspected, "First");
    refused(world().reviewer, inspected, "compare", {}, "inspection.count_differs");
    source(inspected, "Second");
    refused(clerk, inspected, "compare", {}, "action.not_yours", 403);
    act(world().reviewer, inspected, "compare");
    refused(
        clerk,
        first,
        "amend",
        with_fields({{"words", "In better words."}}),
        "source.already_compared"
    );
    const Reply third = world().open(
        clerk, "source_finding", {{"inspection", id_of(inspected)}, {"gist", "T"}, {"words", "T"}}
    );
    EXPECT_EQ(third.text("code"), "source.already_compared");
    refused(world().office_head, inspected, "conclude", {}, "inspection.not_settled");
}

TEST_F(M60, unit_answers_and_an_objection_is_decided) {
    const std::string one = compared_source("Not so");
    const core::JsonObject objects = with_fields({{"answer", "objected"}});
    refused(world().office_head, one, "answer_feedback", objects, "source.answer_without_facts");
    refused(
        world().office_head,
        one,
        "decide_answer",
        {{"fields", core::JsonObject{{"answer_decision", "upheld"}}},
         {"inputs", core::JsonObject{{"reason", "no"}}}},
        "source.nothing_to_decide"
    );
    const core::Id head = world().add_person("Other head", {{world().office, "head"}});
    act(head,
        one,
        "answer_feedback",
        with_fields({{"answer", "objected"}, {"answer_facts", "It was paid on time."}}));
    const core::JsonObject decision = {
        {"fields", core::JsonObject{{"answer_decision", "dismissed"}}},
        {"inputs", core::JsonObject{{"reason", "The receipt is of another year."}}}
    };
    refused(head, one, "decide_answer", decision, "signature.apart");
    act(world().office_head, one, "decide_answer", decision);
    EXPECT_EQ(state(one), "in_hand") << "an objection stops nothing";
}

TEST_F(M60, three_bodies_review_and_return) {
    const std::string finding = refined(finding_fields("Reviewed", {compared_source("Reviewed")}));
    const std::string drafted = plan({finding});
    act(people().discipline, drafted, "pass_review", {{"words", "agreed"}});
    refused(people().discipline, drafted, "pass_review", {}, "signature.same_person");
    const Reply seen = world().get(people().personnel, drafted);
    const core::Json& round = seen.body.at("round");
    EXPECT_TRUE(round.is_null() || round.at("signatures").as_array().empty())
        << "the reviewers do not see each other's part before they sign";
    act(people().personnel,
        drafted,
        "send_back",
        with_inputs({{"to", "draft"}, {"reason", "No dates of nodes."}}));
    EXPECT_EQ(state(drafted), "draft");
    EXPECT_EQ(state(finding), "draft");
    refused(people().principal, drafted, "approve", {}, "entry.wrong_state", 409);
    act(world().office_clerk,
        drafted,
        "amend",
        with_fields({{"review_opinion", "Dates were added."}}));
    act(world().office_clerk, drafted, "submit");
    approve(drafted);
    EXPECT_EQ(state(finding), "planned");
    EXPECT_EQ(field(finding, "first_due"), world().day(40));
}

TEST_F(M60, finding_without_a_date_takes_the_end_of_the_period) {
    core::JsonObject fields = finding_fields("No date", {compared_source("No date")});
    fields.erase("finish_by");
    const std::string finding = refined(fields);
    approve(plan({finding}));
    EXPECT_EQ(field(finding, "finish_by"), world().day(60));
    EXPECT_EQ(field(finding, "first_due"), world().day(60));
}

TEST_F(M60, part_of_another_unit_is_answered_and_awaited) {
    const core::Id other = world().add_person("School clerk", {{world().school, "clerk"}});
    const std::string finding =
        issued("With a part", {{"helpers", core::JsonArray{helper(world().school)}}});
    const auto parts = listed("part", "finding=" + id_of(finding));
    ASSERT_EQ(parts.size(), 1U);
    const std::string part = parts.front();
    EXPECT_EQ(text_of(world().get(other, part).body, "unit"), world().school.text());
    refused(world().unit_clerk, part, "answer", {}, "entry.not_found", 404);
    refused(other, part, "answer", with_fields({{"reply", "Sent."}}), "entry.incomplete");
    report(finding);
    done_measure(finding);
    const core::JsonObject result = with_fields(
        {{"result", "It works."},
         {"grade", "full"},
         {"proof", world().upload(world().unit_clerk, "proof with a part")}}
    );
    refused(world().unit_clerk, finding, "apply_close", result, "finding.parts_open");
    act(other, part, "name_person", with_fields({{"person", other.text()}}));
    act(other, part, "answer", with_fields({{"reply", "Sent."}}));
    act(world().office_clerk,
        part,
        "send_back",
        with_inputs({{"to", "given"}, {"reason", "Which year?"}}));
    act(other, part, "answer", with_fields({{"reply", "Sent, of both years."}}));
    act(world().office_clerk, part, "accept");
    act(world().unit_clerk, finding, "apply_close", result);
}

TEST_F(M60, objection_stops_the_clock_and_is_decided) {
    const std::string finding = issued("Not ours");
    const core::JsonObject objects = {
        {"fields",
         core::JsonObject{
             {"wanted_unit", world().school.text()}, {"objection", "It is theirs by the order."}
         }},
        {"inputs", core::JsonObject{{"pause_reason", "not_ours"}}}
    };
    refused(
        world().unit_clerk,
        finding,
        "object",
        {{"fields",
          core::JsonObject{
              {"wanted_unit", world().finance.text()}, {"objection", "It is not ours."}
          }},
         {"inputs", core::JsonObject{{"pause_reason", "not_ours"}}}},
        "finding.objection_to_itself"
    );
    const Reply objected = act(world().unit_clerk, finding, "object", objects);
    EXPECT_EQ(text_of(objected.list("deadlines").front(), "light"), "paused");
    refused(world().unit_clerk, finding, "dismiss_objection", reason(), "action.not_yours", 403);
    const Reply dismissed = act(world().office_head, finding, "dismiss_objection", reason());
    EXPECT_EQ(dismissed.state(), "issued");
    EXPECT_EQ(text_of(dismissed.list("deadlines").front(), "light"), "green");
}

TEST_F(M60, transfer_takes_number_and_first_date_along) {
    const core::Id other = world().add_person("Receiving clerk", {{world().school, "clerk"}});
    const std::string finding = issued("Transferred");
    const std::string number = world().get(world().office_clerk, finding).text("number");
    const core::JsonObject there = {
        {"fields", core::JsonObject{{"responsible", other.text()}}},
        {"inputs", core::JsonObject{{"to_unit", world().school.text()}, {"reason", "theirs"}}}
    };
    refused(world().office_clerk, finding, "transfer", there, "action.not_yours", 403);
    const Reply moved = act(world().office_head, finding, "transfer", there);
    EXPECT_EQ(moved.text("unit"), world().school.text());
    EXPECT_EQ(moved.text("number"), number);
    EXPECT_EQ(field(finding, "first_due"), world().day(40));
    world().refuse(world().unit_clerk, {.path = finding}, 404, "entry.not_found");
    act(other, finding, "report", with_inputs({{"done", "Begun."}}));
}

TEST_F(M60, meetings_and_papers_alone_close_nothing) {
    const std::string finding = issued("Only paper");
    report(finding);
    core::JsonObject result = {
        {"result", "It was discussed."},
        {"grade", "full"},
        {"proof", world().upload(world().unit_clerk, "minutes of a meeting")}
    };
    const core::Id& clerk = world().unit_clerk;
    refused(clerk, finding, "apply_close", {}, "entry.incomplete");
    refused(clerk, finding, "apply_close", with_fields(result), "finding.only_paper");
    result["grade"] = "in_part";
    refused(clerk, finding, "apply_close", with_fields(result), "finding.grade_too_low");
    const std::string open = measure(finding);
    result["grade"] = "full";
    refused(clerk, finding, "apply_close", with_fields(result), "finding.measures_open");
    act(world().office_head,
        open,
        "end",
        with_inputs({{"reason", "not needed"}, {"paper_no", "No. 8"}}));
    result["paper_only_reason"] = "The rule itself was what was missing.";
    act(clerk, finding, "apply_close", with_fields(result));
}

TEST_F(M60, close_out_is_signed_by_different_people) {
    const core::Id both = world().add_person(
        "Clerk and reviewer", {{world().finance, "clerk"}, {world().office, "reviewer"}}
    );
    const std::string finding = issued("Signed");
    act(both, finding, "report", with_inputs({{"done", "All of it."}}));
    done_measure(finding);
    applied(finding);
    refused(world().unit_clerk, finding, "pass_unit", {}, "action.not_yours", 403);
    act(world().unit_head, finding, "pass_unit");
    refused(world().reviewer, finding, "sign_leader", {}, "action.not_yours", 403);
    act(people().principal, finding, "sign_leader");
    refused(both, finding, "strike_off", {}, "signature.apart");
    EXPECT_EQ(act(world().reviewer, finding, "strike_off").state(), "office_review");
    refused(world().reviewer, finding, "strike_off", {}, "signature.same_person");
    EXPECT_EQ(act(world().second_reviewer, finding, "strike_off").state(), "struck_off");
    EXPECT_EQ(field(finding, "closed_on"), world().day());
}

TEST_F(M60, return_gives_days_to_mend_and_keeps_the_first_date) {
    const std::string finding = issued("Returned");
    report(finding);
    done_measure(finding);
    applied(finding);
    act(world().unit_head,
        finding,
        "send_back",
        with_inputs({{"to", "in_progress"}, {"reason", "The proof is a notice of a meeting."}}));
    const Reply back = world().get(world().unit_clerk, finding);
    std::map<std::string, std::string> lights;
    for (const core::Json& clock : back.list("deadlines")) {
        lights[text_of(clock, "name")] = text_of(clock, "light");
        EXPECT_LE(text_of(clock, "first_on"), text_of(clock, "due_on"));
    }
    EXPECT_NE(lights.at("mend"), "stopped");
    EXPECT_NE(lights.at("finish"), "stopped");
    EXPECT_EQ(lights.at("review"), "stopped");
    EXPECT_EQ(field(finding, "first_due"), world().day(40));
}

TEST_F(M60, ending_needs_reason_paper_and_the_principal) {
    const std::string finding = issued("Ended");
    const core::JsonObject why =
        with_fields({{"ended_reason", "rule_changed"}, {"ended_paper", "No. 9"}});
    refused(world().office_head, finding, "end", why, "action.not_yours", 403);
    refused(people().principal, finding, "end", {}, "entry.incomplete");
    EXPECT_EQ(act(people().principal, finding, "end", why).state(), "ended");
    const Reply figure = world().get(world().office_clerk, "/api/v1/figures/by_finding");
    for (const core::Json& row : figure.list("rows")) {
        if (text_of(row, "id") == id_of(finding)) {
            EXPECT_EQ(text_of(row, "reason"), "ended") << "it is in no numerator";
        }
    }
}

TEST_F(M60, order_is_signed_addressed_and_not_repeated) {
    const std::string finding = issued("Supervised");
    const auto draft = [&](const core::Id& unit) {
        return opened(
            world().office_clerk,
            "supervision_order",
            {{"heading", "Finish it"},
             {"finding", id_of(finding)},
             {"demand", "Report by the day."},
             {"basis", "Meeting 3"},
             {"reply_by", world().day(7)}},
            unit
        );
    };
    const core::Id nobody = world().add_unit("A body above", {}, access::UnitKind::Other);
    refused(world().office_head, draft(nobody), "issue", {}, "order.addressee_outside");
    const std::string order = draft(world().finance);
    refused(world().office_clerk, order, "issue", {}, "action.not_yours", 403);
    EXPECT_TRUE(act(world().office_head, order, "issue").text("number").starts_with("DB-"));
    refused(world().office_head, draft(world().finance), "issue", {}, "order.repeated");
    refused(world().unit_clerk, order, "answer", {}, "entry.wrong_state", 409);
    act(world().unit_clerk, order, "receive");
    refused(world().unit_clerk, order, "answer", {}, "entry.incomplete");
    act(world().unit_clerk, order, "answer", with_fields({{"reply", "It is finished."}}));
    EXPECT_EQ(act(world().office_head, order, "settle").state(), "settled");
}

TEST_F(M60, evidence_is_dated_and_used_once) {
    const std::string finding = issued("Evidence");
    core::JsonObject fields = {
        {"heading", "Receipt"},
        {"kind", "money"},
        {"dated_on", world().day(-100)},
        {"paper", world().upload(world().unit_clerk, "an old receipt")}
    };
    const core::Id& clerk = world().unit_clerk;
    EXPECT_EQ(world().open(clerk, "evidence", fields).text("code"), "evidence.of_nothing");
    fields["finding"] = id_of(finding);
    const std::string filed = opened(clerk, "evidence", fields);
    EXPECT_TRUE(world().hits("evidence_before_feedback").contains(id_of(filed)));
    fields["paper"] = world().upload(clerk, "an old receipt");
    EXPECT_EQ(world().open(clerk, "evidence", fields).text("code"), "evidence.used_already");
    fields["shared"] = true;
    EXPECT_EQ(world().open(clerk, "evidence", fields).status, 201);
}

TEST_F(M60, statement_is_linked_by_one_and_confirmed_by_another) {
    const std::string promise = measure(issued("Linked"));
    const auto link = [&] {
        return opened(
            world().office_clerk,
            "statement_link",
            {{"measure", id_of(promise)}, {"target", "concurrent_post"}, {"since", world().day()}}
        );
    };
    const std::string first = link();
    refused(world().office_clerk, first, "confirm_link", {}, "action.not_yours", 403);
    act(world().office_head, first, "confirm_link");
    refused(world().office_head, link(), "confirm_link", {}, "link.twice");
}

}  // namespace

}  // namespace duban::scenarios
