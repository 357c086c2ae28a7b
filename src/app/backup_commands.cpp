#include <chrono>
#include <iostream>

#include "app/arguments.h"
#include "app/backup.h"
#include "app/commands.h"
#include "app/house.h"
#include "app/locales.h"
#include "app/staging.h"
#include "app/transport.h"
#include "core/clock.h"
#include "core/problem.h"

namespace duban::app {

namespace {

const Known kBackup{.with_value = {"data", "to"}, .alone = {}};
const Known kUpgrade{.with_value = {"data", "to"}, .alone = {}};

/// Opening the house brings its tables up to date; verification says whether all still holds.
bool migrates_and_verifies(const Settings& settings) {
    try {
        return verify_command({"--data", settings.directory}) == 0;
    } catch (const core::Problem& problem) {
        std::cerr << explained(problem, terminal_language()) << "\n";
        return false;
    }
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
    make_backup(settings, to);
    return 0;
}

/// E40: backup, migrate, verify, or back.
int upgrade_command(const Words& words) {
    const Arguments arguments{words, kUpgrade};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string stamp = std::to_string(core::to_ms(machine_clock().now()) / 1000);
    const std::string to = arguments.value("to", settings.directory + ".before-" + stamp);
    refuse_served(settings);
    make_backup(settings, to);
    if (migrates_and_verifies(settings)) {
        return 0;
    }
    put_back_database(settings, to);
    std::cerr << say("upgrade_undone", {{"directory", to}}) << "\n";
    return 1;
}

}  // namespace duban::app
