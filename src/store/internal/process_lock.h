// One process at a time writes a SQLite database (E15): an advisory lock on `<path>.lock`.

#pragma once

#include <string>

namespace duban::store {

class ProcessLock {
public:
    /// Throws Problem{Unavailable, "store.in_use"} when another store holds it.
    explicit ProcessLock(const std::string& path);
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;
    ~ProcessLock();

private:
    int file_ = -1;
};

}  // namespace duban::store
