// The long story, from a feedback typed in to numbers that were closed, reopened and proved: every
// figure is the sum of its rows, by all four counts.

#include <set>

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M60Story : public Rectification {
protected:
    static Reply figure(const std::string& name, const std::string& query = {}) {
        Reply reply = world().get(world().office_clerk, "/api/v1/figures/" + name, query);
        EXPECT_EQ(reply.status, 200) << core::json_text(reply.body);
        return reply;
    }
    static std::int64_t group(const Reply& figure, const char* name) {
        return core::find_integer(figure.body.at("groups"), name).value_or(0);
    }
    /// Every number is its rows: the groups add up to them, and so does the numerator.
    static void expect_explained(const Reply& figure) {
        std::map<std::string, std::int64_t> rows;
        std::set<std::string> entries;
        for (const core::Json& row : figure.list("rows")) {
            ++rows[text_of(row, "reason")];
            // A finding of several sources stands once under each of them.
            EXPECT_TRUE(entries.insert(core::json_text(row)).second) << "counted once";
        }
        std::int64_t total = 0;
        for (const auto& [reason, count] : rows) {
            EXPECT_EQ(group(figure, reason.c_str()), count) << reason;
            total += count;
        }
        EXPECT_EQ(figure.integer("total"), total);
        std::int64_t counted = 0;
        for (const core::Json& one : figure.list("counts")) {
            counted += rows[std::string{one.as_string()}];
        }
        EXPECT_EQ(figure.integer("counted"), counted);
    }

    // The stages, each resting on those before.
    static void type_in();
    static void refine();
    static void review_and_approve();
    static void issue_all();
    static void decide_who_works();
    static void answer_the_common_problem();
    static void close_some();
    static void end_what_has_no_unit();
    static void close_sources();
    static void decide_outside();
    static void look_back_and_reopen();
    static void expect_figures();
    static void expect_told_apart(const std::string& source);

    static std::string strike_on_paper(const std::string& finding);

    static inline std::string inspected_, audit_, audit_source_;
    static inline std::vector<std::string> sources_, alive_;
    static inline std::string common_, assisted_, objected_, transferred_, orphan_;
    static inline core::Id abolished_, school_clerk_;
    static inline std::vector<core::Id> schools_;
};

/// Twenty-three problems of the inspection, and one of an audit.
void M60Story::type_in() {
    inspected_ = inspection(23);
    for (int i = 1; i <= 23; ++i) {
        sources_.push_back(source(inspected_, "Problem " + std::to_string(i)));
    }
    act(world().reviewer, inspected_, "compare");
    audit_ = inspection(1, "audit");
    audit_source_ = source(audit_, "Audit item 4");
    act(world().reviewer, audit_, "compare");
    expect_explained(figure("by_source_finding", "source=" + id_of(inspected_)));
}

/// Nine are split into three each, one takes in what the audit says too: forty-one are alive.
void M60Story::refine() {
    const core::Id& clerk = world().office_clerk;
    abolished_ = world().add_unit("A department to be merged", {}, access::UnitKind::Other);
    world().add_person("Last clerk", {{abolished_, "clerk"}});
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const std::string heading = "Finding " + std::to_string(i + 1);
        const core::Id unit = i == 22 ? abolished_ : world().finance;
        const std::string finding = refined(finding_fields(heading, {sources_[i]}), unit);
        if (i >= 9) {
            alive_.push_back(finding);
            continue;
        }
        for (int part = 1; part <= 3; ++part) {
            act(clerk,
                finding,
                "split_off",
                with_inputs(
                    {{"heading", heading + "-" + std::to_string(part)}, {"reason", "three things"}}
                ));
        }
        act(clerk, finding, "finish_split");
        const auto parts = listed("finding", "parent=" + id_of(finding));
        EXPECT_EQ(parts.size(), 3U);
        alive_.insert(alive_.end(), parts.begin(), parts.end());
    }
    const std::string audited = refined(finding_fields("Audited", {audit_source_}));
    const std::string target = alive_.front();
    act(clerk, target, "amend", with_fields({{"sources", ids({sources_[0], audit_source_})}}));
    act(world().office_head,
        audited,
        "merge",
        {{"fields", core::JsonObject{{"merged_into", id_of(target)}}},
         {"inputs", core::JsonObject{{"reason", "the same matter"}}}});
    orphan_ = *std::find_if(alive_.begin(), alive_.end(), [](const std::string& one) {
        return text_of(world().get(world().office_clerk, one).body, "unit") == abolished_.text();
    });
    ASSERT_EQ(alive_.size(), 41U);
    const Reply counted = figure("by_finding_of_source", "source=" + id_of(inspected_));
    EXPECT_EQ(counted.integer("total"), 41);
    EXPECT_EQ(figure("by_finding_of_source", "source=" + id_of(audit_)).integer("total"), 1)
        << "once in the ledger, once in each source's report";
}

