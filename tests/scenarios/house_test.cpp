// What a house does beside answering, on a clock that the test moves.

#include "app/house.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/upkeep.h"
#include "core/problem.h"
#include "store/testing.h"

namespace duban::scenarios {

namespace {

class HouseTest : public testing::Test {
protected:
    HouseTest() {
        app::Settings settings;
        settings.directory = directory_.path("data");
        settings.keys = directory_.path("keys");
        settings.installation = "tended";
        std::filesystem::create_directories(settings.directory);
        const char* store = std::getenv("DUBAN_TEST_STORE");  // NOLINT(concurrency-mt-unsafe)
        if (store != nullptr && std::string_view{store} == "postgres") {
            schema_ = std::make_unique<store::TestSchema>();
            settings.postgres = schema_->connection();
            settings.schema = schema_->name();
        }
        crypto::SystemRandom random;
        app::make_keys(settings, random);
        house_ = std::make_unique<app::House>(settings, std::span<const api::WebFile>{}, clock_);
    }

    /// A record of the journal.
    void found_unit() {
        const core::Id unit = core::make_id(clock_.now(), house_->random());
        house_->services().access.put(
            {.org = app::kFirstOrg, .person = unit, .approved_by = {}, .on = "2026-11-24"},
            std::vector<access::Unit>{
                {.id = unit,
                 .parent = {},
                 .name = "Bureau",
                 .code = unit.text(),
                 .kind = access::UnitKind::Root,
                 .span = {.from = *calendar::Date::parse("2020-01-01"), .to = {}}}
            }
        );
    }

    /// Where an upload lies that nothing has claimed.
    std::string upload() {
        files::Files& files = house_->services().files;
        files::Upload upload = files.begin(app::kFirstOrg, core::Id{});
        upload.write("The minutes.");
        const files::FileInfo info = upload.finish("minutes.txt");
        std::string path;
        house_->services().store.read([&](store::Reader& reader) {
            path = files.open(reader, app::kFirstOrg, info.hash)->path;
        });
        return path;
    }

    /// The log while the house is tended `times` times.
    std::string tended(int times = 1) {
        testing::internal::CaptureStderr();
        for (int i = 0; i < times; ++i) {
            house_->tend();
        }
        return testing::internal::GetCapturedStderr();
    }

    core::Json health() {
        http::Request request;
        request.path = "/health";
        const http::RouteMatch match = house_->router().match(http::Method::Get, {"health"});
        const auto& handler = std::get<http::Handler>(match.route->action);
        const http::Response answer = handler(request, match.params);
        EXPECT_EQ(answer.status, 200);
        return core::parse_json(answer.body);
    }

    /// The newest checkpoint now signs more records than there are.
    void lose_records() {
        house_->tend();
        house_->services().store.write(app::kFirstOrg, [](store::Transaction& tx) {
            constexpr store::Query kForge{
                "test.forge_checkpoint", "update d_checkpoint set size = 1000 where org = $1"
            };
            EXPECT_EQ(tx.execute(kForge, {store::value(app::kFirstOrg)}), 1);
        });
    }

