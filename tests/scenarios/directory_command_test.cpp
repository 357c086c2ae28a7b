// From `duban init` to the first clerk who signs in, by commands alone.

#include <filesystem>

#include "app/commands.h"
#include "app/locales.h"
#include "app/settings.h"
#include "exchange/csv.h"
#include "terminal.h"
#include "world.h"

namespace duban::scenarios {

namespace {

/// A house just made, in which the system and the security administrator have logged in.
class DirectoryCommand : public testing::Test {
protected:
    void SetUp() override { found(founding(data_), {"system", "security"}); }

    void found(const std::vector<std::string>& words, const std::vector<std::string>& accounts) {
        testing::internal::CaptureStdout();
        ASSERT_EQ(app::init_command(words), 0);
        const std::string said = testing::internal::GetCapturedStdout();
        for (const std::string& name : accounts) {
            const std::string fresh = "the secret of " + name;
            const Typed typed{printed_password(said, name) + "\n" + fresh + "\n" + fresh + "\n"};
            testing::internal::CaptureStdout();
            ASSERT_EQ(app::login_command({name, "--data", data_}), 0);
            static_cast<void>(testing::internal::GetCapturedStdout());
        }
    }

    /// The words after the sheet; what is printed goes to said_.
    int run(
        const std::string& table,
        const std::string& sheet,
        const std::vector<std::string>& more = {}
    ) {
        app::write_file(directory_.path("sheet.csv"), sheet);
        std::vector<std::string> words{table, directory_.path("sheet.csv"), "--data", data_};
        words.insert(words.end(), {"--as", "system"});
        words.insert(words.end(), more.begin(), more.end());
        testing::internal::CaptureStdout();
        int status = -1;
        refused_ = refusal([&] { status = app::directory_command(words); });
        said_ = testing::internal::GetCapturedStdout();
        return status;
    }

