// A file that appears under its name whole and on disk, or not at all.

#pragma once

#include <functional>
#include <string>

namespace duban::store {

/// Runs `write` with a name beside `path`, brings what it wrote to disk and renames it to `path`.
/// Throws Problem{Conflict, "store.backup_exists"} when `path` is taken, and
/// Problem{Unavailable, "store.backup_failed"} when the disk refuses; then nothing is left behind.
void write_whole_file(
    const std::string& path, const std::function<void(const std::string& partial)>& write
);

/// Brings to disk which names stand in the folder of `path`; throws as write_whole_file does.
void sync_folder(const std::string& path);

}  // namespace duban::store
