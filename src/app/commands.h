// The commands of `duban`. Each takes the words after its name and returns the exit code: 0 done,
// 1 refused or something found, 2 used wrongly. A refusal is thrown as a Problem.

#pragma once

#include <string>
#include <vector>

#include "app/arguments.h"
#include "app/settings.h"

namespace duban::app {

using Words = std::vector<std::string>;

int init_command(const Words& words);    ///< setup_commands.cpp
int backup_command(const Words& words);  ///< backup_commands.cpp
int upgrade_command(const Words& words);
int restore_command(const Words& words);  ///< restore_command.cpp
int serve_command(const Words& words);    ///< serve_command.cpp
int list_command(const Words& words);     ///< ledger_commands.cpp
int show_command(const Words& words);
int apply_command(const Words& words);
int search_command(const Words& words);
int figure_command(const Words& words);
int verify_command(const Words& words);  ///< proof_commands.cpp
int proof_command(const Words& words);
int publish_command(const Words& words);  ///< publish_command.cpp
int export_command(const Words& words);   ///< sheet_commands.cpp
/// A sheet into the register that --register names.
int import_sheet_command(const Words& words);
int import_command(const Words& words);  ///< notice_commands.cpp
int link_command(const Words& words);
int pack_command(const Words& words);       ///< pack_commands.cpp
int directory_command(const Words& words);  ///< directory_command.cpp
int login_command(const Words& words);      ///< login_command.cpp
int logout_command(const Words& words);

/// The data directory: --data, else DUBAN_DATA, else duban-data.
[[nodiscard]] std::string default_data();
/// The account a command acts as: --as, else DUBAN_AS, else in the demonstration one of its own and
/// elsewhere the only one that has a token. Problem{Invalid, "command.no_account"}.
[[nodiscard]] std::string account_of(
    const Arguments& arguments,
    const Settings& settings,
    const char* of_demonstration = "office.clerk"
);

}  // namespace duban::app
