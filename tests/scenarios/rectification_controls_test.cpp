// The controls of the packs: each finds what it is named after, and is silent about the like of it
// that is in order. They find; a person decides (P09).

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class Controls : public Rectification {
protected:
    static bool finds(const std::string& control, const std::string& path) {
        return world().hits(control).contains(id_of(path));
    }
    /// What was done before and is recorded now: the only way to days that are over (P08).
    static std::string before(
        const std::string& register_name, const std::string& state, core::JsonObject fields
    ) {
        const core::Id& recorder = world().office_clerk;
        const std::string decision =
            world().backfill_decision({register_name}, recorder, world().office_head);
        return backfilled(
                   recorder,
                   register_name,
                   std::move(fields),
                   {{"decision", decision},
                    {"state", state},
                    {"claimed_on", world().day(-90)},
                    {"paper", "An old sheet"}}
        )
            .path();
    }
    static void reported(const std::string& path) {
        act(world().unit_clerk, path, "report", with_inputs({{"done", "Done."}}));
    }
    static void strike_off(const std::string& measure) {
        act(world().unit_head, measure, "pass_unit");
        act(world().reviewer, measure, "strike_off");
        EXPECT_EQ(act(world().second_reviewer, measure, "strike_off").state(), "struck_off");
    }
    static std::string order(core::JsonObject more) {
        core::JsonObject fields = {
            {"heading", "Supervise"}, {"demand", "Do it."}, {"basis", "A decision"}
        };
        for (const auto& one : more) {
            fields[one.key()] = one.value();
        }
        return opened(world().office_clerk, "supervision_order", fields, world().finance);
    }
};

class M60Controls : public Controls {};

TEST_F(M60Controls, node_not_done_under_a_measure_struck_off) {
    const std::string finding = issued("With nodes");
    const std::string open_node = issued_measure(finding, 30);
    const std::string clean = done_measure(finding);
    reported(open_node);
    act(world().unit_clerk, open_node, "apply_close", with_fields({{"result", "It works."}}));
    opened(
        world().unit_clerk,
        "node",
        {{"measure", id_of(open_node)},
         {"act", "One more step"},
         {"person", world().unit_clerk.text()},
         {"due_by", world().day(20)}}
    );
    EXPECT_FALSE(finds("closed_with_open_node", open_node)) << "it is not struck off yet";
    strike_off(open_node);
    EXPECT_TRUE(finds("closed_with_open_node", open_node));
    EXPECT_FALSE(finds("closed_with_open_node", clean));
}

TEST_F(M60Controls, measure_struck_off_without_proof) {
    const std::string finding = issued("Proved");
    const std::string without = done_measure(finding);
    const std::string with = issued_measure(finding, 30);
    reported(with);
    act(world().unit_clerk,
        with,
        "apply_close",
        with_fields(
            {{"result", "It works."}, {"proof", world().upload(world().unit_clerk, "the proof")}}
        ));
    strike_off(with);
    EXPECT_TRUE(finds("closed_without_proof", without));
    EXPECT_FALSE(finds("closed_without_proof", with));
}

TEST_F(M60Controls, reason_is_said_in_both_languages) {
    const std::string without = done_measure(issued("Said"));
    const Reply found = world().get(world().office_clerk, "/api/v1/controls/closed_without_proof");
    EXPECT_EQ(world().hits("closed_without_proof").at(id_of(without)), "no_proof");
    const core::Json& words = found.body.at("words").at("no_proof");
    EXPECT_EQ(text_of(words, "zh"), "没有整改成效的佐证");
    EXPECT_EQ(text_of(words, "en"), "no evidence of the result");
}

TEST_F(M60Controls, due_soon_and_never_reported_on) {
    const std::string finding = issued("Silent");
    const std::string silent = issued_measure(finding, 10);
    const std::string later = issued_measure(finding, 11);
    const std::string spoken = issued_measure(finding, 10);
    reported(spoken);
    EXPECT_TRUE(finds("overdue_without_report", silent));
    EXPECT_FALSE(finds("overdue_without_report", later));
    EXPECT_FALSE(finds("overdue_without_report", spoken));
}

