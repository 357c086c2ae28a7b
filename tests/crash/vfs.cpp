#include "vfs.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <span>

#include "locks.h"

namespace duban::crash {

namespace {

/// What SQLite holds for an open file; it gives the memory.
struct Handle {
    sqlite3_file base;  // first, for SQLite
    Disk* disk;
    std::shared_ptr<File> file;
    std::shared_ptr<Locks> locks;
};

Handle& of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}

Disk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<Disk*>(vfs->pAppData);
}

/// Handles of one file share its locks as long as one of them is open.
std::shared_ptr<Locks> locks_of(const std::shared_ptr<File>& file) {
    static std::mutex mutex;
    static std::map<std::weak_ptr<File>, std::weak_ptr<Locks>, std::owner_less<>> all;
    const std::scoped_lock lock{mutex};
    std::erase_if(all, [](const auto& each) { return each.first.expired(); });
    std::shared_ptr<Locks> locks = all[file].lock();
    if (!locks) {
        locks = std::make_shared<Locks>();
        all[file] = locks;
    }
    return locks;
}

int code_of(Outcome outcome, int failed) {
    switch (outcome) {
        case Outcome::Done: return SQLITE_OK;
        case Outcome::Full: return SQLITE_FULL;
        case Outcome::Failed: return failed;
    }
    return failed;
}

int close_file(sqlite3_file* file) {
    of(file).locks->release(file);
    of(file).~Handle();
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
    const std::span<char> bytes{static_cast<char*>(to), static_cast<std::size_t>(count)};
    Handle& handle = of(file);
    const auto got = handle.disk->read(*handle.file, static_cast<std::size_t>(offset), bytes);
    if (!got) {
        return SQLITE_IOERR_READ;
    }
    std::ranges::fill(bytes.subspan(*got), '\0');
    return *got == bytes.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    const std::string_view bytes{static_cast<const char*>(from), static_cast<std::size_t>(count)};
    Handle& handle = of(file);
    const Outcome outcome =
        handle.disk->write(*handle.file, static_cast<std::size_t>(offset), bytes);
    return code_of(outcome, SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = of(file);
    const Outcome outcome = handle.disk->truncate(*handle.file, static_cast<std::size_t>(size));
    return code_of(outcome, SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
    return code_of(of(file).disk->sync(*of(file).file), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(file).disk->size(*of(file).file));
    return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
    return of(file).locks->raise(file, level);
}

int unlock_file(sqlite3_file* file, int level) {
    of(file).locks->lower(file, level);
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* reserved) {
    *reserved = of(file).locks->is_reserved() ? 1 : 0;
    return SQLITE_OK;
}

int control_file(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file* /*file*/) {
    return 4096;
}

// As SQLite's own VFS has it on Linux: a torn write harms no byte outside it.
int characteristics(sqlite3_file* /*file*/) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_memory(sqlite3_file* file, int number, int size, int create, volatile void** region) {
    *region = of(file).locks->map(
        static_cast<std::size_t>(number), static_cast<std::size_t>(size), create != 0
    );
    return SQLITE_OK;
}

int lock_memory(sqlite3_file* file, int first, int count, int flags) {
    return of(file).locks->lock_slots(
        file, static_cast<std::size_t>(first), static_cast<std::size_t>(count), flags
    );
}

void memory_barrier(sqlite3_file* /*file*/) {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

int unmap_memory(sqlite3_file* /*file*/, int /*remove*/) {
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_memory,
    .xShmLock = lock_memory,
    .xShmBarrier = memory_barrier,
    .xShmUnmap = unmap_memory,
    .xFetch = nullptr,
    .xUnfetch = nullptr
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    Disk& disk = disk_of(vfs);
    const bool absent = name != nullptr && !disk.exists(name);
    if (absent && (flags & SQLITE_OPEN_CREATE) == 0) {
        return SQLITE_CANTOPEN;
    }
    // A temporary file has no name and no place on the platter.
    auto content = name == nullptr ? std::make_shared<File>() : disk.open(name);
    if (!content) {
        return SQLITE_IOERR;
    }
    auto locks = locks_of(content);
    new (file) Handle{
        .base = {.pMethods = &kMethods},
        .disk = &disk,
        .file = std::move(content),
        .locks = std::move(locks)
    };
    if (flags_out != nullptr) {
        *flags_out = flags;
    }
    return SQLITE_OK;
}

int remove_file(sqlite3_vfs* vfs, const char* name, int /*sync_directory*/) {
    if (!disk_of(vfs).exists(name)) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    return code_of(disk_of(vfs).remove(name), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* there) {
    *there = disk_of(vfs).exists(name) ? 1 : 0;
    return SQLITE_OK;
}

int full_name(sqlite3_vfs* /*vfs*/, const char* name, int size, char* full) {
    sqlite3_snprintf(size, full, "%s", name);
    return SQLITE_OK;
}

}  // namespace

Vfs::Vfs(Disk& disk) {
    static std::atomic<int> number = 0;
    name_ = "power-cut-" + std::to_string(++number);
    // Randomness, sleeping and the time are the machine's.
    vfs_ = *sqlite3_vfs_find(nullptr);
    vfs_.iVersion = 2;
    vfs_.szOsFile = sizeof(Handle);
    vfs_.mxPathname = 512;
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = &disk;
    vfs_.xOpen = open_file;
    vfs_.xDelete = remove_file;
    vfs_.xAccess = access_file;
    vfs_.xFullPathname = full_name;
    sqlite3_vfs_register(&vfs_, 0);
}

Vfs::~Vfs() {
    sqlite3_vfs_unregister(&vfs_);
}

}  // namespace duban::crash