    store::TestDirectory directory_;
    std::unique_ptr<store::TestSchema> schema_;
    core::ManualClock clock_{core::from_ms(1'764'000'000'000)};
    std::unique_ptr<app::House> house_;
};

TEST_F(HouseTest, UploadThatNothingClaimsIsRemovedAfterADayWithinTheHour) {
    found_unit();
    const std::string path = upload();
    house_->tend();
    clock_.advance(std::chrono::minutes{23 * 60 + 59});
    house_->tend();
    EXPECT_TRUE(std::filesystem::exists(path));
    clock_.advance(std::chrono::hours{1});
    house_->tend();
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(HouseTest, NothingIsRemovedWhileABackupIsMade) {
    found_unit();
    const std::string path = upload();
    clock_.advance(std::chrono::hours{25});
    {
        const files::RemovalPause backup{directory_.path("data/files")};
        house_->tend();
        EXPECT_TRUE(std::filesystem::exists(path));
    }
    clock_.advance(std::chrono::hours{1});
    house_->tend();
    EXPECT_FALSE(std::filesystem::exists(path));
}

// Its files are in place already, its database is not yet.
TEST_F(HouseTest, NothingIsRemovedBesideADatabaseWithoutRecords) {
    const std::string path = upload();
    clock_.advance(std::chrono::hours{25});
    house_->tend();
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(HouseTest, JournalThatContradictsItsCheckpointStopsCheckpointsAndNothingElse) {
    found_unit();
    EXPECT_EQ(core::find_string(health(), "status"), "ok");
    lose_records();
    const std::string said = tended(3);
    const core::Json line = core::parse_json(said.substr(0, said.find('\n')));
    EXPECT_EQ(core::find_string(line, "work"), "checkpoints");
    EXPECT_EQ(core::find_string(line, "code"), "journal.forked");
    EXPECT_THAT(core::find_string(line, "detail").value_or(""), testing::HasSubstr("1000"));
    EXPECT_EQ(std::ranges::count(said, '\n'), 1) << "said once: " << said;
    EXPECT_EQ(core::find_string(health(), "status"), "impaired");
    EXPECT_EQ(core::find_string(health().at("stopped"), "checkpoints"), "journal.forked");
    EXPECT_NE(upload(), "") << "what is written is written on";
    house_->catch_up();
    EXPECT_EQ(core::find_string(health(), "status"), "impaired") << "until it is built again";
}

// The journal may be an older one than the files beside it.
TEST_F(HouseTest, NothingIsRemovedBesideAJournalThatContradictsItsCheckpoint) {
    found_unit();
    const std::string path = upload();
    lose_records();
    clock_.advance(std::chrono::hours{25});
    static_cast<void>(tended());
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(HouseTest, FileThatTheDiskKeepsIsSaidOnceAndGoesWhenItCan) {
    found_unit();
    const std::string path = upload();
    std::filesystem::remove(path);
    std::filesystem::create_directories(path + "/in the way");
    std::string said;
    for (int hours = 25; hours < 28; ++hours) {
        clock_.advance(std::chrono::hours{hours == 25 ? 25 : 1});
        said += tended();
    }
    EXPECT_THAT(said, testing::HasSubstr("\"code\":\"file.not_removable\""));
    EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
    EXPECT_EQ(core::find_string(health(), "status"), "ok");
    std::filesystem::remove(path + "/in the way");
    clock_.advance(std::chrono::hours{1});
    EXPECT_EQ(tended(), "");
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Upkeep, WorkThatFailsByOurMistakeStopsAndOtherWorkGoesOn) {
    const core::ManualClock clock{core::from_ms(1'764'000'000'000)};
    api::StoppedWork stopped;
    std::vector<std::string> lines;
    app::Upkeep upkeep{clock, stopped, [&](const std::string& line) { lines.push_back(line); }};
    int tries = 0;
    int others = 0;
    for (int round = 0; round < 3; ++round) {
        upkeep.attend("search", [&] {
            ++tries;
            throw std::logic_error{"a bug"};
        });
        upkeep.attend("files", [&] { ++others; });
    }
    EXPECT_EQ(tries, 1);
    EXPECT_EQ(others, 3);
    EXPECT_TRUE(upkeep.has_stopped("search"));
    EXPECT_FALSE(upkeep.has_stopped("files"));
    ASSERT_THAT(lines, testing::SizeIs(1));
    EXPECT_THAT(lines[0], testing::HasSubstr("a bug"));
}

TEST(Upkeep, WorkThatPassesIsTriedAgainAndSaidAgainAfterItWasDone) {
    const core::ManualClock clock{core::from_ms(1'764'000'000'000)};
    api::StoppedWork stopped;
    std::vector<std::string> lines;
    app::Upkeep upkeep{clock, stopped, [&](const std::string& line) { lines.push_back(line); }};
    const auto attend = [&](bool full) {
        upkeep.attend("checkpoints", [&] {
            if (full) {
                throw core::Problem{core::ProblemKind::Unavailable, "store.full"};
            }
        });
    };
    attend(true);
    attend(true);
    EXPECT_THAT(lines, testing::SizeIs(1));
    attend(false);
    attend(true);
    EXPECT_THAT(lines, testing::SizeIs(2));
    EXPECT_FALSE(upkeep.has_stopped("checkpoints"));
}

}  // namespace

}  // namespace duban::scenarios