void M60Story::review_and_approve() {
    const core::Id& clerk = world().office_clerk;
    common_ = alive_[1];
    assisted_ = alive_[2];
    objected_ = alive_[3];
    transferred_ = alive_[4];
    core::JsonArray forty;
    std::vector<Wanted> posts;
    for (int i = 1; i <= 40; ++i) {
        schools_.push_back(world().add_unit(
            "School of the story " + std::to_string(i), {}, access::UnitKind::School
        ));
        posts.push_back({schools_.back(), "clerk"});
        forty.push_back(core::JsonObject{
            {"dept", schools_.back().text()},
            {"task", "Check the canteen"},
            {"person", nullptr},
            {"due_by", world().day(20)}
        });
    }
    school_clerk_ = world().add_person("Clerk of forty schools", posts);
    act(clerk,
        common_,
        "amend",
        with_fields({{"helpers", std::move(forty)}, {"close_rule", "each"}}));
    core::JsonArray one;
    one.push_back(core::JsonObject{
        {"dept", world().school.text()},
        {"task", "Send the figures"},
        {"person", world().unit_clerk.text()},
        {"due_by", world().day(20)}
    });
    act(clerk, assisted_, "amend", with_fields({{"helpers", std::move(one)}}));
    const std::string drafted = plan(alive_);
    act(people().discipline, drafted, "pass_review");
    act(people().inspector,
        drafted,
        "send_back",
        with_inputs({{"to", "draft"}, {"reason", "Who is responsible?"}}));
    refused(people().principal, drafted, "approve", {}, "entry.wrong_state", 409);
    act(clerk, drafted, "amend", with_fields({{"review_opinion", "It is said now."}}));
    act(clerk, drafted, "submit");
    approve(drafted);
    for (const std::string& finding : alive_) {
        EXPECT_EQ(state(finding), "planned");
    }
}

void M60Story::issue_all() {
    for (const std::string& finding : alive_) {
        act(world().office_clerk, finding, "issue");
    }
    EXPECT_EQ(listed("part", "finding=" + id_of(common_)).size(), 40U);
    EXPECT_EQ(listed("part", "finding=" + id_of(assisted_)).size(), 1U);
}

/// One objection is dismissed, one finding moves to another unit.
void M60Story::decide_who_works() {
    act(world().unit_clerk,
        objected_,
        "object",
        {{"fields",
          core::JsonObject{
              {"wanted_unit", world().school.text()}, {"objection", "It is theirs by the order."}
          }},
         {"inputs", core::JsonObject{{"pause_reason", "not_ours"}}}});
    act(world().office_head, objected_, "dismiss_objection", reason());
    act(world().office_head,
        transferred_,
        "transfer",
        {{"fields", core::JsonObject{{"responsible", school_clerk_.text()}}},
         {"inputs",
          core::JsonObject{{"to_unit", schools_.front().text()}, {"reason", "it is theirs"}}}});
    act(school_clerk_, transferred_, "report", with_inputs({{"done", "Begun."}}));
}

