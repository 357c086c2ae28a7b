// What the commands refuse before they ask the house.

#include "app/commands.h"

#include <cstdlib>
#include <filesystem>

#include "api/sentences.h"
#include "app/arguments.h"
#include "app/settings.h"
#include "crypto/random.h"
#include "world.h"

namespace duban::scenarios {

namespace {

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Problem& problem) {
        return problem.code;
    }
    return {};
}

TEST(Commands, WordsThatAreMissingOrUnknownAreNamed) {
    const app::Known known{.with_value = {"as"}, .alone = {"all"}};
    const auto read = [&](const std::vector<std::string>& words) {
        return refusal([&] { static_cast<void>(app::Arguments{words, known}.word(0, "register")); }
        );
    };
    EXPECT_EQ(read({"measure", "--colour"}), "command.unknown_option");
    EXPECT_EQ(read({"measure", "--as"}), "command.value_missing");
    EXPECT_EQ(read({"--all"}), "command.word_missing");
    EXPECT_EQ(read({"measure", "--all", "--as", "office.clerk"}), "");
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
