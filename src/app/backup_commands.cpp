#include <chrono>
#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/house.h"
#include "app/locales.h"
#include "core/clock.h"
#include "core/problem.h"
#include "registers/replay.h"

namespace duban::app {

namespace {

namespace fs = std::filesystem;

const Known kBackup{.with_value = {"data", "to"}, .alone = {}};
const Known kUpgrade{.with_value = {"data", "to"}, .alone = {}};
const Known kRestore{.with_value = {"data"}, .alone = {"from-journal"}};

/// The database first, then the files, which never change (E29), then the settings. The database
/// is opened as it is: what an older program made stays what that program can read.
void copy_data(const Settings& settings, const std::string& to) {
    if (fs::exists(to)) {
        throw core::Problem{core::ProblemKind::Conflict, "data.exists", {{"directory", to}}};
    }
    const std::unique_ptr<store::Store> store = open_store(settings);
    fs::create_directories(to);
    store->backup(to + "/duban.db", [](store::Reader&) {});
    fs::copy(settings.path("files"), to + "/files", fs::copy_options::recursive);
    fs::copy_file(settings.path("duban.json"), to + "/duban.json");
    std::cout << say("backup_done", {{"directory", to}}) << "\n";
}

/// Opening the house brings its tables up to date; verification says whether all still holds.
bool migrates_and_verifies(const Settings& settings) {
    try {
        return verify_command({"--data", settings.directory}) == 0;
    } catch (const core::Problem& problem) {
        std::cerr << explained(problem, terminal_language()) << "\n";
        return false;
    }
}

/// The database of the backup in the place of the one that did not hold. The files are the same.
void put_back(const Settings& settings, const std::string& from) {
    const std::string database = settings.path("duban.db");
    const std::string copy = database + ".back";
    fs::copy_file(from + "/duban.db", copy, fs::copy_options::overwrite_existing);
    fs::remove(database + "-wal");
    fs::remove(database + "-shm");
    fs::rename(copy, database);
}

}  // namespace

int backup_command(const Words& words) {
    const Arguments arguments{words, kBackup};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string to = arguments.value("to", "");
    if (to.empty()) {
        throw core::Problem{
            core::ProblemKind::Invalid, "command.value_missing", {{"option", "--to"}}
        };
    }
    copy_data(settings, to);
    return 0;
}

/// The tables built again from the records alone; a journal that is not sound is left as it is.
int restore_command(const Words& words) {
    const Arguments arguments{words, kRestore};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    if (!arguments.has("from-journal")) {
        throw core::Problem{
            core::ProblemKind::Invalid, "command.value_missing", {{"option", "--from-journal"}}
        };
    }
    House house{settings};
    const registers::Restored restored = registers::restore_from_journal(
        house.services().registers, house.services().adoption, kFirstOrg
    );
    house.services().follower.reset(kFirstOrg);
    house.catch_up();
    std::cout << say("restore_done",
                     {{"directory", settings.directory},
                      {"records", std::to_string(restored.records)},
                      {"entries", std::to_string(restored.entries)}})
              << "\n";
    return 0;
}

/// E40: backup, migrate, verify, or back.
int upgrade_command(const Words& words) {
    const Arguments arguments{words, kUpgrade};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string stamp = std::to_string(core::to_ms(machine_clock().now()) / 1000);
    const std::string to = arguments.value("to", settings.directory + ".before-" + stamp);
    copy_data(settings, to);
    if (migrates_and_verifies(settings)) {
        return 0;
    }
    if (!settings.postgres.empty()) {
        std::cerr << say("upgrade_by_hand", {{"file", to + "/duban.db"}}) << "\n";
        return 1;
    }
    put_back(settings, to);
    std::cerr << say("upgrade_undone", {{"directory", to}}) << "\n";
    return 1;
}

}  // namespace duban::app
