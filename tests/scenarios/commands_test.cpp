// What the commands refuse before they ask the house.

#include "app/commands.h"

#include <cstdlib>
#include <filesystem>

#include "api/sentences.h"
#include "app/arguments.h"
#include "app/settings.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "crypto/totp.h"
#include "terminal.h"
#include "world.h"

namespace duban::scenarios {

namespace {

TEST(Commands, WordsThatAreMissingOrUnknownAreNamed) {
    const app::Known known{.with_value = {"as"}, .alone = {"all"}, .words = 1};
    const auto read = [&](const std::vector<std::string>& words) {
        return refusal([&] { static_cast<void>(app::Arguments{words, known}.word(0, "register")); }
        );
    };
    EXPECT_EQ(read({"measure", "--colour"}), "command.unknown_option");
    EXPECT_EQ(read({"measure", "--as"}), "command.value_missing");
    EXPECT_EQ(read({"measure", "--as", "--all"}), "command.value_missing");
    EXPECT_EQ(read({"--all"}), "command.word_missing");
    EXPECT_EQ(read({"measure", "--all", "finding"}), "command.word_not_taken");
    EXPECT_EQ(read({"measure", "--all", "--as", "office.clerk"}), "");
}

TEST(Commands, ConditionIsTakenOrRefusedAndNeverPassedOver) {
    const std::vector<std::string> words{"measure", "due.from=2026-01-01", "Any name=1", "./a=b"};
    const app::Arguments taken{words, {.with_value = {}, .alone = {}, .words = 3, .pairs = true}};
    EXPECT_EQ(
        taken.pairs(),
        (std::vector<std::pair<std::string, std::string>>{{"due.from", "2026-01-01"}})
    );
    EXPECT_EQ(taken.words(), (std::vector<std::string>{"measure", "Any name=1", "./a=b"}));
    const auto refused = [](const std::string& word) {
        return refusal([&] {
            static_cast<void>(app::Arguments{{word}, {.with_value = {}, .alone = {}, .words = 1}});
        });
    };
    EXPECT_EQ(refused("state=draft"), "command.pair_not_taken");
    EXPECT_EQ(refused("due.to=2026-01-01"), "command.pair_not_taken");
    EXPECT_EQ(refused("./a=b"), "");
}

TEST(Commands, FilesAndFoldersThatAreNotThereAreNamed) {
    const store::TestDirectory directory;
    EXPECT_EQ(
        refusal([&] { static_cast<void>(app::load_settings(directory.path("none"))); }),
        "data.not_found"
    );
    EXPECT_EQ(
        refusal([&] { static_cast<void>(app::read_file(directory.path("none"))); }),
        "file.not_readable"
    );
    EXPECT_EQ(
        refusal([&] { app::write_file(directory.path("none/file"), "text", false); }),
        "file.not_writable"
    );
    std::filesystem::create_directories(directory.path("pack"));
    EXPECT_EQ(
        refusal([&] { static_cast<void>(app::pack_command({"new", directory.path("pack")})); }),
        "data.exists"
    );
}

TEST(Commands, FolderOfAnInitThatBrokeOffIsRefusedWithWhatToDo) {
    const store::TestDirectory directory;
    const std::string data = directory.path("data");
    const auto init = [&](const std::string& zone) {
        return refusal([&] {
            static_cast<void>(app::init_command(founding(data, {"--zone", zone})));
        });
    };
    EXPECT_EQ(init("Nowhere/Atall"), "calendar.unknown_zone");
    EXPECT_FALSE(std::filesystem::exists(data)) << "nothing is made before the answers are good";
    EXPECT_EQ(init("Asia/Shanghai"), "");
    EXPECT_EQ(init("Asia/Shanghai"), "data.exists");
    std::filesystem::remove(data + "/duban.json");  // what is written last
    EXPECT_EQ(init("Asia/Shanghai"), "data.half_made");
    std::filesystem::remove_all(data);
    EXPECT_EQ(init("Asia/Shanghai"), "data.half_made") << "its key signs the log of another";
    std::filesystem::remove_all(data + ".keys");
    EXPECT_EQ(init("Asia/Shanghai"), "");
}

TEST(Commands, AdministratorsAreNamedAndTheAuditorIsNobodyElse) {
    const store::TestDirectory directory;
    const auto init = [&](const std::vector<std::string>& names) {
        std::vector<std::string> words{"--data", directory.path("data"), "--yes"};
        words.insert(words.end(), names.begin(), names.end());
        testing::internal::CaptureStdout();
        std::string refused = refusal([&] { static_cast<void>(app::init_command(words)); });
        return refused + testing::internal::GetCapturedStdout();
    };
    const std::string an = "An Sample";
    EXPECT_EQ(init({}), "init.administrators_unnamed");
    EXPECT_EQ(init({"--system", an, "--security", " "}), "init.administrators_unnamed");
    EXPECT_EQ(init({"--system", an, "--security", "Bo Sample", "--audit", an}), "init.audit_apart");
    EXPECT_EQ(init({"--system", an, "--security", an, "--audit", an}), "init.audit_apart");
    EXPECT_FALSE(std::filesystem::exists(directory.path("data"))) << "nothing was made";
}

/// Behind the program's back.
void alter_parameters(const std::string& data) {
    store::SqliteOptions options;
    options.path = data + "/duban.db";
    store::open_sqlite(options)->write(app::kFirstOrg, [](store::Transaction& tx) {
        constexpr store::Query kAlter{
            "test.alter_parameter", "update d_parameter set value = '9' where org = $1"
        };
        tx.execute(kAlter, {store::value(app::kFirstOrg)});
    });
}

TEST(Commands, WhoSignsInAtTheTerminalActsByATokenUntilHeLogsOut) {
    const store::TestDirectory directory;
    const std::string data = directory.path("data");
    testing::internal::CaptureStdout();
    ASSERT_EQ(app::init_command(founding(data)), 0);
    const std::string password = printed_password(testing::internal::GetCapturedStdout(), "system");
    ASSERT_FALSE(password.empty());
    const auto log_in = [&](const std::string& lines, std::vector<std::string> more = {}) {
        const Typed typed{lines};
        more.insert(more.begin(), {"system", "--data", data});
        return refusal([&] { EXPECT_EQ(app::login_command(more), 0); });
    };
    const auto list = [&] {
        return refusal([&] { EXPECT_EQ(app::list_command({"--data", data, "--as", "system"}), 0); }
        );
    };
    EXPECT_EQ(list(), "command.no_token");
    EXPECT_EQ(log_in(""), "login.no_password");
    EXPECT_EQ(log_in("guessed it\n"), "sign_in.refused");
    EXPECT_EQ(log_in(password + "\n"), "login.password_to_change");
    EXPECT_EQ(log_in(password + "\n", {"--days", "366"}), "login.days_malformed");
    // The last line is read where these tests are run at a terminal: then it is asked for twice.
    EXPECT_EQ(log_in(password + "\nmy own long secret\nmy own long secret\n"), "");
    EXPECT_EQ(list(), "");

    const std::string file = data + "/tokens/system";
    EXPECT_EQ(
        std::filesystem::status(file).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    const std::string first = app::read_file(file);
    EXPECT_EQ(log_in("my own long secret\r\n", {"--days", "1"}), "");
    app::write_file(data + "/tokens/before", first, true);
    EXPECT_EQ(
        refusal([&] { static_cast<void>(app::list_command({"--data", data, "--as", "before"})); }),
        "session.none"
    ) << "the new token takes the place of the first";
    const std::string second = app::read_file(file);

    const auto log_out = [&](const std::string& account) {
        return refusal([&] { EXPECT_EQ(app::logout_command({account, "--data", data}), 0); });
    };
    EXPECT_EQ(log_out("../duban.json"), "account.name_malformed");
    EXPECT_EQ(log_out("system"), "");
    EXPECT_EQ(list(), "command.no_token");
    app::write_file(data + "/tokens/before", second, true);
    EXPECT_EQ(log_out("before"), "") << "one that has ended is put away all the same";
    EXPECT_FALSE(std::filesystem::exists(data + "/tokens/before"));
    EXPECT_EQ(app::verify_command({"--data", data}), 0);
}

/// Enrols the account by its one-time password, which gives way; the secret of its telephone.
std::string enrolled_telephone(const std::string& data, const std::string& one_time) {
    const app::House house{app::load_settings(data)};
    access::Accounts& accounts = house.services().accounts;
    const std::string on = house.services().registers.today(app::kFirstOrg).text();
    const access::SignedIn in = accounts.sign_in(
        {.org = app::kFirstOrg,
         .name = "system",
         .password = one_time,
         .totp = {},
         .address = "127.0.0.1",
         .on = on}
    );
    const access::SignedIn changed = accounts.change_password(
        in.secret, {.old_password = one_time, .new_password = "my own long secret", .on = on}
    );
    const access::TotpOffer offer = accounts.enrol_totp(changed.secret, "Duban");
    const std::string secret = crypto::base32_decode(offer.secret).value_or("");
    // The code of the half minute before, so that the next one is still good.
    accounts.confirm_totp(
        changed.secret,
        crypto::totp_code(secret, crypto::totp_step(app::machine_clock().now()) - 1),
        on
    );
    return secret;
}

TEST(Commands, WhoHasASecondFactorGivesItsCodeToo) {
    const store::TestDirectory directory;
    const std::string data = directory.path("data");
    testing::internal::CaptureStdout();
    ASSERT_EQ(app::init_command(founding(data)), 0);
    const std::string telephone = enrolled_telephone(
        data, printed_password(testing::internal::GetCapturedStdout(), "system")
    );
    const auto log_in = [&](const std::string& code) {
        const Typed typed{"my own long secret\n" + code};
        return refusal([&] { EXPECT_EQ(app::login_command({"system", "--data", data}), 0); });
    };
    EXPECT_EQ(log_in(""), "sign_in.second_factor_required");
    EXPECT_EQ(log_in("no code\n"), "sign_in.code_refused");
    EXPECT_FALSE(std::filesystem::exists(data + "/tokens"));
    const std::int64_t step = crypto::totp_step(app::machine_clock().now());
    EXPECT_EQ(log_in(crypto::totp_code(telephone, step) + "\n"), "");
    EXPECT_EQ(app::list_command({"--data", data, "--as", "system"}), 0);
}

TEST(Commands, CopyOfADataDirectoryIsVerifiedByItself) {
    const store::TestDirectory directory;
    const std::string data = directory.path("data");
    const std::string copy = directory.path("copy");
    ASSERT_EQ(app::init_command(founding(data)), 0);
    std::filesystem::copy(data, copy, std::filesystem::copy_options::recursive);
    EXPECT_EQ(app::verify_command({"--data", copy}), 0);
    alter_parameters(copy);
    EXPECT_EQ(app::verify_command({"--data", copy}), 1) << "what was changed in it is found";
    EXPECT_EQ(app::verify_command({"--data", data}), 0) << "and is not in the other";
}

TEST(Commands, FileThatWasChangedOrRemovedOnTheDiskIsNamed) {
    const store::TestDirectory directory;
    const std::string data = directory.path("data");
    ASSERT_EQ(app::init_command(founding(data)), 0);
    std::string hash;
    std::string path;
    {
        const app::House house{app::load_settings(data)};
        files::Files& files = house.services().files;
        files::Upload upload = files.begin(app::kFirstOrg, core::Id{});
        upload.write("The minutes.");
        const files::FileInfo kept = upload.finish("minutes.txt");
        hash = kept.hash.hex();
        house.services().store.read([&](store::Reader& reader) {
            path = files.open(reader, app::kFirstOrg, kept.hash)->path;
        });
    }
    const auto verified = [&](int status) {
        testing::internal::CaptureStdout();
        EXPECT_EQ(app::verify_command({"--data", data}), status);
        return testing::internal::GetCapturedStdout();
    };
    EXPECT_EQ(verified(0).find(hash), std::string::npos);
    app::write_file(path, "The minuten.");
    const std::string altered = verified(1);
    EXPECT_NE(altered.find(hash), std::string::npos) << altered;
    EXPECT_NE(altered.find("[file.altered]"), std::string::npos) << altered;
    std::filesystem::remove(path);
    const std::string lost = verified(1);
    EXPECT_NE(lost.find(hash), std::string::npos) << lost;
    EXPECT_NE(lost.find("[file.lost]"), std::string::npos) << lost;
    app::write_file(path, "The minutes.");
    EXPECT_EQ(verified(0).find(hash), std::string::npos);
}

TEST(Commands, SealedFieldIsRefusedByTheCheckAsByAdoption) {
    const store::TestDirectory directory;
    const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    std::filesystem::copy(
        std::string{source == nullptr ? "." : source} + "/packs/organisation",
        directory.path("organisation")
    );
    const std::string pack = directory.path("sealing");
    EXPECT_EQ(app::pack_command({"new", pack}), 0);
    const std::string entry = pack + "/registers/sealing_entry.yaml";
    std::string text = app::read_file(entry);
    const std::string plain = "  happens_on: {type: date}\n";
    const auto at = text.find(plain);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, plain.size(), plain + "  secret: {type: text, sealed: true}\n");
    app::write_file(entry, text, false);
    testing::internal::CaptureStdout();
    EXPECT_EQ(app::pack_command({"check", pack}), 1);
    const std::string said = testing::internal::GetCapturedStdout();
    EXPECT_NE(said.find("registers/sealing_entry.yaml:6:3: "), std::string::npos) << said;
    EXPECT_NE(said.find("[field.sealing_unsupported]"), std::string::npos) << said;
}

TEST(Commands, ReasonWithoutWordsIsNamedAtItsPlace) {
    const store::TestDirectory directory;
    const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    const std::string packs = std::string{source == nullptr ? "." : source} + "/packs/";
    const std::string pack = directory.path("foundation");
    std::filesystem::copy(packs + "organisation", directory.path("organisation"));
    std::filesystem::copy(packs + "foundation", pack, std::filesystem::copy_options::recursive);
    std::string text = app::read_file(pack + "/controls/paid_post.sql");
    text.replace(text.find("'paid'"), 6, "'pay'");
    app::write_file(pack + "/controls/paid_post.sql", text, false);
    testing::internal::CaptureStdout();
    EXPECT_EQ(app::pack_command({"check", pack}), 1);
    const std::string said = testing::internal::GetCapturedStdout();
    EXPECT_TRUE(said.starts_with("controls/paid_post.sql:5:12: ")) << said;
    EXPECT_NE(said.find("[control.reason_without_words]"), std::string::npos) << said;
}

TEST(Commands, DocumentThatIsNoNoticeIsNotImported) {
    const store::TestDirectory directory;
    const auto imported = [&](const std::string& name, const std::string& text) {
        app::write_file(directory.path(name), text, false);
        return refusal([&] {
            static_cast<void>(
                app::import_command({directory.path(name), "--data", directory.path("data")})
            );
        });
    };
    const char* found = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    const std::string marked = std::string{found == nullptr ? "." : found} +
                               "/tests/reading/secrecy-mark-in-its-place/input.txt";
    EXPECT_EQ(imported("marked.txt", app::read_file(marked)), "file.marked_secret");
    EXPECT_EQ(
        imported("proposal.json", "{\"kind\": \"notice\", \"items\": 7}"),
        "notice.proposal_malformed"
    );
}

TEST(Commands, ServerThatDoesNotAnswerIsNamed) {
    http::Request request;
    request.path = "/health";
    // Port 1 (tcpmux) is given to nobody on a machine that serves nothing there.
    EXPECT_EQ(
        refusal([&] { static_cast<void>(http::send("127.0.0.1", 1, request)); }),
        "server.unreachable"
    );
}

TEST(Commands, SentencesThatAreNoMapAreRefused) {
    api::LocaleSentences sentences;
    EXPECT_EQ(refusal([&] { sentences.add("en", "row.closed: [it is"); }), "locale.malformed");
}

TEST(Commands, KeyThatIsNoneStopsTheHouse) {
    const store::TestDirectory directory;
    app::Settings settings;
    settings.directory = directory.path("data");
    settings.keys = directory.path("keys");
    settings.installation = "keys";
    std::filesystem::create_directories(settings.directory);
    crypto::SystemRandom random;
    app::make_keys(settings, random);
    app::write_file(settings.keys + "/log.key", "no key\n", true);
    EXPECT_EQ(refusal([&] { const app::House house{settings}; }), "key.malformed");
}

}  // namespace

}  // namespace duban::scenarios
