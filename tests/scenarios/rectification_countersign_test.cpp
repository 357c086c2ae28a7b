// 会签: a plan goes to the bodies it names for their opinion; each answers in its own words on its
// own day, silence is recorded as silence and never counted as consent (P06).

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M60Countersign : public Rectification {
protected:
    static void SetUpTestSuite() {
        Rectification::SetUpTestSuite();
        school_head_ = world().add_person("Head of the school", {{world().school, "head"}});
    }

    static core::JsonArray bodies(const std::vector<core::Id>& units, int reply_in = 5) {
        core::JsonArray asked;
        for (const core::Id& unit : units) {
            asked.push_back(
                core::JsonObject{{"dept", unit.text()}, {"reply_by", world().day(reply_in)}}
            );
        }
        return asked;
    }
    static std::string drafted(core::JsonArray asked) {
        const std::string finding = refined(finding_fields("Asked", {compared_source("Asked")}));
        return opened(
            world().office_clerk,
            "rectification_plan",
            {{"heading", "Plan sent out"},
             {"inspection", id_of(inspection(0))},
             {"findings", ids({finding})},
             {"paper", paper("plan")},
             {"asked", std::move(asked)}}
        );
    }
    static std::string sent_to(const std::vector<core::Id>& units) {
        std::string plan = drafted(bodies(units));
        EXPECT_EQ(act(world().office_clerk, plan, "ask").state(), "consulting");
        return plan;
    }
    static std::string opinion_of(const std::string& plan, const core::Id& unit) {
        const auto found = listed("countersign", "about=" + id_of(plan) + "&unit=" + unit.text());
        EXPECT_EQ(found.size(), 1U);
        return found.empty() ? std::string{} : found.front();
    }
    /// Asked on paper before, and its day is over.
    static std::string asked_before(const std::string& plan) {
        const std::string decision =
            world().backfill_decision({"countersign"}, world().office_clerk, world().office_head);
        return backfilled(
                   world().office_clerk,
                   "countersign",
                   {{"about", id_of(plan)},
                    {"heading", "Plan sent out"},
                    {"reply_by", world().day(-1)}},
                   {{"decision", decision},
                    {"state", "asked"},
                    {"claimed_on", world().day(-10)},
                    {"paper", "Letter 3"}}
        )
            .path();
    }
    static Reply opinions(const std::string& plan) {
        return world().get(
            world().office_clerk, "/api/v1/figures/opinions_on_plans", "about=" + id_of(plan)
        );
    }
    static std::int64_t group(const Reply& figure, const char* name) {
        return core::find_integer(figure.body.at("groups"), name).value_or(0);
    }
    static core::JsonObject says(const char* opinion, const char* words) {
        core::JsonObject fields = {{"opinion", opinion}};
        if (words != nullptr) {
            fields["words"] = words;
        }
        return with_fields(std::move(fields));
    }

    static inline core::Id school_head_;
};

TEST_F(M60Countersign, each_body_answers_for_itself) {
    const std::string plan = sent_to({world().finance, world().school});
    const std::string finances = opinion_of(plan, world().finance);
    const std::string schools = opinion_of(plan, world().school);
    EXPECT_EQ(field(finances, "paper"), field(plan, "paper")) << "it reads what it is asked about";
    const Reply asked = world().get(world().unit_head, finances);
    ASSERT_EQ(asked.list("deadlines").size(), 1U);
    EXPECT_EQ(text_of(asked.list("deadlines").front(), "holder"), "unit.head");
    world().refuse(world().unit_head, {.path = schools}, 404, "entry.not_found");
    refused(
        world().unit_clerk, finances, "answer", says("agree", nullptr), "action.not_yours", 403
    );
    refused(world().unit_head, finances, "answer", {}, "entry.incomplete");
    refused(world().unit_head, finances, "answer", says("change", nullptr), "countersign.no_words");
    EXPECT_EQ(
        act(world().unit_head, finances, "answer", says("change", "Give it a month more.")).state(),
        "replied"
    );
    EXPECT_EQ(field(finances, "replied_on"), world().day());
    EXPECT_EQ(state(schools), "asked");
    act(school_head_, schools, "answer", says("agree", nullptr));
    EXPECT_EQ(opinions(plan).integer("counted"), 1);
    EXPECT_EQ(opinions(plan).integer("total"), 2);
}

