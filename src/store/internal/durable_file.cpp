#include "store/internal/durable_file.h"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "core/problem.h"

namespace duban::store {

namespace {

/// Finds out before the database does that nothing can lie there, and says so alike for both.
void make_empty(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.backup_failed"};
    }
    ::close(file);
}

void sync_to_disk(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) {
        ::close(file);
    }
    if (!synced) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.backup_failed"};
    }
}

}  // namespace

void write_whole_file(
    const std::string& path, const std::function<void(const std::string& partial)>& write
) {
    namespace fs = std::filesystem;
    const std::string partial = path + ".partial";
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        throw core::Problem{core::ProblemKind::Conflict, "store.backup_exists"};
    }
    fs::remove(partial, ignored);
    try {
        make_empty(partial);
        write(partial);
        sync_to_disk(partial);
        std::error_code error;
        fs::rename(partial, path, error);
        if (error) {
            throw core::Problem{core::ProblemKind::Unavailable, "store.backup_failed"};
        }
    } catch (...) {
        fs::remove(partial, ignored);
        throw;
    }
    sync_folder(path);
}

void sync_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    sync_to_disk(folder.empty() ? std::filesystem::path{"."} : folder);
}

}  // namespace duban::store
