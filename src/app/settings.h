// The data directory and what stands in it. The signing and sealing keys lie beside it, never in
// it, so that no backup of the data holds them (E25).
//
//     <data>/duban.json   which database, the installation's uuid, where the keys are
//     <data>/duban.db     the database, unless PostgreSQL keeps it
//     <data>/files/       evidence
//     <data>.keys/        log.key, sealing.key: 0600

#pragma once

#include <string>

#include "crypto/password.h"

namespace duban::app {

struct Settings {
    std::string directory;
    std::string database = "duban.db";  ///< SQLite's, in it; a restoring verifies another first
    std::string installation;           ///< uuid, part of the log's origin for ever (E25)
    std::string postgres;               ///< connection string; empty: SQLite
    std::string schema = "duban";       ///< of the database in PostgreSQL; tests take their own
    std::string keys;                   ///< directory of the keys
    bool demo = false;
    crypto::PasswordCost password_cost = {};  ///< not kept: tests alone take less

    [[nodiscard]] std::string path(const std::string& name) const { return directory + "/" + name; }
};

/// Problem{NotFound, "data.not_found"} with the directory when nothing was made there.
[[nodiscard]] Settings load_settings(const std::string& directory);
void save_settings(const Settings& settings);
[[nodiscard]] bool has_settings(const std::string& directory);

/// A whole file; Problem{NotFound, "file.not_readable"} with its name.
[[nodiscard]] std::string read_file(const std::string& path);
/// Writes with mode 0600 when `secret`; Problem{Unavailable, "file.not_writable"}.
void write_file(const std::string& path, const std::string& text, bool secret = false);

}  // namespace duban::app
