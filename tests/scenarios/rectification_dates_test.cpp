// First dates (P11, P22): ten ways to move one; none succeeds, and each is listed.

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M60Dates : public Rectification {
protected:
    static constexpr int kFirst = 40;  ///< days from today, in every plan of these scenarios

    static std::string due(const std::string& finding) {
        const Reply shown = world().get(world().office_clerk, finding);
        for (const core::Json& clock : shown.list("deadlines")) {
            if (text_of(clock, "name") == "finish") {
                EXPECT_EQ(text_of(clock, "first_on"), field(finding, "first_due"));
                return text_of(clock, "due_on");
            }
        }
        return {};
    }
    /// How the figure of moved dates lists the finding.
    static std::string listed_as(const std::string& finding) {
        const Reply figure = world().get(world().office_clerk, "/api/v1/figures/first_dates_kept");
        for (const core::Json& row : figure.list("rows")) {
            if (text_of(row, "id") == id_of(finding)) {
                EXPECT_EQ(text_of(row.at("facts"), "first_due"), field(finding, "first_due"));
                return text_of(row, "reason");
            }
        }
        return "missing";
    }
    static void expect_first(const std::string& finding, const std::string& listed) {
        EXPECT_EQ(field(finding, "first_due"), world().day(kFirst));
        EXPECT_EQ(listed_as(finding), listed);
        const auto hits = world().hits("first_date_moved");
        EXPECT_EQ(hits.contains(id_of(finding)), listed == "moved_later");
    }
    static core::JsonObject moved_to(int days, core::JsonObject inputs) {
        return {
            {"fields", core::JsonObject{{"finish_by", world().day(days)}}},
            {"inputs", std::move(inputs)}
        };
    }
};

TEST_F(M60Dates, first_date_survives_a_revised_plan) {
    const std::string finding = issued("Revised plan");
    refused(
        world().office_head,
        finding,
        "move_date",
        moved_to(90, {{"reason", "more time"}}),
        "entry.invalid_fields",
        400
    );
    act(world().office_head,
        finding,
        "move_date",
        moved_to(90, {{"reason", "more time"}, {"paper_no", "Plan 2"}}));
    EXPECT_EQ(due(finding), world().day(90));
    expect_first(finding, "moved_later");
}

TEST_F(M60Dates, first_date_survives_a_split) {
    const std::string finding = issued("Split");
    const auto split_off = [&](const char* heading) {
        act(world().office_clerk,
            finding,
            "split_off",
            with_inputs({{"heading", heading}, {"reason", "two things"}}));
    };
    split_off("One half");
    refused(world().office_clerk, finding, "finish_split", {}, "finding.split_in_one");
    split_off("Other half");
    EXPECT_EQ(act(world().office_clerk, finding, "finish_split").state(), "split");
    const auto halves = listed("finding", "parent=" + id_of(finding));
    ASSERT_EQ(halves.size(), 2U);
    for (const std::string& half : halves) {
        act(world().office_clerk, half, "amend", with_fields({{"finish_by", world().day(200)}}));
    }
    approve(plan(halves));
    for (const std::string& half : halves) {
        EXPECT_EQ(due(half), world().day(200));
        EXPECT_EQ(field(half, "old_no"), world().get(world().office_clerk, finding).text("number"));
        expect_first(half, "moved_later");
    }
}

TEST_F(M60Dates, first_date_survives_a_merge) {
    const std::string early = issued("Early");
    const std::string late = issued("Late", {{"finish_by", world().day(150)}});
    refused(
        world().office_head,
        early,
        "merge",
        {{"fields", core::JsonObject{{"merged_into", id_of(early)}}},
         {"inputs", core::JsonObject{{"reason", "the same"}}}},
        "finding.merged_into_itself"
    );
    act(world().office_head,
        early,
        "merge",
        {{"fields", core::JsonObject{{"merged_into", id_of(late)}}},
         {"inputs", core::JsonObject{{"reason", "the same"}}}});
    EXPECT_EQ(due(late), world().day(150));
    expect_first(late, "moved_later");
}

