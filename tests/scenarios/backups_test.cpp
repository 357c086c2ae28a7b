// Backups: made while others write, put back, and what is refused because it would lose records
// (E25). On each database, by the commands as an operator calls them.

#include <atomic>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "app/commands.h"
#include "app/presented.h"
#include "app/settings.h"
#include "app/staging.h"
#include "registers/restored.h"
#include "terminal.h"
#include "world.h"

namespace duban::scenarios {

namespace {

namespace fs = std::filesystem;

class Backups : public testing::Test {
protected:
    Backups() {
        app::Words words = founding(data());
        const char* store = std::getenv("DUBAN_TEST_STORE");  // NOLINT(concurrency-mt-unsafe)
        if (store != nullptr && std::string_view{store} == "postgres") {
            database_ = std::make_unique<store::TestDatabase>();
            words.insert(words.end(), {"--postgres", database_->connection()});
        }
        EXPECT_EQ(said([&] { return app::init_command(words); }).status, 0);
    }

    struct Said {
        int status = -1;   ///< -1: refused
        std::string text;  ///< the code of a refusal, else what was printed
    };

    static Said said(const std::function<int()>& command) {
        testing::internal::CaptureStdout();
        Said said;
        try {
            said.status = command();
            said.text = testing::internal::GetCapturedStdout();
        } catch (const core::Problem& problem) {
            static_cast<void>(testing::internal::GetCapturedStdout());
            said.text = problem.code;
        }
        return said;
    }

    [[nodiscard]] std::string path(const std::string& name) const { return directory_.path(name); }
    [[nodiscard]] std::string data() const { return path("data"); }
    [[nodiscard]] bool is_postgres() const { return database_ != nullptr; }

    Said backup(const std::string& name) const {
        return said([&] { return app::backup_command({"--data", data(), "--to", path(name)}); });
    }
    Said verify(const std::string& name, app::Words more = {}) const {
        more.insert(more.begin(), {"--data", path(name)});
        return said([&] { return app::verify_command(more); });
    }

    /// A record: the system administrator adds a unit.
    static void add_unit(app::House& house, const std::string& code) {
        const access::Access& access = house.services().access;
        const auto directory = access.directory(app::kFirstOrg);
        const std::string today = house.services().registers.today(app::kFirstOrg).text();
        core::Id administrator;
        for (const access::Post& post : directory->posts()) {
            if (post.role == "system_admin") {
                administrator = post.person;
            }
        }
        house.services().access.put(
            {.org = app::kFirstOrg, .person = administrator, .approved_by = {}, .on = today},
            std::vector<access::Unit>{
                {.id = core::make_id(house.clock().now(), house.random()),
                 .parent = directory->units().front().id,
                 .name = code,
                 .code = code,
                 .kind = access::UnitKind::Other,
                 .span = {.from = *calendar::Date::parse(today), .to = {}}}
            }
        );
    }

    static void upload(app::House& house, const std::string& text) {
        files::Upload upload = house.services().files.begin(app::kFirstOrg, core::Id{});
        upload.write(text);
        static_cast<void>(upload.finish("minutes.txt"));
    }

    static std::int64_t records(const app::House& house) {
        std::int64_t size = 0;
        house.services().store.read([&](store::Reader& reader) {
            size = house.services().journal.head(reader, app::kFirstOrg).size;
        });
        return size;
    }

    Said restore(app::Words words) const {
        words.insert(words.end(), {"--data", data()});
        return said([&] { return app::restore_command(words); });
    }
    Said restore_from(const std::string& name, app::Words more = {}) const {
        more.insert(more.end(), {"--from", path(name)});
        return restore(more);
    }

    /// Units that come later than what was there; each is a record.
    void add_units(int count) {
        app::House house{settings()};
        for (int i = 0; i < count; ++i) {
            add_unit(house, "V" + std::to_string(++units_));
        }
    }
    /// As the server does: the newest checkpoint is signed, and kept beside the key.
    std::string sign() const {
        app::House house{settings()};
        house.tend();
        return app::read_file(data() + ".keys/checkpoint");
    }
    [[nodiscard]] std::int64_t size() const { return records(app::House{settings()}); }
    [[nodiscard]] app::Settings settings() const { return app::load_settings(data()); }

