#include "files/internal/disk.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

#include "core/problem.h"

namespace duban::files {

namespace {

constexpr mode_t kOwnerOnly = 0600;

[[noreturn]] void refuse(int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw core::Problem{
        core::ProblemKind::Unavailable, full ? "file.disk_full" : "file.disk_failed"
    };
}

void sync_directory(const std::string& path) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX offers no other way
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        refuse(error);
    }
}

}  // namespace

TemporaryFile::TemporaryFile(std::string path)
    : path_{std::move(path)},
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX offers no other way
      descriptor_{::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly)} {
    if (descriptor_ < 0) {
        refuse(errno);
    }
}

TemporaryFile::~TemporaryFile() {
    ::close(descriptor_);
    if (!placed_) {
        ::unlink(path_.c_str());
    }
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes the file
void TemporaryFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            refuse(errno);
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void TemporaryFile::place(const std::string& path) {
    if (::fsync(descriptor_) != 0) {
        refuse(errno);
    }
    const std::string directory = std::filesystem::path{path}.parent_path();
    ensure_directory(directory);
    if (::rename(path_.c_str(), path.c_str()) != 0) {
        refuse(errno);
    }
    placed_ = true;
    sync_directory(directory);
}

void ensure_directory(const std::string& path) {
    namespace fs = std::filesystem;
    const fs::path directory{path};
    if (fs::is_directory(directory)) {
        return;
    }
    if (directory.has_parent_path()) {
        ensure_directory(directory.parent_path());
    }
    std::error_code error;
    // Another upload may have made it meanwhile.
    if (fs::create_directory(directory, error)) {
        fs::permissions(directory, fs::perms::owner_all, error);
        sync_directory(directory.has_parent_path() ? directory.parent_path().string() : ".");
    }
    if (!fs::is_directory(directory)) {
        refuse(error.value());
    }
}

std::optional<crypto::Hash> digest_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return std::nullopt;
    }
    crypto::Sha256 digest;
    std::string chunk(kChunkBytes, '\0');
    while (file) {
        file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        digest.add(std::string_view{chunk}.substr(0, static_cast<std::size_t>(file.gcount())));
    }
    return file.eof() ? std::optional{digest.finish()} : std::nullopt;
}

std::string read_side(const std::string& path, std::size_t count, Side side) {
    std::ifstream file{path, std::ios::binary | std::ios::ate};
    const auto size = static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0));
    const std::size_t length = std::min(count, size);
    file.seekg(static_cast<std::streamoff>(side == Side::Start ? 0 : size - length));
    std::string bytes(length, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(length));
    return bytes;
}

}  // namespace duban::files
