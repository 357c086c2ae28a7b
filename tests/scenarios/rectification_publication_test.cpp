// Row M63: the publication as a bundle that outsiders read and check without the house (P12, P13).

#include <algorithm>

#include "app/embedded.h"
#include "app/locales.h"
#include "http/message.h"
#include "journal/journal.h"
#include "rectification/bundle.h"
#include "rectification_world.h"

namespace duban::scenarios {

namespace {

using rectification::Files;

class M63Publication : public Rectification {
protected:
    static core::JsonObject block(const std::string& finding, const std::string& caption) {
        return {
            {"caption", caption},
            {"finding", id_of(finding)},
            {"source_words", "The sentence it goes back to."},
            {"source_place", "part two"},
            {"account", "It was put right."},
            {"said", "completed"}
        };
    }
    static core::JsonObject draft(core::JsonArray blocks, core::JsonObject more = {}) {
        core::JsonObject fields = {
            {"heading", "Progress of rectification"},
            {"issuer", "A party group"},
            {"wording", paper("The approved text.")},
            {"blocks", std::move(blocks)},
            {"window_from", world().day()},
            {"window_to", world().day(15)},
            {"mail", "nobody@example.invalid"}
        };
        for (auto& member : more) {
            fields[member.key()] = member.value();
        }
        return fields;
    }
    static void approve_text(const std::string& text) {
        act(world().office_clerk, text, "submit");
        act(world().reviewer, text, "pass_secrecy");
        EXPECT_EQ(act(people().principal, text, "approve").state(), "approved");
    }
    static std::string approved(core::JsonArray blocks, core::JsonObject more = {}) {
        std::string text =
            opened(world().office_clerk, "publicity", draft(std::move(blocks), std::move(more)));
        approve_text(text);
        return text;
    }
    static void release(const std::string& text) {
        const core::Id& clerk = world().office_clerk;
        const std::string wording = field(text, "wording");
        const std::string page = world().upload(clerk, file(text, wording));
        const Reply done =
            act(clerk,
                text,
                "release",
                with_fields({{"released_at", "https://example.invalid/1"}, {"page_saved", page}}));
        EXPECT_EQ(done.state(), "released") << core::json_text(done.body);
    }
    static std::string number(const std::string& path) {
        return world().get(world().office_clerk, path).text("number");
    }
    /// The bytes of a file that the entry names, through the routes as a command asks them.
    static std::string file(const std::string& path, const std::string& hash) {
        const Reply reply = world().get(world().office_clerk, path + "/files/" + hash);
        EXPECT_EQ(reply.status, 200);
        return std::string{reply.body.as_string()};
    }
    static std::vector<rectification::Publication> gathered(
        const std::vector<std::string>& numbers, const core::Id& as = world().office_clerk
    ) {
        const rectification::Desk desk{
            .json =
                [&](const std::string& path, const std::string& query) {
                    const Reply reply = world().get(as, path, query);
                    if (reply.status != 200) {
                        throw core::Problem{core::ProblemKind::NotFound, reply.text("code")};
                    }
                    return reply.body;
                },
            .bytes =
                [&](const std::string& path) {
                    const std::size_t at = path.rfind("/files/");
                    return file(path.substr(0, at), path.substr(path.rfind('/') + 1));
                }
        };
        return rectification::gather(desk, numbers);
    }
    static Files bundle(const std::vector<std::string>& numbers) {
        const rectification::Look look{
            .style = app::embedded_file("data/publication/style.css"),
            .say = [](std::string_view code, const core::Params& params, std::string_view language
                   ) { return app::sentences().sentence(code, params, language); }
        };
        return rectification::bundle_of(gathered(numbers), look);
    }
    static std::string refusal(const std::function<void()>& work) {
        try {
            work();
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return {};
    }
    static journal::CertificateReport checked(const std::string& certificate) {
        return journal::check_certificate(
            core::parse_json(certificate), world().services().checkpoints.verifier_key()
        );
    }
};

TEST_F(M63Publication, every_proof_of_a_bundle_holds_offline_and_tells_nothing_else) {
    const std::string finding = issued("A heading that stays inside");
    struck_off(finding);
    const std::string text = approved({block(finding, "What outsiders read")});
    const std::string folder = number(text) + "/";
    const Files files = bundle({number(text)});
    std::size_t proofs = 0;
    for (const auto& [name, bytes] : files) {
        if (name.starts_with(folder) && name.find("proof") != std::string::npos) {
            ++proofs;
            const journal::CertificateReport report = checked(bytes);
            EXPECT_TRUE(report.valid) << name;
            EXPECT_TRUE(report.key_given);
            EXPECT_GT(report.own, 0) << "the signatures stand in it";
            EXPECT_EQ(bytes.find("stays inside"), std::string::npos) << name;
            EXPECT_EQ(bytes.find("In the words of the feedback"), std::string::npos) << name;
        }
    }
    EXPECT_EQ(proofs, 2U);
    EXPECT_NE(files.at(folder + "proof.json").find("What outsiders read"), std::string::npos);
    EXPECT_NE(files.at(folder + "index.html").find("What outsiders read"), std::string::npos);
    EXPECT_NE(files.at(folder + "index.html").find("已完成"), std::string::npos);
    EXPECT_NE(files.at(folder + "index.en.html").find("Completed"), std::string::npos);
    EXPECT_NE(
        files.at(folder + "index.html").find("The sentence it goes back to."), std::string::npos
    );
}

TEST_F(M63Publication, snapshot_stays_as_approved_whatever_happens_inside) {
    const std::string finding = issued("Worked on");
    core::JsonObject in_hand = block(finding, "Worked on");
    in_hand["said"] = "in_hand";
    const std::string text = approved({std::move(in_hand)});
    const std::string folder = number(text) + "/";
    const auto of_text = [&] {
        Files files = bundle({number(text)});
        std::erase_if(files, [&](const auto& one) { return !one.first.starts_with(folder); });
        return files;
    };
    const Files before = of_text();
    struck_off(finding);
    EXPECT_EQ(of_text(), before) << "what changed is published anew or not at all";
}

TEST_F(M63Publication, done_is_said_of_what_is_closed_only) {
    const std::string finding = issued("Open");
    const core::Id& clerk = world().office_clerk;
    const std::string text =
        opened(clerk, "publicity", draft({block(finding, "Not closed at all")}));
    refused(clerk, text, "submit", {}, "publicity.not_completed");
    core::JsonObject nothing = block(finding, "Nothing");
    nothing.erase("finding");
    act(clerk, text, "amend", with_fields({{"blocks", core::JsonArray{std::move(nothing)}}}));
    refused(clerk, text, "submit", {}, "publicity.block_of_nothing");
    EXPECT_EQ(
        refusal([&] { static_cast<void>(gathered({"GS-1900-001"})); }), "publication.not_found"
    );
}

TEST_F(M63Publication, published_again_open_today_is_found) {
    const std::string finding = issued("Comes back");
    struck_off(finding);
    const std::string text = approved({block(finding, "Comes back")});
    EXPECT_FALSE(world().hits("publicity_differs").contains(id_of(text)));
    const std::string relapse = opened(
        world().office_clerk,
        "relapse_case",
        {{"finding", id_of(finding)}, {"facts", "It is as it was."}}
    );
    act(world().office_head,
        relapse,
        "establish",
        with_fields({{"judgement", "It came back."}, {"finish_by", world().day(30)}}));
    EXPECT_EQ(state(finding), "in_progress");
    EXPECT_TRUE(world().hits("publicity_differs").contains(id_of(text)));
}

TEST_F(M63Publication, withheld_is_whole_inside_and_unsaid_outside) {
    const core::Id& clerk = world().office_clerk;
    const std::string inspected = inspection(2);
    const std::string shown = source(inspected, "Shown");
    const std::string kept = source(inspected, "Kept back");
    act(world().reviewer, inspected, "compare");
    core::JsonObject row = block("", "Shown");
    row.erase("finding");
    row["problem"] = id_of(shown);
    row["said"] = "in_hand";
    const std::string text =
        opened(clerk, "publicity", draft({std::move(row)}, {{"inspection", id_of(inspected)}}));
    refused(clerk, text, "submit", {}, "publicity.not_all");
    const auto withhold = [&](const std::string& problem) {
        return opened(
            clerk,
            "withholding",
            {{"publicity", id_of(text)},
             {"problem", id_of(problem)},
             {"ground", "inquiry"},
             {"remark", "Under inquiry"}}
        );
    };
    const std::string twice = withhold(shown);
    const std::string withheld = withhold(kept);
    refused(clerk, text, "submit", {}, "publicity.both");
    act(clerk, twice, "withdraw", reason());
    act(clerk, text, "submit");
    act(world().reviewer, text, "pass_secrecy");
    refused(people().principal, text, "approve", {}, "publicity.not_all");
    refused(clerk, withheld, "agree", {}, "action.not_yours", 403);
    act(people().principal, withheld, "agree");
    EXPECT_EQ(act(people().principal, text, "approve").state(), "approved");

    const Reply figure = world().get(
        people().principal, "/api/v1/figures/published_and_withheld", "publication=" + id_of(text)
    );
    EXPECT_EQ(figure.integer("counted"), 2) << core::json_text(figure.body);
    EXPECT_EQ(figure.integer("total"), 2) << "published + withheld = all that was fed back";
    for (const auto& [name, bytes] : bundle({number(text)})) {
        if (name.starts_with(number(text))) {
            EXPECT_EQ(bytes.find("Kept back"), std::string::npos) << name;
            EXPECT_EQ(bytes.find("inquiry"), std::string::npos) << name;
            EXPECT_EQ(bytes.find(id_of(kept)), std::string::npos) << name;
            EXPECT_EQ(bytes.find("\"withheld\""), std::string::npos) << name;
        }
    }
}

TEST_F(M63Publication, superseded_one_is_kept_with_its_day) {
    const std::string finding = issued("Twice");
    core::JsonObject row = block(finding, "Twice");
    row["said"] = "in_hand";
    const std::string first = approved({row});
    EXPECT_EQ(
        refusal([&] { static_cast<void>(bundle({number(first), "GS-1"})); }),
        "publication.not_found"
    );
    release(first);
    const std::string second = approved({row}, {{"supersedes", id_of(first)}});
    release(second);
    EXPECT_EQ(state(first), "superseded");
    EXPECT_EQ(field(first, "superseded_on"), world().day());
    const Files files = bundle({});
    const core::Json old = core::parse_json(files.at(number(first) + "/publication.json"));
    EXPECT_EQ(text_of(old, "superseded_by"), number(second));
    EXPECT_EQ(text_of(old, "superseded_on"), world().day());
    EXPECT_NE(files.at(number(first) + "/index.html").find("It was put right."), std::string::npos);
    EXPECT_NE(files.at("index.html").find(number(second)), std::string::npos);
}

TEST_F(M63Publication, only_what_was_approved_is_written) {
    const std::string drafted = opened(world().office_clerk, "publicity", draft({}));
    EXPECT_EQ(number(drafted), "") << "a draft has no number to be named by";
    for (const rectification::Publication& one : gathered({})) {
        EXPECT_NE(one.id, id_of(drafted));
        EXPECT_NE(one.state, "approved") << "nobody named it";
    }
    const std::string taken_back = approved({});
    const std::string named = number(taken_back);
    act(people().principal,
        taken_back,
        "send_back",
        with_inputs({{"to", "draft"}, {"reason", "Not yet"}}));
    EXPECT_EQ(state(taken_back), "draft");
    EXPECT_EQ(refusal([&] { static_cast<void>(gathered({named})); }), "publication.not_approved");
    EXPECT_NE(refusal([&] { static_cast<void>(gathered({}, world().unit_clerk)); }), "")
        << "nobody publishes what he may not read";
}

TEST_F(M63Publication, comment_of_every_channel_is_registered_alike) {
    const core::Id& clerk = world().office_clerk;
    for (const char* channel : {"phone", "letter", "mail", "visit", "form", "box", "passed_on"}) {
        const std::string comment = opened(
            clerk,
            "public_comment",
            {{"channel", channel},
             {"received_on", world().day()},
             {"gist", std::string{"By "} + channel},
             {"words", "Something is said."},
             {"by_whom", "Somebody, 000-0000"},
             {"scan", paper("a letter")}}
        );
        act(clerk, comment, "amend", with_fields({{"gist", std::string{"Taken by "} + channel}}));
        act(clerk, comment, "sort_out", with_fields({{"sort_of", "question"}}));
        act(clerk, comment, "sort_again", reason());
        EXPECT_EQ(field(comment, "sort_of"), "");
        act(clerk, comment, "sort_out", with_fields({{"sort_of", "opinion"}}));
        const Reply answered =
            act(clerk,
                comment,
                "answer_it",
                with_fields({{"answer", "Thank you."}, {"answered_by", "phone"}}));
        EXPECT_EQ(answered.state(), "answered") << channel;
    }
    const std::string accusation = opened(
        clerk,
        "public_comment",
        {{"channel", "letter"},
         {"received_on", world().day()},
         {"gist", "Somebody is named"},
         {"by_whom", "Somebody, 000-0000"},
         {"scan", paper("a letter")}}
    );
    act(clerk, accusation, "refer", with_fields({{"sort_of", "accusation"}, {"referred_no", "J-2"}})
    );
    EXPECT_EQ(field(accusation, "scan"), "");
    EXPECT_EQ(field(accusation, "by_whom"), "") << "who accuses is not kept here";
}

}  // namespace

}  // namespace duban::scenarios
