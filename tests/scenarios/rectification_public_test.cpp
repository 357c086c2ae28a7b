// Rows M62 and M63: institutions and results, publications and what the public says.

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M62 : public Rectification {
protected:
    static std::string institution(bool for_comment) {
        return opened(
            world().unit_clerk,
            "institution",
            {{"heading", "Rules of procurement"},
             {"deed", "made"},
             {"wording", world().upload(world().unit_clerk, "rules " + std::to_string(++number_))},
             {"for_comment", for_comment}}
        );
    }
    static core::JsonObject paper_of(const std::string& in_force_on) {
        return with_fields(
            {{"paper_no", "No. 6"},
             {"issued_on", world().day()},
             {"in_force_on", in_force_on},
             {"review_on", world().day(365)}}
        );
    }
    static std::int64_t issued_ones() {
        return world()
            .get(world().office_clerk, "/api/v1/figures/institutions_issued")
            .integer("counted");
    }
    static Reply claim(core::JsonObject fields) {
        return world().open(world().unit_clerk, "outcome", std::move(fields));
    }
    static int number_;
};
int M62::number_ = 0;

TEST_F(M62, draft_for_comment_is_not_in_force) {
    const std::int64_t before = issued_ones();
    const std::string draft = institution(true);
    refused(world().unit_clerk, draft, "submit", {}, "institution.still_for_comment");
    EXPECT_EQ(issued_ones(), before) << "it does not count";
    act(world().unit_clerk, draft, "amend", with_fields({{"for_comment", false}}));
    act(world().unit_clerk, draft, "submit");
    act(world().reviewer, draft, "pass_legality");
    refused(people().principal, draft, "issue", {}, "entry.incomplete");
    refused(
        people().principal,
        draft,
        "issue",
        paper_of(world().day(-1)),
        "institution.in_force_before_issued"
    );
    EXPECT_EQ(act(people().principal, draft, "issue", paper_of(world().day())).state(), "issued");
    EXPECT_EQ(issued_ones(), before + 1);
}

TEST_F(M62, result_is_claimed_once) {
    const std::string finding = issued("Money");
    core::JsonObject money = {
        {"gist", "Paid back"},
        {"finding", id_of(finding)},
        {"kind", "money"},
        {"claim_key", "R-17"},
        {"weight", 60},
        {"money_kind", "recovered"},
        {"amount", core::JsonObject{{"minor", 1'234'50}, {"currency", "CNY"}}}
    };
    const Reply first = claim(money);
    ASSERT_EQ(first.status, 201) << core::json_text(first.body);
    EXPECT_EQ(claim(money).text("code"), "outcome.claimed_twice");
    money["weight"] = 40;
    EXPECT_EQ(claim(money).status, 201);
    money["weight"] = 1;
    EXPECT_EQ(claim(money).text("code"), "outcome.claimed_twice");
    money["weight"] = 0;
    EXPECT_EQ(claim(money).text("code"), "outcome.weight");
    money.erase("amount");
    money["weight"] = 100;
    money["claim_key"] = "R-18";
    EXPECT_EQ(claim(money).text("code"), "outcome.money_incomplete");

    refused(world().unit_clerk, first.path(), "confirm_result", {}, "action.not_yours", 403);
    refused(world().reviewer, first.path(), "confirm_result", {}, "outcome.no_receipt");
    act(world().unit_clerk,
        first.path(),
        "amend",
        with_fields({{"receipt", world().upload(world().unit_clerk, "receipt")}}));
    EXPECT_EQ(act(world().reviewer, first.path(), "confirm_result").state(), "verified");
}

TEST_F(M62, draft_for_comment_is_no_result) {
    const std::string finding = issued("Institution");
    const std::string draft = institution(true);
    const Reply claimed = claim(
        {{"gist", "Rules made"},
         {"finding", id_of(finding)},
         {"kind", "institution"},
         {"claim_key", "No. 6"},
         {"institution", id_of(draft)}}
    );
    ASSERT_EQ(claimed.status, 201) << core::json_text(claimed.body);
    refused(
        world().reviewer, claimed.path(), "confirm_result", {}, "outcome.institution_not_issued"
    );
}