TEST_F(M60Controls, order_without_a_reply_in_time) {
    const std::string late = before(
        "supervision_order",
        "issued",
        {{"heading", "Old"}, {"demand", "Do it."}, {"reply_by", world().day(-1)}}
    );
    const std::string clean = order({{"reply_by", world().day(5)}});
    act(world().office_head, clean, "issue");
    EXPECT_TRUE(finds("order_unanswered", late));
    EXPECT_FALSE(finds("order_unanswered", clean));
}

TEST_F(M60Controls, source_whose_findings_were_all_merged_away) {
    const std::string lost = compared_source("Lost");
    const std::string kept = compared_source("Kept");
    const std::string first = refined(finding_fields("First", {lost}));
    const std::string into = refined(finding_fields("Into", {kept}));
    EXPECT_FALSE(finds("source_lost_by_merge", lost));
    act(world().office_head,
        first,
        "merge",
        {{"fields", core::JsonObject{{"merged_into", id_of(into)}}},
         {"inputs", core::JsonObject{{"reason", "the same"}}}});
    EXPECT_TRUE(finds("source_lost_by_merge", lost));
    EXPECT_FALSE(finds("source_lost_by_merge", kept));
}

class M61Controls : public Controls {};

TEST_F(M61Controls, look_back_is_overdue) {
    const std::string finding = issued("Looked at late");
    struck_off(finding);
    const auto planned_ones = listed("look_back", "finding=" + id_of(finding));
    ASSERT_EQ(planned_ones.size(), 1U);
    EXPECT_FALSE(finds("look_back_overdue", planned_ones[0]));
    act(world().office_head,
        planned_ones[0],
        "move_date",
        with_inputs({{"to_day", world().day(-1)}, {"reason", "it was forgotten"}}));
    EXPECT_TRUE(finds("look_back_overdue", planned_ones[0]));
}

TEST_F(M61Controls, relapse_case_without_a_decision) {
    const std::string finding = issued("Undecided");
    struck_off(finding);
    const std::string looked = before(
        "look_back",
        "relapsed",
        {{"finding", id_of(finding)}, {"facts", "It came back."}, {"looked_on", world().day(-40)}}
    );
    const auto case_of = [&](core::JsonObject more) {
        core::JsonObject fields = {{"finding", id_of(finding)}, {"facts", "It came back."}};
        for (const auto& one : more) {
            fields[one.key()] = one.value();
        }
        return opened(world().reviewer, "relapse_case", fields);
    };
    const std::string late = case_of({{"look_back", id_of(looked)}});
    const std::string fresh = case_of({});
    EXPECT_TRUE(finds("relapse_undecided", late));
    EXPECT_FALSE(finds("relapse_undecided", fresh));
    act(world().office_head, late, "refute", with_fields({{"judgement", "It did not."}}));
    EXPECT_FALSE(finds("relapse_undecided", late));
}

class M62Controls : public Controls {
protected:
    static std::string institution(const std::string& finding, int issued_in) {
        std::string made = opened(
            world().unit_clerk,
            "institution",
            {{"heading", "Rules"},
             {"deed", "made"},
             {"findings", ids({finding})},
             {"wording", world().upload(world().unit_clerk, "rules of " + std::to_string(issued_in))
             }}
        );
        act(world().unit_clerk, made, "submit");
        act(world().reviewer, made, "pass_legality");
        act(people().principal,
            made,
            "issue",
            with_fields(
                {{"paper_no", "No. 6"},
                 {"issued_on", world().day(issued_in)},
                 {"in_force_on", world().day(issued_in)},
                 {"review_on", world().day(issued_in + 50)}}
            ));
        return made;
    }
};

TEST_F(M62Controls, institution_of_before_the_feedback_is_no_result) {
    const std::string finding = planned("Rules wanted");  // fed back thirty days ago
    const std::string before = institution(finding, -31);
    const std::string after = institution(finding, -30);
    EXPECT_TRUE(finds("institution_before_feedback", before));
    EXPECT_FALSE(finds("institution_before_feedback", after));
}

TEST_F(M62Controls, institution_was_not_reviewed_in_time) {
    const std::string finding = planned("Rules reviewed");
    const std::string late = institution(finding, -51);
    const std::string today = institution(finding, -50);
    EXPECT_TRUE(finds("institution_review_overdue", late));
    EXPECT_FALSE(finds("institution_review_overdue", today));
    act(world().office_clerk,
        late,
        "assess",
        with_fields({{"assessment", "It works."}, {"review_on", world().day(365)}}));
    EXPECT_FALSE(finds("institution_review_overdue", late));
}

