#include "http/internal/file_reader.h"

#include <algorithm>
#include <stdexcept>

namespace duban::http::internal {

FileReader::FileReader(const std::filesystem::path& path, std::uint64_t offset)
    : stream_{path, std::ios::binary} {
    stream_.seekg(static_cast<std::streamoff>(offset));
    if (!stream_) {
        throw std::runtime_error{"a file to send cannot be read: " + path.string()};
    }
}

std::string FileReader::read(std::uint64_t bytes_max) {
    std::string piece(
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes_max, kFilePieceBytes)), '\0'
    );
    stream_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (!stream_) {
        throw std::runtime_error{"a file ended before its size"};
    }
    return piece;
}

}  // namespace duban::http::internal
