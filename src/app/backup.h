// A backup: a directory with the database, the files and the settings, and never a key (E25, E29).
//
//     <backup>/duban.db      SQLite, or what pg_dump made of the schema
//     <backup>/files/        evidence
//     <backup>/backup.json   when it was made, of how many records, under which root
//     <backup>/duban.json    the settings, last: a directory without them is no backup

#pragma once

#include <cstdint>
#include <string>

#include "app/settings.h"

namespace duban::app {

struct Backup {
    std::string directory;
    Settings settings;          ///< of the installation it was made of
    std::int64_t made_at = 0;   ///< UTC milliseconds; 0: a copy made by hand, which does not say
    std::int64_t records = -1;  ///< -1: it does not say
};

/// The database first, then the files, which never change, then the settings; a server may run
/// meanwhile. The database is copied as it is: what an older program made stays what that program
/// can read. Says where it is. Problem{Conflict, "data.exists"} when `to` is there.
void make_backup(const Settings& settings, const std::string& to);

/// Problem{NotFound, "data.not_found"} when the directory holds none.
[[nodiscard]] Backup load_backup(const std::string& directory);

}  // namespace duban::app