class M63Controls : public Controls {};

TEST_F(M63Controls, comment_not_answered_in_time) {
    const auto comment = [](int received_in) {
        return opened(
            world().office_clerk,
            "public_comment",
            {{"channel", "phone"},
             {"received_on", world().day(received_in)},
             {"gist", "Somebody asks"},
             {"words", "Somebody asks something."}}
        );
    };
    const std::string fresh = comment(0);
    const std::string unsorted = comment(-30);
    EXPECT_FALSE(finds("comment_unanswered", fresh));
    EXPECT_TRUE(finds("comment_unanswered", unsorted));
    act(world().office_clerk, unsorted, "sort_out", with_fields({{"sort_of", "question"}}));
    const std::string unanswered = comment(-90);
    act(world().office_clerk, unanswered, "sort_out", with_fields({{"sort_of", "question"}}));
    EXPECT_TRUE(finds("comment_unanswered", unanswered));
    act(world().office_clerk, unanswered, "answer_it", with_fields({{"answer", "Thus."}}));
    EXPECT_FALSE(finds("comment_unanswered", unanswered));
}

TEST_F(M63Controls, publication_past_its_window) {
    const auto released = [](int window_to) {
        return before(
            "publicity",
            "released",
            {{"heading", "Progress"},
             {"window_from", world().day(-30)},
             {"window_to", world().day(window_to)}}
        );
    };
    const std::string over = released(-1);
    const std::string runs = released(0);
    EXPECT_TRUE(finds("publicity_past_window", over));
    EXPECT_FALSE(finds("publicity_past_window", runs));
}

class M02Controls : public Controls {};

TEST_F(M02Controls, resolution_is_overdue) {
    const std::string meeting = opened(
        world().office_clerk,
        "hearing",
        {{"heading", "Rectification"},
         {"kind", "dispatch"},
         {"planned_on", world().day(-1)},
         {"decides", false}}
    );
    const Reply held =
        act(world().office_clerk,
            meeting,
            "hold",
            with_fields(
                {{"held_on", world().day(-1)},
                 {"chair", people().principal.text()},
                 {"members_due", 9},
                 {"members_present", 7},
                 {"minutes", paper("minutes")},
                 {"resolved",
                  core::JsonArray{core::JsonObject{
                      {"dept", world().finance.text()},
                      {"task", "Do it"},
                      {"person", world().unit_clerk.text()},
                      {"due_by", world().day(5)}
                  }}}}
            ));
    ASSERT_EQ(held.state(), "held") << core::json_text(held.body);
    const auto tasks = listed("resolution", "hearing=" + id_of(meeting));
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_FALSE(finds("resolution_overdue", tasks[0]));
    core::JsonObject past = reason();
    past["fields"] = core::JsonObject{{"due_by", world().day(-1)}};
    act(world().office_head, tasks[0], "move_date", past);
    EXPECT_TRUE(finds("resolution_overdue", tasks[0]));
}

class M01Controls : public Controls {
protected:
    static core::JsonObject member(const core::Id& person, const char* duty) {
        return {{"person", person.text()}, {"duty", duty}};
    }
    static std::string established(const core::Id& head, const core::Id& other) {
        std::string group = opened(
            world().office_clerk,
            "leading_group",
            {{"heading", "Leading group"},
             {"paper_no", "No. 1"},
             {"office_in", world().office.text()},
             {"members", core::JsonArray{member(head, "head"), member(other, "deputy")}}}
        );
        EXPECT_EQ(act(people().principal, group, "establish").state(), "in_force");
        return group;
    }
};

TEST_F(M01Controls, leader_in_the_lead_outside_of_the_group) {
    const core::Id outsider =
        world().add_person("Leads, not in the group", {{world().office, "head"}});
    const std::string outside = planned("Outside", {{"lead_leader", outsider.text()}});
    const std::string inside = planned("Inside");
    established(people().principal, people().personnel);
    EXPECT_TRUE(finds("leader_outside_group", outside));
    EXPECT_FALSE(finds("leader_outside_group", inside));
}

