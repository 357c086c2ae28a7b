// Row M61: what was closed is looked at again; whether it relapsed a person decides.

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M61 : public Rectification {
protected:
    static std::string closed(const std::string& heading) {
        std::string finding = issued(heading);
        struck_off(finding);
        return finding;
    }
    static std::string look_back(const std::string& finding) {
        const auto found = listed("look_back", "finding=" + id_of(finding));
        return found.empty() ? "" : found.front();
    }
};

TEST_F(M61, closing_plans_the_look_back) {
    const std::string finding = closed("Closed");
    const std::string planned_one = look_back(finding);
    ASSERT_NE(planned_one, "");
    EXPECT_GT(field(planned_one, "planned_on"), world().day(170));
    EXPECT_FALSE(world().hits("closed_without_look_back").contains(id_of(finding)));
    refused(world().reviewer, planned_one, "hold_firm", {}, "entry.incomplete");
    act(world().reviewer,
        planned_one,
        "hold_firm",
        with_fields({{"facts", "It still works."}, {"counterpart", "A teacher"}}));
    EXPECT_EQ(state(planned_one), "firm");
}

TEST_F(M61, discipline_reads_what_it_looks_at) {
    const std::string finding = closed("Looked at by discipline");
    const std::string measure = issued_measure(finding);
    const Reply evidence = world().open(
        world().unit_clerk,
        "evidence",
        {{"heading", "A receipt"},
         {"kind", "money"},
         {"dated_on", world().day()},
         {"finding", id_of(finding)},
         {"paper", world().upload(world().unit_clerk, "a receipt")}}
    );
    ASSERT_EQ(evidence.status, 201) << core::json_text(evidence.body);
    const core::Id& discipline = people().discipline;
    const Reply planned_one = world().get(discipline, look_back(finding));
    EXPECT_EQ(text_of(planned_one.body.at("labels").at(id_of(finding)), "register"), "finding")
        << core::json_text(planned_one.body.at("labels"));
    for (const std::string& path : {finding, measure, evidence.path()}) {
        EXPECT_EQ(world().get(discipline, path).status, 200) << path;
    }
    // It reads what was fed back, too, but not the inspection; no figure names that to it.
    const Reply refined = world().get(discipline, finding);
    for (const core::Json& one : refined.body.at("fields").at("sources").as_array()) {
        const std::string path = entry_path("source_finding", std::string{one.as_string()});
        const Reply source = world().get(discipline, path);
        EXPECT_EQ(source.status, 200);
        const std::string inspected = text_of(source.body.at("fields"), "inspection");
        EXPECT_NE(core::find_member(source.body.at("labels").at(inspected), "restricted"), nullptr);
    }
    const Reply by_source = world().get(discipline, "/api/v1/figures/by_finding_of_source");
    EXPECT_GT(by_source.integer("total"), 0);
    for (const core::Json& row : by_source.list("rows")) {
        EXPECT_TRUE(row.at("facts").at("source").is_null());
        EXPECT_EQ(row.at("restricted").as_array().size(), 1U);
    }
    const Reply to_office =
        world().get(world().office_clerk, "/api/v1/figures/by_finding_of_source");
    EXPECT_EQ(to_office.integer("total"), by_source.integer("total"));
    EXPECT_TRUE(to_office.list("rows").front().at("restricted").as_array().empty());
    act(discipline,
        look_back(finding),
        "hold_firm",
        with_fields({{"facts", "It still works."}, {"counterpart", "A teacher"}}));
}

TEST_F(M61, nothing_reopens_by_itself) {
    const std::string finding = closed("Relapsed");
    act(world().reviewer,
        look_back(finding),
        "find_relapse",
        with_fields({{"facts", "It does not work any more."}}));
    const auto cases = listed("relapse_case", "finding=" + id_of(finding));
    ASSERT_EQ(cases.size(), 1U);
    EXPECT_EQ(state(finding), "struck_off") << "a person decides";
    world().refuse(
        world().office_head,
        world().action(finding, "reopen", world().get(world().office_clerk, finding).revision()),
        403,
        "action.only_caused"
    );
    const std::string opened_case = cases.front();
    const core::JsonObject past =
        with_fields({{"judgement", "It came back."}, {"finish_by", world().day(-1)}});
    refused(world().office_head, opened_case, "establish", past, "relapse.date_past");
    refused(world().reviewer, opened_case, "establish", {}, "action.not_yours", 403);
    act(world().office_head,
        opened_case,
        "establish",
        with_fields({{"judgement", "It came back."}, {"finish_by", world().day(25)}}));
    EXPECT_EQ(state(finding), "in_progress");
    EXPECT_EQ(field(finding, "finish_by"), world().day(25));
    EXPECT_EQ(field(finding, "first_due"), world().day(40)) << "lateness counts from the first";
    EXPECT_EQ(field(finding, "reopened_on"), world().day());
    EXPECT_EQ(listed("supervision_order", "finding=" + id_of(finding)).size(), 1U)
        << "an order is drafted for its signer";
}

TEST_F(M61, case_may_be_refuted_or_be_a_new_problem) {
    const std::string finding = closed("Doubted");
    const auto open_case = [&] {
        return opened(
            world().reviewer,
            "relapse_case",
            {{"finding", id_of(finding)}, {"facts", "A control found something."}}
        );
    };
    const std::string first = open_case();
    refused(world().office_head, first, "refute", {}, "entry.incomplete");
    act(world().office_head, first, "refute", with_fields({{"judgement", "Sent by the office."}}));
    EXPECT_EQ(state(finding), "struck_off");
    const std::string second = open_case();
    act(world().office_head,
        second,
        "find_new",
        with_fields({{"judgement", "Something else."}, {"gist", "Another problem"}}));
    EXPECT_EQ(state(finding), "struck_off");
    EXPECT_EQ(state(second), "new_problem");
}

TEST_F(M61, what_is_in_hand_cannot_relapse) {
    const std::string finding = issued("In hand");
    const Reply refusal = world().open(
        world().reviewer,
        "relapse_case",
        {{"finding", id_of(finding)}, {"facts", "A control found something."}}
    );
    EXPECT_EQ(refusal.text("code"), "relapse.not_closed");
}

}  // namespace

}  // namespace duban::scenarios
