// The locks of one database file and of its shared memory, among the handles of one process.

#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include <sqlite3.h>

namespace duban::crash {

/// Safe to use from several threads. A handle is told apart by its address.
class Locks {
public:
    /// SQLite's five levels (SQLITE_LOCK_NONE … EXCLUSIVE); SQLITE_OK or SQLITE_BUSY.
    int raise(const void* handle, int level);
    void lower(const void* handle, int level);
    [[nodiscard]] bool is_reserved();

    /// Slots of the shared memory, by the flags of xShmLock.
    int lock_slots(const void* handle, std::size_t first, std::size_t count, int flags);
    /// Region `number` of `size` bytes; null when it is not there and `create` is false.
    void* map(std::size_t number, std::size_t size, bool create);
    void release(const void* handle);

private:
    struct Holder {
        const void* handle;
        int level = SQLITE_LOCK_NONE;
        std::array<bool, SQLITE_SHM_NLOCK> shared{};
        std::array<bool, SQLITE_SHM_NLOCK> exclusive{};
    };

    Holder& holder(const void* handle);

    std::mutex mutex_;  // guards the two below
    std::vector<Holder> holders_;
    std::vector<std::unique_ptr<char[]>> regions_;
};

}  // namespace duban::crash
