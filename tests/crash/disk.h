// A disk in memory that forgets what was not synced when its power is cut (E14), and that can be
// full or fail a sync. A process that is killed proves nothing about durability: the kernel still
// has its writes.
//
//     Disk disk;
//     disk.arm({.kind = FaultKind::PowerCut, .after_calls = 37});
//     … writes through a SQLite VFS over it, until they fail …
//     disk.restart(random);   // what a machine would find after the cut

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duban::crash {

using Random = std::mt19937_64;

enum class FaultKind {
    PowerCut,  ///< every call fails until restart(); unsynced writes survive only by luck
    Full,      ///< writes that make a file longer fail until disarm()
    Fsync      ///< one sync fails, and what it should have kept is gone, as on Linux
};

struct Fault {
    FaultKind kind;
    std::int64_t after_calls;  ///< writes, truncations and syncs (Fsync: syncs) that still succeed
};

enum class Outcome { Done, Failed, Full };

/// A change that is not yet on the platter.
struct Change {
    std::size_t offset;
    std::string bytes;                    ///< empty for a truncation
    std::optional<std::size_t> new_size;  ///< of a truncation
};

struct File {
    std::string now;      ///< as the running program sees it
    std::string platter;  ///< as it was at the last sync
    std::vector<Change> unsynced;
    bool named = false;  ///< its name is on the platter too
};

/// Safe to use from several threads.
class Disk {
public:
    void arm(Fault fault);
    void disarm();
    /// Switches the power on again: of each file's unsynced changes a random part survives, the
    /// last of it perhaps torn.
    void restart(Random& random);
    [[nodiscard]] bool is_off();
    /// True when the armed fault has struck.
    [[nodiscard]] bool has_struck();

    [[nodiscard]] std::shared_ptr<File> open(const std::string& name);
    [[nodiscard]] bool exists(const std::string& name);
    Outcome remove(const std::string& name);
    /// The number of bytes copied to `bytes`; nullopt while the power is off.
    std::optional<std::size_t> read(const File& file, std::size_t offset, std::span<char> bytes);
    Outcome write(File& file, std::size_t offset, std::string_view bytes);
    Outcome truncate(File& file, std::size_t size);
    Outcome sync(File& file);
    [[nodiscard]] std::size_t size(const File& file);

private:
    Outcome spend(bool is_sync);

    std::mutex mutex_;  // guards everything below and every File
    std::map<std::string, std::shared_ptr<File>> files_;
    std::optional<Fault> fault_;
    bool off_ = false;
    bool struck_ = false;
};

}  // namespace duban::crash