/// Forty schools: thirty-eight done, two in hand.
void M60Story::answer_the_common_problem() {
    const auto parts = listed("part", "finding=" + id_of(common_));
    for (std::size_t i = 0; i < 38; ++i) {
        act(school_clerk_,
            parts.at(i),
            "name_person",
            with_fields({{"person", school_clerk_.text()}}));
        act(school_clerk_, parts.at(i), "answer", with_fields({{"reply", "Checked."}}));
        act(world().office_clerk, parts.at(i), "accept");
    }
    const Reply done = figure("parts_done", "finding=" + id_of(common_));
    EXPECT_EQ(done.integer("counted"), 38);
    EXPECT_EQ(done.integer("total"), 40);
    EXPECT_EQ(done.text("rate"), "95.00");
    expect_explained(done);
}

/// The head signs by his delegate, the principal with a pen: recorded by one, compared by another.
std::string M60Story::strike_on_paper(const std::string& finding) {
    act(world().unit_clerk, finding, "report", with_inputs({{"done", "All of it."}}));
    done_measure(finding);
    applied(finding);
    const core::Id delegate = world().add_person("Delegate", {{world().finance, "staff"}});
    const core::Id post = world().posts_of(world().unit_head, "head").front();
    world().delegate(post, delegate);
    act(delegate, finding, "pass_unit", {{"post", post.text()}});
    const core::JsonObject sheet = {
        {"signer", people().principal.text()},
        {"signed_on", world().day()},
        {"words", "agreed"},
        {"scan", world().upload(world().office_clerk, "the signed sheet")}
    };
    const Reply recorded = act(world().office_clerk, finding, "sign_leader", {{"paper", sheet}});
    EXPECT_EQ(recorded.state(), "leader_review") << "a sheet counts when another compared it";
    const core::JsonObject compares = {
        {"paper",
         core::JsonObject{
             {"compares", text_of(recorded.body.at("round").at("signatures").as_array().at(0), "id")
             }
         }}
    };
    refused(
        world().office_clerk, finding, "sign_leader", compares, "signature.comparer_is_recorder"
    );
    EXPECT_EQ(
        act(people().second_clerk, finding, "sign_leader", compares).state(), "office_review"
    );
    act(world().reviewer, finding, "strike_off");
    EXPECT_EQ(act(world().second_reviewer, finding, "strike_off").state(), "struck_off");
    return finding;
}

/// Four findings, each all that there is of its problem.
void M60Story::close_some() {
    for (std::size_t i = 27; i < 30; ++i) {
        struck_off(alive_[i]);
    }
    strike_on_paper(alive_[39]);
}

void M60Story::end_what_has_no_unit() {
    world().abolish_unit(abolished_);
    const core::JsonObject why =
        with_fields({{"ended_reason", "unit_abolished"}, {"ended_paper", "Reform 1/2026"}});
    refused(world().office_head, orphan_, "end", why, "action.not_yours", 403);
    act(people().principal, orphan_, "end", why);
    EXPECT_EQ(state(orphan_), "ended");
    const std::string source = sources_[22];
    refused(world().reviewer, source, "close", {}, "source.nothing_closed");
    act(people().principal,
        source,
        "end",
        with_inputs({{"reason", "the unit is no more"}, {"paper_no", "Reform 1/2026"}}));
}

void M60Story::close_sources() {
    int closed = 0;
    for (const std::string& source : sources_) {
        const Reply shown = world().get(world().reviewer, source);
        if (shown.state() != "in_hand") {
            continue;
        }
        const Reply tried =
            world().send(world().reviewer, world().action(source, "close", shown.revision()));
        if (tried.status == 200) {
            ++closed;
        } else {
            const std::string code = tried.text("code");
            EXPECT_TRUE(code == "source.still_open" || code == "source.nothing_closed") << code;
        }
    }
    EXPECT_EQ(closed, 4);
}