    /// Whether a server would begin; the code of the refusal.
    [[nodiscard]] std::string refused_start() const {
        try {
            const app::House house{settings()};
            app::require_continued(house, settings());
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return {};
    }

    /// What the journal says of its restorings.
    [[nodiscard]] std::vector<registers::RestoredStore> restorings() const {
        std::vector<registers::RestoredStore> all;
        const app::House house{settings()};
        house.services().store.read([&](store::Reader& reader) {
            all = registers::restored_stores(reader, app::kFirstOrg);
        });
        return all;
    }

    /// Names in the data directory and schemas that a restoring leaves while it is under way.
    [[nodiscard]] std::vector<std::string> left_over() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{data()}) {
            const std::string name = entry.path().filename();
            if (name.find("restoring") != std::string::npos) {
                names.push_back(name);
            }
        }
        if (is_postgres()) {
            app::open_store(settings())->read([&](store::Reader& reader) {
                static constexpr store::Query kSchemas{
                    "test.schemas",
                    "select schema_name from information_schema.schemata"
                    " where schema_name like '%restoring%'"
                };
                for (const store::Row& row : reader.query(kSchemas, {})) {
                    names.push_back(row.text(0));
                }
            });
        }
        return names;
    }

    int units_ = 0;
    store::TestDirectory directory_;
    std::unique_ptr<store::TestDatabase> database_;
    std::unique_ptr<store::TestDatabase> other_;
};

TEST_F(Backups, BackupOfAServerThatIsWrittenToIsWhole) {
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    app::House house{app::load_settings(data())};
    std::thread writer{[&] {
        while (!stop) {
            upload(house, "The minutes of " + std::to_string(written));
            add_unit(house, "U" + std::to_string(written));
            ++written;
        }
    }};
    std::vector<std::int64_t> sizes;
    for (const char* name : {"first", "second"}) {
        const int before = written;
        while (written < before + 3) {
            std::this_thread::yield();
        }
        const Said made = backup(name);
        EXPECT_EQ(made.status, 0) << made.text;
        const core::Json about = core::parse_json(app::read_file(path(name) + "/backup.json"));
        sizes.push_back(core::find_integer(about, "records").value_or(-1));
    }
    stop = true;
    writer.join();
    EXPECT_LT(sizes[0], sizes[1]);
    EXPECT_LT(sizes[1], records(house) + 1);
    if (is_postgres()) {
        return;  // an archive of pg_dump, which is looked into where it is put back
    }
    for (const char* name : {"first", "second"}) {
        const Said verified = verify(name);
        EXPECT_EQ(verified.status, 0) << verified.text;
        const app::House copy{app::load_settings(path(name))};
        EXPECT_EQ(records(copy), sizes[name == std::string_view{"first"} ? 0 : 1]);
    }
    EXPECT_EQ(backup("first").text, "data.exists");
}

TEST_F(Backups, BackupIsPutBackVerifiedAndRecorded) {
    std::string file;
    {
        app::House house{settings()};
        upload(house, "The minutes.");
        house.services().store.read([&](store::Reader& reader) {
            file = house.services()
                       .files.open(reader, app::kFirstOrg, crypto::sha256("The minutes."))
                       ->path;
        });
    }
    static_cast<void>(sign());
    ASSERT_EQ(backup("backup").status, 0);
    const std::int64_t before = size();
    fs::remove(file);
    EXPECT_EQ(verify("data").status, 1);
    if (!is_postgres()) {
        app::write_file(data() + "/duban.db.restoring", "of one that was killed");
    }
    const Said restored = restore_from("backup");
    ASSERT_EQ(restored.status, 0) << restored.text;
    EXPECT_EQ(app::read_file(file), "The minutes.");
    const Said verified = verify("data");
    EXPECT_EQ(verified.status, 0) << verified.text;
    EXPECT_EQ(refused_start(), "");
    const auto all = restorings();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].position, before);
    EXPECT_EQ(all[0].records, before);
    EXPECT_EQ(all[0].lost(), 0);
    EXPECT_GT(all[0].made_at, 0);
    EXPECT_EQ(all[0].compared.size(), 3U) << "the journal, its checkpoint, and that beside the key";
    EXPECT_EQ(all[0].decided, "");
    EXPECT_THAT(left_over(), testing::IsEmpty());
}

