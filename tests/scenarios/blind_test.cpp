// Of a blind round, nobody who signs sees another's part on any outlet before the round ends; and
// of an event, nobody hears who may not read the register.

#include <algorithm>
#include <memory>

#include "dossiers.h"
#include "stream.h"
#include "walk.h"
#include "world.h"

namespace duban::scenarios {

namespace {

class BlindTest : public Scenario {
protected:
    static void SetUpTestSuite() {
        Scenario::SetUpTestSuite();
        dossiers_ = std::make_unique<Dossiers>(world());
    }
    static void TearDownTestSuite() {
        dossiers_.reset();
        Scenario::TearDownTestSuite();
    }
    static Dossiers& dossiers() { return *dossiers_; }

    /// A dossier of the finance department that waits for its two reviewers.
    static std::string waiting(const std::string& mark) {
        dossiers_->plant(world().unit_clerk, world().finance, mark);
        for (const Secret& one : dossiers_->all()) {
            if (!one.marks.empty() && one.marks.front() == "Zq" + mark + "heading") {
                return one.path();
            }
        }
        return {};
    }

    /// Everything that `person` gets to see of the entry, as one text.
    static std::string everything(const core::Id& person, const std::string& path) {
        std::string all;
        for (const char* part : {"", "/history", "/certificate"}) {
            all += core::json_text(world().get(person, path + part).body) + "\n";
        }
        all += core::json_text(world().get(person, "/api/v1/registers/dossier/entries").body);
        all += core::json_text(world().get(person, "/api/v1/search", "q=Zqwords").body);
        return all;
    }

