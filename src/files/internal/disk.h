// Writing files so that they are whole and durable, or not there.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/digest.h"

namespace duban::files {

inline constexpr std::size_t kChunkBytes = std::size_t{1024} * 1024;

/// A file being written; removed at its destruction unless it was moved to its place.
class TemporaryFile {
public:
    /// Creates `path`, which must not exist. Throws Problem{Unavailable, "file.disk_full" or
    /// "file.disk_failed"}, as write() and place() do.
    explicit TemporaryFile(std::string path);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    void write(std::string_view bytes);
    /// fsync, rename to `path` and fsync of its directory.
    void place(const std::string& path);
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
    int descriptor_ = -1;
    bool placed_ = false;
};

/// Makes `path` and what leads to it, for this user alone.
void ensure_directory(const std::string& path);

/// The digest of what lies at `path`; nullopt when it cannot be read.
[[nodiscard]] std::optional<crypto::Hash> digest_of(const std::string& path);

/// At most `count` bytes from the start or, with `from_end`, up to the end of a file.
enum class Side { Start, End };
[[nodiscard]] std::string read_side(const std::string& path, std::size_t count, Side side);

}  // namespace duban::files
