// Evidence that entries name: verification says when the disk or the database keeps it no more.

#include <filesystem>

#include <gmock/gmock.h>

#include "app/settings.h"
#include "world.h"

namespace duban::scenarios {

namespace {

constexpr const char* kVerification = "/api/v1/verification";

class EvidenceTest : public Scenario {
protected:
    /// An entry that names an approval of its own.
    EvidenceTest()
        : entry_{world().filed(
              world().unit_clerk, testing::UnitTest::GetInstance()->current_test_info()->name()
          )},
          hash_{text_of(entry_.body.at("fields"), "approval")} {
        world().services().store.read([&](store::Reader& reader) {
            const auto hash = crypto::Hash::parse_hex(hash_).value();
            path_ = world().services().files.open(reader, app::kFirstOrg, hash).value().path;
        });
    }

    /// What a verification finds that is begun now.
    static core::Json verified() {
        Reply state = world().send(
            world().system_admin, {.method = http::Method::Post, .path = kVerification}
        );
        EXPECT_EQ(state.status, 202);
        while (!state.text("running_since").empty()) {
            state = world().get(world().system_admin, kVerification);
            EXPECT_EQ(state.status, 200);
        }
        return state.body.at("last");
    }

    /// What the server says of files: "code hash" and who names it.
    static std::vector<std::string> faults() {
        std::vector<std::string> out;
        const core::Json last = verified();
        EXPECT_GT(core::find_integer(last, "files").value_or(0), 0);
        for (const core::Json& fault : last.at("faults").as_array()) {
            const core::Json& params = fault.at("params");
            const std::string code = text_of(fault, "code");
            if (code == "file.unclaimed") {
                out.push_back(
                    code + " " + text_of(params, "hash") + " " + text_of(params, "table") + " " +
                    text_of(params, "row") + " " + text_of(params, "field")
                );
            } else if (code.starts_with("file.")) {
                out.push_back(
                    code + " " + text_of(params, "hash") + " " + text_of(params, "named_by")
                );
            }
        }
        return out;
    }

    [[nodiscard]] std::string named() const {
        return hash_ + " concurrent_post " + entry_.text("number") + " approval";
    }

    Reply entry_;
    std::string hash_;
    std::string path_;
};

TEST_F(EvidenceTest, VerificationIsKeptWithItsTimesUntilTheNext) {
    const core::Json first = verified();
    EXPECT_LE(text_of(first, "began_at"), text_of(first, "ended_at"));
    const Reply kept = world().get(world().security_admin, kVerification);
    EXPECT_EQ(kept.body.at("last"), first);
    EXPECT_TRUE(kept.body.at("failed").is_null());
    EXPECT_GT(text_of(verified(), "began_at"), text_of(first, "began_at"));
}

TEST_F(EvidenceTest, AlteredByteIsNamedWithTheEntry) {
    EXPECT_THAT(faults(), testing::IsEmpty());
    const std::string bytes = app::read_file(path_);
    std::string altered = bytes;
    altered[altered.size() / 2] ^= 1;
    app::write_file(path_, altered);
    EXPECT_THAT(faults(), testing::ElementsAre("file.altered " + named()));
    EXPECT_EQ(world().verified().faults_total, 1) << "the command says the same";
    app::write_file(path_, bytes);
    EXPECT_THAT(faults(), testing::IsEmpty());
}

TEST_F(EvidenceTest, RemovedFileIsNamedWithTheEntry) {
    std::filesystem::rename(path_, path_ + ".away");
    EXPECT_THAT(faults(), testing::ElementsAre("file.lost " + named()));
    std::filesystem::rename(path_ + ".away", path_);
    EXPECT_THAT(faults(), testing::IsEmpty());
}

// Without its claim the program itself would remove the file after a day.
TEST_F(EvidenceTest, EntryWhoseClaimWasRemovedIsNamed) {
    const auto hash = crypto::Hash::parse_hex(hash_).value();
    const files::Claim claim{
        .org = app::kFirstOrg,
        .hash = hash,
        .register_name = "concurrent_post",
        .entry = core::Id::parse(entry_.id()).value(),
        .field = "approval",
        .claimed_by = world().unit_clerk
    };
    const api::Services& services = world().services();
    services.store.write(app::kFirstOrg, [&](store::Transaction& tx) {
        services.files.release(tx, claim);
    });
    EXPECT_THAT(faults(), testing::ElementsAre("file.unclaimed " + named()));
    services.store.write(app::kFirstOrg, [&](store::Transaction& tx) {
        services.files.claim(tx, claim);
    });
    EXPECT_THAT(faults(), testing::IsEmpty());
}

}  // namespace

}  // namespace duban::scenarios