TEST_F(M60Dates, first_date_survives_a_transfer) {
    const std::string finding = issued("Transferred");
    act(world().office_head,
        finding,
        "transfer",
        {{"fields", core::JsonObject{{"responsible", world().unit_head.text()}}},
         {"inputs", core::JsonObject{{"to_unit", world().school.text()}, {"reason", "theirs"}}}});
    EXPECT_EQ(due(finding), world().day(kFirst));
    expect_first(finding, "kept");
}

TEST_F(M60Dates, first_date_survives_a_reopening) {
    const std::string finding = issued("Reopened");
    struck_off(finding);
    const std::string relapse = opened(
        world().reviewer, "relapse_case", {{"finding", id_of(finding)}, {"facts", "It came back."}}
    );
    act(world().office_head,
        relapse,
        "establish",
        with_fields({{"judgement", "It came back."}, {"finish_by", world().day(120)}}));
    EXPECT_EQ(due(finding), world().day(120));
    expect_first(finding, "moved_later");
}

TEST_F(M60Dates, first_date_survives_an_ending_and_a_new_issue) {
    const std::string finding = issued("Ended and renewed");
    act(people().principal,
        finding,
        "end",
        with_fields({{"ended_reason", "overtaken"}, {"ended_paper", "No. 9"}}));
    act(world().office_head, finding, "renew", moved_to(180, {{"reason", "not so"}}));
    act(world().office_clerk, finding, "issue");
    EXPECT_EQ(due(finding), world().day(180));
    expect_first(finding, "moved_later");
}

TEST_F(M60Dates, first_date_survives_a_change_of_kind) {
    const std::string finding = issued("Another kind");
    core::JsonObject body = moved_to(700, {{"reason", "it takes long"}});
    body["fields"].as_object()["kind"] = "long_term";
    refused(world().office_head, finding, "change_kind", body, "finding.long_term_without_post");
    body["fields"].as_object()["responsible_post"] = "Accountant";
    act(world().office_head, finding, "change_kind", body);
    EXPECT_EQ(due(finding), world().day(700));
    expect_first(finding, "moved_later");
}

TEST_F(M60Dates, first_date_survives_a_pause) {
    const std::string finding = issued("Paused");
    refused(world().office_head, finding, "suspend", reason(), "entry.invalid_fields", 400);
    act(world().office_head,
        finding,
        "suspend",
        with_inputs({{"reason", "a hearing"}, {"pause_reason", "hearing"}}));
    EXPECT_EQ(act(world().office_head, finding, "resume").state(), "issued");
    EXPECT_EQ(due(finding), world().day(kFirst));
    expect_first(finding, "kept");
}

TEST_F(M60Dates, first_date_survives_a_backfill) {
    const std::string finding = issued("Backfilled");
    const core::Id recorder = world().add_person("Recorder", {{world().office, "clerk"}});
    const core::Id checker = world().add_person("Checker", {{world().office, "reviewer"}});
    const std::string decision = world().backfill_decision({"finding"}, recorder, checker);
    const auto backfill = [&](core::JsonObject fields) {
        return core::JsonObject{
            {"fields", std::move(fields)},
            {"backfill",
             core::JsonObject{
                 {"decision", decision},
                 {"state", "issued"},
                 {"claimed_on", world().day(-10)},
                 {"paper", "No. 10"}
             }}
        };
    };
    refused(
        recorder,
        finding,
        "backfill",
        backfill({{"first_due", world().day(300)}}),
        "deadline.first_date_kept"
    );
    act(recorder, finding, "backfill", backfill({{"finish_by", world().day(300)}}));
    expect_first(finding, "moved_later");
}

TEST_F(M60Dates, first_date_survives_a_calendar_loaded_later) {
    const std::string finding = issued("Calendar");
    world().load_calendar(world().day(kFirst));
    act(world().unit_clerk, finding, "report", with_inputs({{"done", "Begun."}}));
    EXPECT_EQ(due(finding), world().day(kFirst));
    expect_first(finding, "kept");
}

TEST_F(M60Dates, verify_finds_every_step_about_dates_lawful) {
    const std::string finding = issued("Verified");
    act(world().office_head,
        finding,
        "move_date",
        moved_to(90, {{"reason", "more time"}, {"paper_no", "Plan 2"}}));
    const registers::Report report = world().verified();
    EXPECT_EQ(report.faults_total, 0) << (report.faults.empty() ? "" : report.faults.front().code);
}

}  // namespace

}  // namespace duban::scenarios