TEST_F(M60Countersign, none_goes_on_before_each_has_answered) {
    const std::string plan = drafted(bodies({world().finance}, -1));
    refused(world().office_clerk, plan, "ask", {}, "plan.reply_in_the_past");
    act(world().office_clerk,
        plan,
        "amend",
        with_fields({{"asked", bodies({world().finance, world().school})}}));
    refused(world().office_clerk, plan, "submit", {}, "plan.not_asked");
    act(world().office_clerk, plan, "ask");
    refused(world().office_clerk, plan, "submit", {}, "plan.opinions_open");
    refused(world().office_clerk, plan, "redraft", {}, "plan.opinions_open");
    refused(world().office_head, plan, "drop", reason(), "plan.opinions_open");
    act(school_head_, opinion_of(plan, world().school), "answer", says("agree", nullptr));
    const std::string finances = opinion_of(plan, world().finance);
    act(world().unit_head, finances, "answer", says("disagree", "It is not ours to do."));
    refused(world().office_clerk, plan, "submit", {}, "plan.opinion_not_handled");
    const auto handled = [](core::JsonObject fields) { return with_fields(std::move(fields)); };
    refused(
        world().office_clerk,
        finances,
        "handle",
        handled({{"handling", "not_adopted"}}),
        "countersign.no_reason"
    );
    act(world().office_clerk,
        finances,
        "handle",
        handled({{"handling", "not_adopted"}, {"handling_words", "The order says it is."}}));
    act(world().office_clerk,
        plan,
        "take_opinions",
        with_fields({{"review_opinion", "The order is quoted now."}}));
    EXPECT_EQ(act(world().office_clerk, plan, "submit").state(), "joint_review");
    approve(plan);
}

TEST_F(M60Countersign, silence_is_no_consent) {
    const std::string plan = sent_to({world().school});
    const std::string schools = opinion_of(plan, world().school);
    refused(world().office_clerk, schools, "note_silence", {}, "countersign.still_time");
    act(school_head_, schools, "answer", says("agree", nullptr));
    const std::string silent = asked_before(plan);
    refused(world().office_clerk, plan, "submit", {}, "plan.opinions_open");
    refused(world().unit_head, silent, "note_silence", {}, "action.not_yours", 403);
    EXPECT_EQ(act(world().office_clerk, silent, "note_silence").state(), "unanswered");
    const Reply shown = opinions(plan);
    EXPECT_EQ(shown.integer("total"), 2);
    EXPECT_EQ(shown.integer("counted"), 1) << "whoever is silent has not agreed";
    EXPECT_EQ(group(shown, "unanswered"), 1);
    EXPECT_EQ(field(silent, "opinion"), "");
    EXPECT_EQ(act(world().office_clerk, plan, "submit").state(), "joint_review");
}

TEST_F(M60Countersign, opinion_that_comes_late_is_handled_before_the_principal_signs) {
    const std::string plan = sent_to({world().school});
    act(school_head_, opinion_of(plan, world().school), "answer", says("agree", nullptr));
    const std::string late = asked_before(plan);
    act(world().office_clerk, late, "note_silence");
    act(world().office_clerk, plan, "submit");
    for (const core::Id& body : {people().discipline, people().personnel, people().inspector}) {
        act(body, plan, "pass_review");
    }
    act(world().unit_head, late, "answer", says("disagree", "We were not told in time."));
    refused(people().principal, plan, "approve", {}, "plan.opinion_not_handled");
    act(world().office_clerk, late, "handle", with_fields({{"handling", "adopted"}}));
    EXPECT_EQ(act(people().principal, plan, "approve").state(), "approved");
}

TEST_F(M60Countersign, body_is_recalled_with_a_reason_and_left_out) {
    const std::string plan = sent_to({world().finance, world().school});
    act(school_head_, opinion_of(plan, world().school), "answer", says("agree", nullptr));
    const std::string finances = opinion_of(plan, world().finance);
    refused(world().office_clerk, finances, "recall", reason(), "action.not_yours", 403);
    act(world().office_head, finances, "recall", reason());
    refused(world().office_clerk, plan, "submit", {}, "plan.not_asked");
    act(world().office_clerk, plan, "redraft");
    act(world().office_clerk, plan, "amend", with_fields({{"asked", bodies({world().school})}}));
    EXPECT_EQ(act(world().office_clerk, plan, "submit").state(), "joint_review");
    EXPECT_EQ(opinions(plan).integer("total"), 1);
}

}  // namespace

}  // namespace duban::scenarios
