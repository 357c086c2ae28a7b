// SQLite's files on a Disk: a VFS with locks and shared memory for one process.

#pragma once

#include <string>

#include <sqlite3.h>

#include "disk.h"

namespace duban::crash {

/// Registered while it lives; name() goes into SqliteOptions::vfs.
class Vfs {
public:
    explicit Vfs(Disk& disk);
    Vfs(const Vfs&) = delete;
    Vfs& operator=(const Vfs&) = delete;
    ~Vfs();

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    std::string name_;
    sqlite3_vfs vfs_{};
};

}  // namespace duban::crash
