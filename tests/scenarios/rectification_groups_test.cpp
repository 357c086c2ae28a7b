// Rows M01, M02 and M03: leading group, meetings and what they resolve, division of work.

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M01 : public Rectification {
protected:
    static core::JsonObject member(const core::Id& person, const char* duty) {
        return {{"person", person.text()}, {"duty", duty}};
    }
    static std::string group(core::JsonArray members) {
        return opened(
            world().office_clerk,
            "leading_group",
            {{"heading", "Leading group"},
             {"paper_no", "No. 1"},
             {"office_in", world().office.text()},
             {"members", std::move(members)}}
        );
    }
};

TEST_F(M01, group_is_led_by_the_principal) {
    const std::string drafted = group({member(world().unit_head, "head")});
    refused(people().principal, drafted, "establish", {}, "group.head_not_principal");
    const core::Id& clerk = world().office_clerk;
    const auto amend = [&](core::JsonArray members) {
        act(clerk, drafted, "amend", with_fields({{"members", std::move(members)}}));
    };
    amend({member(people().principal, "head"), member(people().personnel, "head")});
    refused(people().principal, drafted, "establish", {}, "group.one_head");
    amend({member(people().principal, "head")});
    refused(people().principal, drafted, "establish", {}, "group.head_alone");
    amend({member(people().principal, "head"), member(people().personnel, "member")});
    refused(clerk, drafted, "establish", {}, "action.not_yours", 403);
    const Reply established = act(people().principal, drafted, "establish");
    EXPECT_EQ(established.state(), "in_force");
    EXPECT_TRUE(established.text("number").starts_with("LD-"));
    EXPECT_EQ(field(drafted, "established_on"), world().day());
}

TEST_F(M01, change_of_members_keeps_the_rules_and_its_paper) {
    const std::string kept =
        group({member(people().principal, "head"), member(people().discipline, "deputy")});
    act(people().principal, kept, "establish");
    refused(
        people().principal,
        kept,
        "adjust",
        {{"fields",
          core::JsonObject{{"members", core::JsonArray{member(people().discipline, "head")}}}},
         {"inputs", core::JsonObject{{"reason", "he moved"}}}},
        "group.head_not_principal"
    );
    refused(people().principal, kept, "adjust", {}, "entry.invalid_fields", 400);
    act(people().principal,
        kept,
        "adjust",
        {{"fields",
          core::JsonObject{
              {"paper_no", "No. 2"},
              {"members",
               core::JsonArray{
                   member(people().principal, "head"), member(people().personnel, "deputy")
               }}
          }},
         {"inputs", core::JsonObject{{"reason", "he moved"}}}});
    EXPECT_EQ(field(kept, "paper_no"), "No. 2");
    const Reply history = world().get(world().office_clerk, kept + "/history");
    EXPECT_EQ(history.list("records").size(), 3U);
    act(people().principal, kept, "revoke", with_inputs({{"reason", "done"}, {"paper_no", "No. 3"}})
    );
    EXPECT_EQ(state(kept), "revoked");
}

TEST_F(M01, member_without_a_post_is_a_vacancy) {
    const core::Id gone = world().add_person("Without a post", {});
    const std::string kept = group({member(people().principal, "head"), member(gone, "member")});
    EXPECT_FALSE(world().hits("group_vacancy").contains(id_of(kept)));
    act(people().principal, kept, "establish");
    EXPECT_TRUE(world().hits("group_vacancy").contains(id_of(kept)));
}

class M02 : public Rectification {
protected:
    static std::string meeting(const char* kind, bool decides = false) {
        return opened(
            world().office_clerk,
            "hearing",
            {{"heading", "Rectification"},
             {"kind", kind},
             {"planned_on", world().day(-1)},
             {"decides", decides}}
        );
    }
    static core::JsonObject held(core::JsonObject more = {}) {
        core::JsonObject fields = {
            {"held_on", world().day(-1)},
            {"chair", people().principal.text()},
            {"members_due", 9},
            {"members_present", 7},
            {"minutes", paper("minutes")}
        };
        for (auto& one : more) {
            fields[one.key()] = one.value();
        }
        return with_fields(std::move(fields));
    }
};

TEST_F(M02, party_group_decides_by_its_rules) {
    const core::Id& clerk = world().office_clerk;
    const std::string decides = meeting("party_group", true);
    refused(clerk, decides, "hold", {}, "entry.incomplete");
    refused(clerk, decides, "hold", held({{"held_on", world().day(1)}}), "hearing.in_the_future");
    refused(clerk, decides, "hold", held({{"members_present", 4}}), "hearing.no_quorum");
    refused(clerk, decides, "hold", held({{"votes_for", 4}}), "hearing.votes_too_few");
    refused(clerk, decides, "hold", held({{"votes_for", 8}}), "hearing.votes_too_few");
    refused(clerk, decides, "hold", held({{"votes_for", 6}}), "hearing.vote_form");
    act(clerk,
        decides,
        "hold",
        held({{"votes_for", 5}, {"chair_spoke_last", true}, {"voted_one_by_one", true}}));
    EXPECT_EQ(state(decides), "held");
}