TEST_F(Backups, BackupThatWouldLoseRecordsTakesAWordOfWhoeverDecides) {
    ASSERT_EQ(backup("backup").status, 0);
    const std::int64_t before = size();
    add_units(3);
    app::write_file(path("elsewhere"), sign());
    EXPECT_EQ(restore_from("backup").text, "restore.records_lost");
    EXPECT_EQ(size(), before + 3) << "nothing was changed";
    EXPECT_THAT(left_over(), testing::IsEmpty());

    const std::string words = "The director, by telephone: the disk broke";
    const Said restored = restore_from("backup", {"--accept-loss", words});
    ASSERT_EQ(restored.status, 0) << restored.text;
    EXPECT_EQ(size(), before + 1);
    const auto all = restorings();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].lost(), 3);
    EXPECT_EQ(all[0].decided, words);
    EXPECT_EQ(verify("data").status, 0);
    EXPECT_EQ(refused_start(), "") << "the checkpoint beside the key was given up knowingly";
    const Said told = verify("data", {"--checkpoint", path("elsewhere")});
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.text, testing::HasSubstr("[checkpoint.given_up]"));
    static_cast<void>(sign());
    EXPECT_EQ(refused_start(), "");
}

TEST_F(Backups, DiskThatDiedIsReplacedAndOnlyACheckpointTellsWhatWasLost) {
    ASSERT_EQ(backup("backup").status, 0);
    const std::int64_t before = size();
    add_units(2);
    app::write_file(path("elsewhere"), sign());
    fs::remove_all(data());
    app::Words place;
    if (is_postgres()) {
        other_ = std::make_unique<store::TestDatabase>();
        place = {"--postgres", other_->connection()};
    }
    EXPECT_EQ(restore_from("backup", place).text, "restore.records_lost")
        << "the checkpoint beside the key is there yet";
    fs::remove(data() + ".keys/checkpoint");
    app::Words presented = place;
    presented.insert(presented.end(), {"--checkpoint", path("elsewhere")});
    EXPECT_EQ(restore_from("backup", presented).text, "restore.records_lost");
    EXPECT_FALSE(app::has_settings(data()));
    const Said restored = restore_from("backup", place);
    ASSERT_EQ(restored.status, 0) << restored.text;
    EXPECT_EQ(size(), before + 1);
    EXPECT_EQ(verify("data").status, 0);
    EXPECT_EQ(refused_start(), "");
    const Said told = verify("data", {"--checkpoint", path("elsewhere")});
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.text, testing::HasSubstr("[checkpoint.records_lost]"));
}

TEST_F(Backups, DatabasePutBackByHandIsNotServedBeforeItIsRecorded) {
    ASSERT_EQ(backup("backup").status, 0);
    add_units(2);
    static_cast<void>(sign());
    app::put_back_database(settings(), path("backup"));
    EXPECT_EQ(refused_start(), "serve.records_lost");
    EXPECT_EQ(
        said([&] { return app::serve_command({"--data", data(), "--port", "0"}); }).text,
        "serve.records_lost"
    );
    EXPECT_EQ(restore({"--restored"}).text, "restore.records_lost");
    add_units(4);
    EXPECT_EQ(refused_start(), "serve.forked");
    EXPECT_EQ(restore({"--restored"}).text, "restore.forked");
    const Said restored = restore({"--restored", "--accept-loss", "The director, in writing"});
    EXPECT_EQ(restored.status, 0) << restored.text;
    EXPECT_EQ(refused_start(), "");
    EXPECT_EQ(verify("data").status, 0);
    app::write_file(data() + ".keys/checkpoint", "");
    EXPECT_EQ(refused_start(), "serve.checkpoint_malformed");
}

/// Behind the program's back.
void alter_parameters(const app::Settings& settings, const std::string& value) {
    app::open_store(settings)->write(app::kFirstOrg, [&](store::Transaction& tx) {
        constexpr store::Query kAlter{
            "test.alter_parameter", "update d_parameter set value = $2 where org = $1"
        };
        tx.execute(kAlter, {store::value(app::kFirstOrg), value});
    });
}

TEST_F(Backups, BackupThatDoesNotVerifyIsPutBackOnlyKnowingly) {
    alter_parameters(settings(), "9");
    ASSERT_EQ(backup("backup").status, 0);
    EXPECT_EQ(restore_from("backup").text, "restore.backup_faulty");
    EXPECT_THAT(restorings(), testing::IsEmpty());
    const Said restored = restore_from("backup", {"--accept-faults"});
    EXPECT_EQ(restored.status, 0) << restored.text;
    ASSERT_EQ(restorings().size(), 1U);
    EXPECT_GT(restorings()[0].faults, 0);
}

