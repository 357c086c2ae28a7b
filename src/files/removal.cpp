#include <filesystem>
#include <mutex>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/problem.h"
#include "files/files.h"
#include "files/internal/rows.h"

namespace duban::files {

namespace {

constexpr std::chrono::hours kUnclaimedKept{24};
constexpr std::int64_t kRemovedAtOnce = 256;

constexpr store::Query kDeleteUploads{
    "files.delete_uploads", "delete from d_upload where org = $1 and uploaded_at < $2"
};
constexpr store::Query kReadUnclaimed{
    "files.read_unclaimed",
    "select f.hash, f.size from d_file f where f.org = $1"
    " and not exists (select 1 from d_claim c where c.org = f.org and c.hash = f.hash)"
    " and not exists (select 1 from d_upload u where u.org = f.org and u.hash = f.hash)"
    " order by f.hash limit $2"
};
constexpr store::Query kDeleteFile{
    "files.delete_file", "delete from d_file where org = $1 and hash = $2"
};

int open_lock(const std::string& directory) {
    const std::string path = directory + "/" + std::string{kRemovalLock};
    const int file = ::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.disk_failed"};
    }
    return file;
}

/// Held while a portion is removed; not when a pause has it.
class RemovalLock {
public:
    explicit RemovalLock(const std::string& directory)
        : file_{open_lock(directory)}, held_{::flock(file_, LOCK_EX | LOCK_NB) == 0} {}
    RemovalLock(const RemovalLock&) = delete;
    RemovalLock& operator=(const RemovalLock&) = delete;
    ~RemovalLock() { ::close(file_); }

    [[nodiscard]] bool is_held() const { return held_; }

private:
    int file_;
    bool held_;
};

}  // namespace

RemovalPause::RemovalPause(const std::string& directory) : lock_{open_lock(directory)} {
    if (::flock(lock_, LOCK_SH) != 0) {
        ::close(lock_);
        throw core::Problem{core::ProblemKind::Unavailable, "file.disk_failed"};
    }
}

RemovalPause::~RemovalPause() {
    ::close(lock_);
}

std::int64_t Files::remove_unclaimed(core::OrgId org) {
    std::int64_t removed = 0;
    try {
        // In steps, so that uploads get in between.
        while (const std::int64_t step = remove_some(org)) {
            removed += step;
        }
    } catch (const std::filesystem::filesystem_error&) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.not_removable"};
    }
    return removed;
}

std::vector<FileInfo> Files::unclaimed(core::OrgId org) {
    const std::int64_t before = core::to_ms(clock_.now() - kUnclaimedKept);
    std::vector<FileInfo> found;
    store_.write(org, [&](store::Transaction& tx) {
        found.clear();
        // Without its upload no action claims a file any more.
        tx.execute(kDeleteUploads, {store::value(org), before});
        for (const store::Row& row :
             tx.query(kReadUnclaimed, {store::value(org), kRemovedAtOnce})) {
            if (const auto hash = crypto::Hash::from_bytes(row.bytes(0))) {
                found.push_back({.hash = *hash, .size = row.integer(1)});
            }
        }
    });
    return found;
}

std::int64_t Files::remove_some(core::OrgId org) {
    const std::unique_lock lock{gate_};
    const RemovalLock removing{options_.directory};
    if (!removing.is_held()) {
        return 0;
    }
    const std::vector<FileInfo> gone = unclaimed(org);
    // The bytes before the row: what a crash or a full disk leaves between them goes the next time.
    for (const FileInfo& file : gone) {
        std::filesystem::remove(place(org, file.hash));
    }
    if (!gone.empty()) {
        store_.write(org, [&](store::Transaction& tx) {
            const auto used = find_use(tx, org);
            std::int64_t bytes = used.value_or(0);
            for (const FileInfo& file : gone) {
                tx.execute(kDeleteFile, {store::value(org), file.hash.bytes()});
                bytes -= file.size;
            }
            save_use(tx, org, used, bytes);
        });
    }
    return static_cast<std::int64_t>(gone.size());
}

}  // namespace duban::files