TEST_F(M01Controls, principal_leads_no_hard_finding) {
    const core::Id head = world().add_person("Second principal", {{world().office, "principal"}});
    const std::string group = established(head, people().personnel);
    refined(finding_fields("Easy", {compared_source("Easy")}));
    EXPECT_FALSE(finds("principal_leads_none", group)) << "nothing is hard yet";
    core::JsonObject hard = finding_fields("Hard", {compared_source("Hard")});
    hard["priority"] = true;
    refined(hard);
    EXPECT_TRUE(finds("principal_leads_none", group));
    hard = finding_fields("Hard too", {compared_source("Hard too")});
    hard["priority"] = true;
    hard["lead_leader"] = head.text();
    refined(hard);
    EXPECT_FALSE(finds("principal_leads_none", group));
}

class M43Controls : public Controls {
protected:
    /// A post as an old paper has it, past what the procedure would have refused.
    static std::string post(core::JsonObject more) {
        static int number = 0;
        core::JsonObject fields =
            world().post_fields(world().office_clerk, "Body " + std::to_string(++number));
        fields["begins_on"] = world().day(-30);
        fields["ends_on"] = world().day(300);
        fields["approved_on"] = world().day(-60);
        fields["person"] = world().add_person("Post holder", {}).text();
        for (const auto& one : more) {
            fields[one.key()] = one.value();
        }
        return before("concurrent_post", "active", std::move(fields));
    }
};

TEST_F(M43Controls, serving_functionary_holds_an_office_of_a_foundation) {
    constexpr const char* kControl = "foundation_post_of_serving_official";
    const auto chair = [](const char* office, bool serving) {
        return post({{"body_kind", "foundation"}, {"office", office}, {"serving", serving}});
    };
    EXPECT_TRUE(finds(kControl, chair("chair", true)));
    EXPECT_FALSE(finds(kControl, chair("director", true)));
    EXPECT_FALSE(finds(kControl, chair("chair", false)));
}

TEST_F(M43Controls, civil_servant_is_paid) {
    EXPECT_TRUE(finds("paid_post", post({{"category", "civil_servant"}, {"paid", true}})));
    EXPECT_TRUE(finds(
        "paid_post",
        post(
            {{"category", "civil_servant"},
             {"pay", core::JsonObject{{"minor", 1}, {"currency", "CNY"}}}}
        )
    ));
    EXPECT_FALSE(finds("paid_post", post({{"category", "civil_servant"}})));
    EXPECT_FALSE(finds("paid_post", post({{"paid", true}}))) << "the law binds civil servants";
}

TEST_F(M43Controls, post_is_taken_up_before_approval) {
    EXPECT_TRUE(finds("post_before_approval", post({{"approved_on", world().day(-29)}})));
    EXPECT_FALSE(finds("post_before_approval", post({{"approved_on", world().day(-30)}})));
}

TEST_F(M43Controls, term_is_over) {
    EXPECT_TRUE(finds("term_over", post({{"ends_on", world().day(-1)}})));
    EXPECT_FALSE(finds("term_over", post({{"ends_on", world().day()}})));
}

TEST_F(M43Controls, more_posts_and_terms_than_the_limit) {
    const std::string person = world().add_person("Much asked for", {}).text();
    std::string last;
    int held = 0;
    do {
        last = post({{"person", person}});
        ++held;
    } while (held < 10 && !finds("too_many_posts", last));
    EXPECT_TRUE(finds("too_many_posts", last));
    EXPECT_GT(held, 1) << "one post is none too many";
    EXPECT_FALSE(finds("too_many_posts", post({}))) << "another person's";
    EXPECT_TRUE(finds("too_many_terms", post({{"term_no", 9}})));
    EXPECT_FALSE(finds("too_many_terms", post({{"term_no", 1}})));
}

TEST_F(M43Controls, legal_representative_of_a_foundation_and_of_another) {
    const std::string person = world().add_person("Represents", {}).text();
    const auto represents = [&](const char* kind) {
        return post({{"person", person}, {"body_kind", kind}, {"legal_representative", true}});
    };
    const std::string foundation = represents("foundation");
    EXPECT_FALSE(finds("two_legal_representations", foundation));
    const std::string other = represents("association");
    EXPECT_TRUE(finds("two_legal_representations", foundation));
    EXPECT_FALSE(finds("two_legal_representations", other)) << "the foundation's post is named";
}

}  // namespace

}  // namespace duban::scenarios