class M63 : public Rectification {
protected:
    static core::JsonObject notice(const std::string& wording) {
        return {
            {"heading", "Progress of rectification"},
            {"wording", wording},
            {"window_from", world().day()},
            {"window_to", world().day(15)},
            {"phone", "000-0000"}
        };
    }
    static std::string approved(const std::string& wording) {
        std::string text = opened(world().office_clerk, "publicity", notice(wording));
        act(world().office_clerk, text, "submit");
        act(world().reviewer, text, "pass_secrecy");
        act(people().principal, text, "approve");
        return text;
    }
    static std::string comment(const char* gist) {
        return opened(
            world().office_clerk,
            "public_comment",
            {{"channel", "phone"},
             {"received_on", world().day()},
             {"gist", gist},
             {"words", "Somebody said something."}}
        );
    }
};

TEST_F(M63, text_passes_secrecy_and_approval_before_release) {
    const core::Id& clerk = world().office_clerk;
    core::JsonObject fields = notice(paper("text"));
    fields["window_to"] = world().day();
    fields.erase("phone");
    const std::string text = opened(clerk, "publicity", fields);
    refused(clerk, text, "submit", {}, "publicity.window_reversed");
    act(clerk, text, "amend", with_fields({{"window_to", world().day(20)}}));
    refused(clerk, text, "submit", {}, "publicity.no_channel");
    act(clerk, text, "amend", with_fields({{"mail", "nobody@example.invalid"}}));
    act(clerk, text, "submit");
    refused(clerk, text, "release", {}, "entry.wrong_state", 409);
    refused(clerk, text, "pass_secrecy", {}, "action.not_yours", 403);
    act(world().reviewer, text, "pass_secrecy");
    refused(world().reviewer, text, "approve", {}, "action.not_yours", 403);
    const Reply done = act(people().principal, text, "approve");
    EXPECT_EQ(done.state(), "approved");
    EXPECT_TRUE(done.text("number").starts_with("GS-"));
}

TEST_F(M63, page_is_the_approved_text_or_is_not_recorded) {
    const std::string bytes = "The approved text.";
    const std::string wording = world().upload(world().office_clerk, bytes);
    const std::string text = approved(wording);
    const auto release = [&](const std::string& page) {
        return with_fields({{"released_at", "https://example.invalid/1"}, {"page_saved", page}});
    };
    const std::string other = world().upload(world().office_clerk, bytes + " And one word more.");
    refused(world().office_clerk, text, "release", release(other), "publicity.text_differs");
    const std::string same = world().upload(world().office_clerk, bytes);
    EXPECT_EQ(act(world().office_clerk, text, "release", release(same)).state(), "released");
    refused(world().office_clerk, text, "finish", {}, "publicity.window_runs");
}

TEST_F(M63, every_comment_goes_where_it_belongs) {
    const core::Id& clerk = world().office_clerk;
    const std::string opinion = comment("An opinion");
    const auto sorted = [](const char* as) { return with_fields({{"sort_of", as}}); };
    refused(clerk, opinion, "sort_out", sorted("petition"), "comment.goes_elsewhere");
    act(clerk, opinion, "sort_out", sorted("opinion"));
    refused(clerk, opinion, "answer_it", {}, "entry.incomplete");
    act(clerk, opinion, "answer_it", with_fields({{"answer", "Thank you."}}));
    EXPECT_EQ(field(opinion, "answered_on"), world().day());

    const std::string accusation = comment("Somebody is named");
    refused(clerk, accusation, "refer", sorted("accusation"), "entry.incomplete");
    refused(
        clerk,
        accusation,
        "refer",
        with_fields({{"sort_of", "question"}, {"referred_no", "J-1"}}),
        "comment.answer_it"
    );
    act(clerk, accusation, "refer", with_fields({{"sort_of", "accusation"}, {"referred_no", "J-1"}})
    );
    EXPECT_EQ(field(accusation, "words"), "") << "its content is not kept in the ledger";
    EXPECT_NE(field(accusation, "gist"), "Somebody is named");
}

}  // namespace

}  // namespace duban::scenarios