TEST_F(Backups, UpgradeThatDoesNotVerifyPutsBackWhatWasThere) {
    const auto upgrade = [&](const std::string& to) {
        return said([&] { return app::upgrade_command({"--data", data(), "--to", path(to)}); });
    };
    EXPECT_EQ(upgrade("first").status, 0);
    EXPECT_EQ(upgrade("first").text, "data.exists");
    EXPECT_EQ(restore_from("first").status, 0) << "the backup is whole";
    alter_parameters(settings(), "9");
    const std::int64_t before = size();
    testing::internal::CaptureStderr();
    EXPECT_EQ(upgrade("second").status, 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr(path("second")));
    EXPECT_EQ(size(), before);
    EXPECT_EQ(verify("data").status, 1) << "and is as it was before";
    EXPECT_THAT(left_over(), testing::IsEmpty());
    const app::House house{settings()};
    if (!is_postgres()) {
        EXPECT_EQ(upgrade("third").text, "store.in_use");
    }
}

TEST_F(Backups, BackupOfAnotherInstallationIsRefused) {
    ASSERT_EQ(said([&] { return app::init_command(founding(path("other"))); }).status, 0);
    ASSERT_EQ(
        said([&] { return app::backup_command({"--data", path("other"), "--to", path("backup")}); }
        ).status,
        0
    );
    EXPECT_EQ(restore_from("backup").text, "restore.other_installation");
    EXPECT_EQ(restore_from("none").text, "data.not_found");
    EXPECT_EQ(restore({}).text, "command.value_missing");
}

TEST_F(Backups, DamagedOrMissingDatabaseIsReplaced) {
    if (is_postgres()) {
        return;  // a file of PostgreSQL is PostgreSQL's own matter
    }
    ASSERT_EQ(backup("backup").status, 0);
    app::write_file(data() + "/duban.db", std::string(8192, 'x'));
    EXPECT_EQ(restore_from("backup").status, 0);
    EXPECT_EQ(verify("data").status, 0);
    fs::remove(data() + "/duban.db");
    EXPECT_EQ(refused_start(), "data.database_missing");
    EXPECT_FALSE(fs::exists(data() + "/duban.db")) << "no empty one is begun in its place";
    EXPECT_EQ(restore_from("backup").status, 0);
    EXPECT_EQ(verify("data").status, 0);
}

TEST_F(Backups, CheckpointsFromElsewhereAreHeldAgainstTheJournal) {
    std::string newest = sign();
    std::string file = newest;
    for (int i = 0; i < 3; ++i) {
        add_units(1);
        newest = sign();
        file += newest;
    }
    app::write_file(path("elsewhere"), file);
    const auto checked = [&](const std::string& text, const std::string& code) {
        app::write_file(path("other"), text);
        const Said told =
            verify("data", {"--checkpoint", path("elsewhere"), "--checkpoint", path("other")});
        EXPECT_EQ(told.status, code.empty() ? 0 : 1) << told.text;
        EXPECT_THAT(told.text, testing::HasSubstr(code.empty() ? "" : "[" + code + "]"));
        EXPECT_EQ(told.text.find("{"), std::string::npos) << told.text;
    };
    const std::int64_t records = size();
    checked(newest, "");
    checked("<html>Not found</html>\n", "checkpoint.malformed");
    checked("", "checkpoint.malformed");
    std::string altered = newest;
    const std::string line = "\n" + std::to_string(records) + "\n";
    altered.replace(altered.find(line), line.size(), "\n" + std::to_string(records - 1) + "\n");
    checked(altered, "checkpoint.unsigned");

    // Others that the same key signed.
    const crypto::NoteSigner signer = app::load_signer(settings());
    const auto signed_head = [&](const std::string& origin, std::int64_t size) {
        const crypto::TreeHead head{
            .size = static_cast<std::uint64_t>(size), .root = crypto::sha256("another")
        };
        return signer.sign(
            crypto::Checkpoint{.origin = origin, .head = head, .extensions = {}}.text()
        );
    };
    const std::string origin = app::log_origin(settings());
    checked(signed_head("duban/elsewhere/1", records), "checkpoint.foreign");
    checked(signed_head(origin, records), "checkpoint.forked");
    checked(signed_head(origin, 1), "checkpoint.forked");
    checked(signed_head(origin, records + 40), "checkpoint.records_lost");

    const std::string key = signer.verifier().text();
    fs::rename(data() + ".keys", path("away"));
    EXPECT_EQ(verify("data", {"--checkpoint", path("elsewhere")}).text, "file.not_readable");
    const Said told = verify("data", {"--checkpoint", path("elsewhere"), "--key", key});
    EXPECT_EQ(told.status, 0) << told.text;
    EXPECT_EQ(verify("data", {"--key", key, "--checkpoint", path("other")}).status, 1);
    EXPECT_EQ(
        verify("data", {"--key", "none", "--checkpoint", path("other")}).text, "key.malformed"
    );
}

}  // namespace

}  // namespace duban::scenarios