    store::TestDirectory directory_;
    std::string data_ = directory_.path("data");
    std::string said_;
    std::string refused_;
};

TEST_F(DirectoryCommand, LeadsFromAnEmptyHouseToTheFirstClerkWhoSignsIn) {
    const std::string units = "代码,名称,类别\nCW,财务处,内设机构\nBGS,办公室,办公机构\n";
    EXPECT_EQ(run("units", units, {"--check"}), 0) << said_;
    EXPECT_EQ(run("posts", "姓名,单位,角色\n周小敏,CW,经办\n"), 1) << "nothing was written yet";
    EXPECT_EQ(run("units", units), 0) << said_;
    EXPECT_EQ(run("people", "姓名\n周小敏\n叶小岚\n"), 0) << said_;
    EXPECT_EQ(run("people", "姓名\n周小敏\n叶小岚\n"), 0) << "again changes nothing";
    EXPECT_NE(said_.find("2"), std::string::npos) << said_;
    const std::string posts = "姓名,单位,角色\n周小敏,CW,经办\n叶小岚,办公室,审核\n";
    EXPECT_EQ(run("posts", posts, {"--approve-as", "system"}), -1);
    EXPECT_EQ(refused_, "administration.same_person");
    EXPECT_EQ(run("posts", posts), 0) << "it waits already";
    {
        const app::House house{app::load_settings(data_)};
        const auto open =
            house.services().proposals.list(app::kFirstOrg, access::ProposalState::Open);
        ASSERT_EQ(open.size(), 1U);
        EXPECT_EQ(open.front().difference.as_array().size(), 2U);
        const calendar::Date today = house.services().registers.today(app::kFirstOrg);
        house.services().proposals.withdraw(
            house.services().access.actor(app::kFirstOrg, open.front().proposed_by, today),
            {.proposal = open.front().id, .on = today.text()}
        );
    }
    EXPECT_EQ(run("posts", posts, {"--approve-as", "security"}), 0) << said_ << refused_;

    const std::string file = directory_.path("passwords.csv");
    const std::string accounts = "姓名,账号名\n周小敏,zhou\n叶小岚,ye\n";
    EXPECT_EQ(run("accounts", accounts), -1);
    EXPECT_EQ(refused_, "command.value_missing");
    app::write_file(file, "kept");
    EXPECT_EQ(run("accounts", accounts, {"--out", file}), -1);
    EXPECT_EQ(refused_, "file.exists");
    EXPECT_EQ(app::read_file(file), "kept");
    std::filesystem::remove(file);
    EXPECT_EQ(run("accounts", accounts, {"--out", file}), 0) << said_ << refused_;
    EXPECT_EQ(
        std::filesystem::status(file).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    const exchange::Csv passwords = exchange::read_csv(app::read_file(file));
    ASSERT_EQ(passwords.rows.size(), 2U);
    EXPECT_EQ(passwords.rows[0].cells[1], "zhou");
    EXPECT_EQ(said_.find(passwords.rows[0].cells[2]), std::string::npos) << "not on the terminal";

    const std::string fresh = "a secret of my own";
    const Typed typed{passwords.rows[0].cells[2] + "\n" + fresh + "\n" + fresh + "\n"};
    EXPECT_EQ(app::login_command({"zhou", "--data", data_}), 0);
    EXPECT_EQ(app::list_command({"--data", data_, "--as", "zhou"}), 0);
    EXPECT_EQ(app::verify_command({"--data", data_}), 0);
}

TEST_F(DirectoryCommand, FaultsArePrintedByLineAndColumnAndNothingIsWritten) {
    EXPECT_EQ(run("units", "代码,名称,上级单位\nCW,财务处,\nJJ,,无此单位\n"), 1);
    const auto at = [&](const char* column, const char* code) {
        const std::string words = app::say(column);
        return app::say(
            "directory_line",
            {{"line", "3"},
             {"column", " " + words.substr(0, words.find('|'))},
             {"detail", app::say(code, {{"name", "无此单位"}})}}
        );
    };
    EXPECT_NE(said_.find(at("directory_unit_name", "csv.cell_missing")), std::string::npos)
        << said_;
    EXPECT_NE(said_.find(at("directory_parent", "field.name_unknown")), std::string::npos) << said_;
    const app::House house{app::load_settings(data_)};
    EXPECT_EQ(house.services().access.directory(app::kFirstOrg)->units().size(), 1U);
}

class HouseOfTwo : public DirectoryCommand {
protected:
    void SetUp() override {
        std::vector<std::string> words{"--data", data_, "--yes", "--system", "An Sample"};
        words.insert(words.end(), {"--security", "An Sample ", "--audit", "Bo Sample"});
        found(words, {"system", "audit"});
    }
};

TEST_F(HouseOfTwo, OnePersonHoldsTwoPostsAndTheAuditorApproves) {
    {
        const app::House house{app::load_settings(data_)};
        const auto directory = house.services().access.directory(app::kFirstOrg);
        const calendar::Date today = house.services().registers.today(app::kFirstOrg);
        ASSERT_EQ(directory->people().size(), 2U);
        EXPECT_EQ(directory->posts().size(), 3U);
        EXPECT_EQ(
            directory->posts_of(directory->people()[0].id, today).size() +
                directory->posts_of(directory->people()[1].id, today).size(),
            3U
        );
    }
    const std::string posts = "姓名,单位,角色\n叶小岚,ROOT,审核\n";
    EXPECT_EQ(run("people", "姓名\n叶小岚\n"), 0) << said_ << refused_;
    EXPECT_EQ(run("posts", posts, {"--approve-as", "system"}), -1);
    EXPECT_EQ(refused_, "administration.same_person");
    const std::string more = posts + "叶小岚,ROOT,经办\n";
    EXPECT_EQ(run("posts", more, {"--approve-as", "audit"}), 0) << said_ << refused_;
    EXPECT_EQ(app::verify_command({"--data", data_}), 0);
}

TEST_F(DirectoryCommand, SheetsThereAreNotAreNamed) {
    EXPECT_EQ(run("cars", "代码\n"), -1);
    EXPECT_EQ(refused_, "directory.no_such_table");
    EXPECT_EQ(run("units", "代码,名称\n"), 0) << "an empty sheet has no fault";
}

}  // namespace

}  // namespace duban::scenarios
