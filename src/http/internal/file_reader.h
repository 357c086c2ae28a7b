// A file that is sent piece by piece.

#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace duban::http::internal {

inline constexpr std::size_t kFilePieceBytes = 256UL * 1024;

class FileReader {
public:
    /// Opens at `offset`; throws when the file cannot be read.
    FileReader(const std::filesystem::path& path, std::uint64_t offset);

    /// At most kFilePieceBytes and at most `bytes_max`; throws when the file ends before.
    [[nodiscard]] std::string read(std::uint64_t bytes_max);

private:
    std::ifstream stream_;
};

}  // namespace duban::http::internal