    static std::size_t signatures_in(const Reply& history) {
        std::size_t count = 0;
        for (const core::Json& record : history.list("records")) {
            const core::Json* signatures = core::find_member(record, "signatures");
            count += signatures == nullptr ? 0U : signatures->as_array().size();
        }
        return count;
    }

private:
    static std::unique_ptr<Dossiers> dossiers_;
};

std::unique_ptr<Dossiers> BlindTest::dossiers_;

core::JsonObject signing(const std::string& words) {
    return {{"words", words}, {"inputs", core::JsonObject{{"remark", words + "remark"}}}};
}

TEST_F(BlindTest, SignerSeesNothingOfTheOthersPart) {
    const std::string path = waiting("blind");
    const Reply signed_one = world().act(world().reviewer, path, "consider", signing("Zqwordsone"));
    EXPECT_EQ(signed_one.state(), "review");
    EXPECT_EQ(signed_one.body.at("round").at("signatures").as_array().size(), 1U);
    // The other signer, and who only reads.
    for (const core::Id& other : {world().second_reviewer, world().unit_head, world().unit_clerk}) {
        const Reply entry = world().get(other, path);
        EXPECT_TRUE(entry.body.at("round").is_null()) << core::json_text(entry.body);
        EXPECT_EQ(everything(other, path).find("Zqwordsone"), std::string::npos);
        const Reply history = world().get(other, path + "/history");
        EXPECT_EQ(signatures_in(history), 0U);
        const core::Json& last = history.list("records").back();
        EXPECT_EQ(last.at("hidden"), core::Json(true));
        for (const char* member : {"actor", "post", "recorded_at", "inputs", "changes"}) {
            EXPECT_EQ(core::find_member(last, member), nullptr) << member;
        }
        world().refuse(other, {.path = path + "/certificate"}, 409, "certificate.round_blind");
    }
    const Reply before = world().get(world().second_reviewer, path);
    for (const core::Json& action : before.list("actions")) {
        EXPECT_EQ(core::find_integer(action, "signatures_given"), 0) << core::json_text(action);
    }
    // One's own part one sees, and has a certificate of it.
    EXPECT_NE(everything(world().reviewer, path).find("Zqwordsone"), std::string::npos);
    EXPECT_EQ(world().get(world().reviewer, path + "/certificate").status, 200);

    const Reply agreed =
        world().act(world().second_reviewer, path, "consider", signing("Zqwordstwo"));
    EXPECT_EQ(agreed.state(), "agreed");
    const std::string all = everything(world().second_reviewer, path);
    EXPECT_NE(all.find("Zqwordsone"), std::string::npos);
    EXPECT_NE(all.find("Zqwordstwo"), std::string::npos);
    EXPECT_EQ(signatures_in(world().get(world().unit_head, path + "/history")), 3U);
}

TEST_F(BlindTest, SheetOfAnotherIsComparedByWhoDoesNotSign) {
    const std::string path = waiting("sheet");
    const core::Id signer = world().add_person("Pen", {{world().office, "reviewer"}});
    const core::Id third = world().add_person("Third", {{world().office, "reviewer"}});
    const std::string scan = world().upload(world().unit_clerk, "Zqwordsscan");
    const core::JsonObject paper = {
        {"signer", signer.text()},
        {"signed_on", "2026-01-05"},
        {"words", "Zqwordspen"},
        {"scan", scan}
    };
    const Reply recorded = world().act(world().unit_clerk, path, "consider", {{"paper", paper}});
    const core::Json& sheet = recorded.body.at("round").at("signatures").as_array().at(0);
    const core::JsonObject compares = {
        {"paper", core::JsonObject{{"compares", text_of(sheet, "id")}}}
    };
    const auto sees = [&](const core::Id& person) {
        const std::string all = everything(person, path);
        const Reply file = world().get(person, path + "/files/" + scan);
        EXPECT_EQ(file.status == 200, all.find("Zqwordspen") != std::string::npos);
        EXPECT_EQ(all.find(scan) != std::string::npos, file.status == 200);
        return file.status == 200;
    };
    EXPECT_TRUE(sees(world().unit_clerk)) << "recorded it";
    EXPECT_TRUE(sees(world().unit_head)) << "may compare it, and does not sign";
    EXPECT_FALSE(sees(third)) << "signs";
    world().act(world().unit_head, path, "consider", compares);
    EXPECT_TRUE(sees(world().unit_head)) << "compared it";
    EXPECT_TRUE(sees(signer)) << "signed it";
    EXPECT_FALSE(sees(third));
    EXPECT_EQ(world().act(third, path, "consider", {}).state(), "agreed");
    EXPECT_TRUE(sees(third));
}

TEST_F(BlindTest, EventsReachWhoMayReadTheRegister) {
    const core::Id stranger = world().add_person("Deaf", {});
    const std::vector<Caller> callers = {
        {"its clerk", world().unit_clerk},
        {"a reviewer", world().reviewer},
        {"a clerk of a school", dossiers().school_clerk},
        {"the clerk of the office", world().office_clerk},
        {"a stranger", stranger},
        {"nobody", {}, false}
    };
    const auto directory = world().services().access.directory(app::kFirstOrg);
    const Readers readers{*directory, world().services().registers.today(app::kFirstOrg)};
    const auto roles =
        Readers::of(*world().services().registers.adopted()->table("concurrent_post").declared);
    std::vector<std::unique_ptr<Stream>> streams;
    for (const Caller& caller : callers) {
        const std::string token = caller.here ? world().token(caller.person, "zh") : "";
        streams.push_back(std::make_unique<Stream>(world().port(), token));
        const std::string head = streams.back()->read_until("\r\n\r\n");
        EXPECT_EQ(head.starts_with("HTTP/1.1 200"), caller.here) << caller.name << head;
    }
    const Reply opened = world().application(world().unit_clerk, "Zqevent Society");
    // First those who must hear of it; then nothing of it is under way to the others.
    for (const bool hears : {true, false}) {
        for (std::size_t i = 0; i < callers.size(); ++i) {
            const bool reads = callers[i].here && readers.stand_anywhere(callers[i].person, roles);
            if (reads != hears) {
                continue;
            }
            const std::string all =
                reads ? streams[i]->read_until("\"position\"") : streams[i]->read_what_came();
            EXPECT_EQ(all.find("concurrent_post") != std::string::npos, reads)
                << callers[i].name << all;
            EXPECT_EQ(all.find("Zqevent"), std::string::npos);
            EXPECT_EQ(all.find(opened.id()), std::string::npos);
        }
    }
}

}  // namespace

}  // namespace duban::scenarios