TEST_F(M02, other_meetings_are_not_bound_by_rules_of_voting) {
    const std::string dispatch = meeting("dispatch");
    act(world().office_clerk, dispatch, "hold", held({{"members_present", 2}}));
    EXPECT_EQ(state(dispatch), "held");
}

TEST_F(M02, each_thing_resolved_is_followed_to_its_end) {
    core::JsonArray resolved;
    for (const core::Id& dept : {world().finance, world().school}) {
        resolved.push_back(core::JsonObject{
            {"task", "Pay it back"},
            {"dept", dept.text()},
            {"person", world().unit_clerk.text()},
            {"due_by", world().day(10)}
        });
    }
    const core::Id& clerk = world().office_clerk;
    const std::string held_one = meeting("report_heard");
    act(clerk, held_one, "hold", held({{"resolved", std::move(resolved)}}));
    const auto tasks = listed("resolution", "hearing=" + id_of(held_one));
    ASSERT_EQ(tasks.size(), 2U);
    refused(clerk, held_one, "settle", {}, "hearing.resolutions_open");
    const std::string own =
        listed("resolution", "hearing=" + id_of(held_one) + "&unit=" + world().finance.text())
            .at(0);
    refused(world().unit_clerk, own, "answer", {}, "entry.incomplete");
    act(world().unit_clerk, own, "answer", with_fields({{"done", "Paid back."}}));
    refused(world().unit_clerk, own, "settle", {}, "action.not_yours", 403);
    act(clerk, own, "settle");
    const std::string other = tasks.at(0) == own ? tasks.at(1) : tasks.at(0);
    act(world().office_head, other, "drop", reason());
    EXPECT_EQ(act(clerk, held_one, "settle").state(), "settled");
}

TEST_F(M02, number_of_meetings_is_counted_not_typed) {
    const auto count = [] {
        return world()
            .get(world().office_clerk, "/api/v1/figures/meetings_held")
            .integer("counted");
    };
    const std::int64_t before = count();
    const std::string planned = meeting("on_site");
    EXPECT_EQ(count(), before);
    act(world().office_clerk, planned, "hold", held());
    EXPECT_EQ(count(), before + 1);
}

class M03 : public Rectification {
protected:
    static std::string division(const core::Id& leader, const std::string& area) {
        return opened(
            world().office_clerk,
            "work_division",
            {{"leader", leader.text()},
             {"area", area},
             {"paper_no", "No. 4"},
             {"from_on", world().day(-100)}}
        );
    }
};

TEST_F(M03, area_has_one_leader_at_a_time) {
    const std::string first = division(people().personnel, "finance");
    refused(world().office_clerk, first, "enforce", {}, "action.not_yours", 403);
    act(world().office_head, first, "enforce");
    const std::string second = division(people().discipline, "finance");
    refused(world().office_head, second, "enforce", {}, "division.area_taken");
    act(world().office_head, first, "close", with_inputs({{"paper_no", "No. 5"}}));
    EXPECT_EQ(field(first, "ended_on"), world().day());
    EXPECT_EQ(act(world().office_head, second, "enforce").state(), "in_force");
}

TEST_F(M03, leader_outside_his_area_is_a_hint_and_no_refusal) {
    act(world().office_head, division(people().personnel, "schools"), "enforce");
    const std::string strange = planned("Strange leader", {{"area", "schools"}});
    const std::string fitting = planned(
        "Fitting leader", {{"area", "schools"}, {"lead_leader", people().personnel.text()}}
    );
    const auto hits = world().hits("leader_outside_area");
    EXPECT_TRUE(hits.contains(id_of(strange)));
    EXPECT_FALSE(hits.contains(id_of(fitting)));
}

TEST_F(M03, plan_is_not_approved_while_a_finding_has_no_leader) {
    core::JsonObject fields = finding_fields("No leader", {compared_source("No leader")});
    fields.erase("lead_leader");
    const std::string finding = refined(fields);
    const std::string drafted = plan({finding});
    for (const core::Id& body : {people().discipline, people().personnel, people().inspector}) {
        act(body, drafted, "pass_review");
    }
    refused(people().principal, drafted, "approve", {}, "finding.no_leader");
    EXPECT_EQ(state(finding), "draft");
}

}  // namespace

}  // namespace duban::scenarios