/// The body outside recognises three of the four, and refuses one: from its paper, by two people.
void M60Story::decide_outside() {
    std::vector<std::string> closed;
    for (const std::string& source : sources_) {
        if (state(source) == "closed") {
            closed.push_back(source);
        }
    }
    ASSERT_EQ(closed.size(), 4U);
    const std::string decision = opened(
        world().office_clerk,
        "outside_decision",
        {{"heading", "On the closing of problems"},
         {"body", "An inspecting body"},
         {"paper_no", "Decision 5/2026"},
         {"decided_on", world().day()},
         {"scan", paper("decision")},
         {"recognised", ids({closed[0], closed[1], closed[2]})},
         {"refused", ids({closed[3]})}}
    );
    refused(world().office_clerk, decision, "compare", {}, "signature.apart");
    act(people().second_clerk, decision, "compare");
    EXPECT_EQ(field(closed[0], "recognised_on"), world().day());
    EXPECT_EQ(state(closed[3]), "in_hand");
    const Reply recognised = figure("by_recognition", "source=" + id_of(inspected_));
    EXPECT_EQ(recognised.integer("counted"), 3);
    EXPECT_EQ(recognised.integer("total"), 23);
    EXPECT_EQ(recognised.text("rate"), "13.04");
    expect_explained(recognised);
}

void M60Story::look_back_and_reopen() {
    const std::string finding = alive_[27];
    const auto planned = listed("look_back", "finding=" + id_of(finding));
    ASSERT_EQ(planned.size(), 1U);
    act(world().reviewer,
        planned.front(),
        "find_relapse",
        with_fields({{"facts", "One of three never got his refund."}}));
    const auto cases = listed("relapse_case", "finding=" + id_of(finding));
    ASSERT_EQ(cases.size(), 1U);
    EXPECT_EQ(state(finding), "struck_off");
    act(world().office_head,
        cases.front(),
        "establish",
        with_fields({{"judgement", "It is so."}, {"finish_by", world().day(50)}}));
    EXPECT_EQ(state(finding), "in_progress");
    EXPECT_EQ(field(finding, "first_due"), world().day(40));
    const auto orders = listed("supervision_order", "finding=" + id_of(finding));
    ASSERT_EQ(orders.size(), 1U);
    EXPECT_EQ(state(orders.front()), "draft") << "it waits for its signer";
}

void M60Story::expect_figures() {
    const Reply fed_back = figure("by_source_finding", "source=" + id_of(inspected_));
    EXPECT_EQ(fed_back.integer("total"), 23);
    EXPECT_EQ(group(fed_back, "closed") + group(fed_back, "ended") + group(fed_back, "open"), 23)
        << "fed back = closed + otherwise ended + open";
    EXPECT_EQ(group(fed_back, "ended"), 1);
    EXPECT_EQ(group(fed_back, "closed"), 2) << "one was refused outside, one reopened here";
    EXPECT_EQ(fed_back.text("rate"), "8.70");
    const Reply refined_ones = figure("by_finding_of_source", "source=" + id_of(inspected_));
    EXPECT_EQ(refined_ones.integer("total"), 41);
    EXPECT_EQ(refined_ones.integer("counted"), 3);
    EXPECT_EQ(group(refined_ones, "ended"), 1);
    EXPECT_EQ(refined_ones.text("rate"), "7.32");
    for (const char* name :
         {"by_source_finding",
          "by_recognition",
          "by_finding",
          "by_finding_of_source",
          "by_measure",
          "by_node",
          "on_first_date",
          "days_of_findings",
          "days_of_measures",
          "first_dates_kept",
          "finding_flow",
          "finding_age",
          "relapses",
          "parts_done"}) {
        expect_explained(figure(name));
    }
}

TEST_F(M60Story, feedback_becomes_closed_and_reopened_numbers) {
    type_in();
    ASSERT_NO_FATAL_FAILURE(refine());
    review_and_approve();
    issue_all();
    decide_who_works();
    answer_the_common_problem();
    close_some();
    end_what_has_no_unit();
    close_sources();
    ASSERT_NO_FATAL_FAILURE(decide_outside());
    ASSERT_NO_FATAL_FAILURE(look_back_and_reopen());
    expect_figures();
    const registers::Report report = world().verified();
    EXPECT_EQ(report.faults_total, 0) << (report.faults.empty() ? "" : report.faults.front().code);
    EXPECT_GT(report.own, 0);
    EXPECT_EQ(report.delegated, 1);
    EXPECT_EQ(report.paper, 1);
    EXPECT_GT(report.backfilled, 0) << "the notice came in as backfill";
}

