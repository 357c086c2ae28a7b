// What a house does beside answering, on a clock that the test moves.

#include "app/house.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
        const files::RemovalPause backup{house_->services().files};
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

}  // namespace

}  // namespace duban::scenarios