/// Forty-seven of last year, thirty-one closed on paper: recorded by one, checked by another, told
/// apart from what was done here (P08).
TEST_F(M60Story, old_ledger_comes_in_as_backfill) {
    const core::Id recorder = world().add_person("Recorder", {{world().office, "clerk"}});
    const core::Id checker = world().add_person("Checker", {{world().office, "reviewer"}});
    const std::string decision = world().backfill_decision({"finding"}, recorder, checker);
    const std::int64_t before = world().verified().backfilled;
    const std::string source = compared_source("Of last year");
    for (int i = 1; i <= 47; ++i) {
        core::JsonObject fields = finding_fields("Old " + std::to_string(i), {source});
        fields["old_no"] = std::to_string(i);
        fields["first_due"] = "2023-12-31";
        fields["finish_by"] = "2023-12-31";
        const Reply entered = backfilled(
            recorder,
            "finding",
            std::move(fields),
            {{"decision", decision},
             {"state", i <= 31 ? "struck_off" : "in_progress"},
             {"claimed_on", "2023-11-30"},
             {"paper", "Sheet " + std::to_string(i)}}
        );
        ASSERT_EQ(entered.status, 201) << core::json_text(entered.body);
        EXPECT_TRUE(entered.list("deadlines").empty()) << "no light for days before the decision";
        if (i == 1) {
            world().refuse(
                recorder,
                world().action(
                    entered.path(),
                    "confirm_backfill",
                    entered.revision(),
                    {{"backfill", core::JsonObject{{"decision", decision}}}}
                ),
                403,
                "backfill.not_checker"
            );
        }
        act(checker,
            entered.path(),
            "backfill",
            {{"backfill", core::JsonObject{{"decision", decision}}}});
    }
    const registers::Report report = world().verified();
    EXPECT_EQ(report.backfilled, before + 94);
    EXPECT_EQ(report.faults_total, 0) << (report.faults.empty() ? "" : report.faults.front().code);
    const Reply counted = figure("by_finding_of_source", "source=" + field(source, "inspection"));
    EXPECT_EQ(counted.integer("counted"), 31);
    EXPECT_EQ(counted.integer("total"), 47);
    EXPECT_EQ(counted.text("rate"), "65.96");
    expect_explained(counted);
    expect_told_apart(source);
}

/// The same figure with, without and of backfill alone: groups, rate and rows follow.
void M60Story::expect_told_apart(const std::string& source) {
    refined(finding_fields("Of this year", {source}));
    const std::string query = "source=" + field(source, "inspection");
    const Reply with = figure("by_finding_of_source", query);
    EXPECT_EQ(with.integer("total"), 48);
    EXPECT_EQ(with.integer("backfilled"), 47);
    const Reply without = figure("by_finding_of_source", query + "&backfilled=false");
    EXPECT_EQ(without.integer("total"), 1);
    EXPECT_EQ(without.integer("counted"), 0);
    EXPECT_EQ(without.text("rate"), "0.00");
    EXPECT_EQ(group(without, "open"), 1);
    const Reply only = figure("by_finding_of_source", query + "&backfilled=true");
    EXPECT_EQ(only.integer("total"), 47);
    EXPECT_EQ(only.text("rate"), "65.96");
    for (const Reply* one : {&with, &without, &only}) {
        expect_explained(*one);
    }
    for (const core::Json& row : without.list("rows")) {
        EXPECT_FALSE(row.at("backfilled").as_bool());
    }
    world().refuse(
        world().office_clerk,
        {.path = "/api/v1/figures/by_finding", .query = "backfilled=perhaps"},
        400,
        "query.value_malformed"
    );
}

}  // namespace

}  // namespace duban::scenarios
