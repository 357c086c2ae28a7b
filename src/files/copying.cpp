#include <filesystem>
#include <fstream>

#include "core/problem.h"
#include "crypto/digest.h"
#include "files/files.h"
#include "files/internal/disk.h"

namespace duban::files {

namespace {

namespace fs = std::filesystem;

/// Nothing of what is no directory.
std::vector<fs::path> listed(const fs::path& directory) {
    std::vector<fs::path> paths;
    if (!fs::is_directory(directory)) {
        return paths;
    }
    for (const auto& entry : fs::directory_iterator{directory}) {
        paths.push_back(entry.path());
    }
    return paths;
}

/// Directories of orgs are named by their number.
bool is_org(const fs::path& path) {
    const std::string name = path.filename();
    return fs::is_directory(path) && name.find_first_not_of("0123456789") == std::string::npos;
}

void copy_file(const fs::path& from, const fs::path& to, const std::string& incoming) {
    const fs::path half = fs::path{incoming} / from.filename();
    fs::remove(half);  // of a copying that was killed
    std::ifstream in{from, std::ios::binary};
    TemporaryFile out{half};
    std::string chunk(kChunkBytes, '\0');
    while (in) {
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        out.write(std::string_view{chunk}.substr(0, static_cast<std::size_t>(in.gcount())));
    }
    if (!in.eof()) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.disk_failed"};
    }
    out.place(to);
}

}  // namespace

std::int64_t add_files(const std::string& from, const std::string& to) {
    const std::string incoming = to + "/" + std::string{kIncoming};
    ensure_directory(incoming);
    std::int64_t added = 0;
    try {
        for (const auto& org : fs::directory_iterator{from}) {
            for (const fs::path& part :
                 is_org(org.path()) ? listed(org.path()) : std::vector<fs::path>{}) {
                for (const fs::path& file : listed(part)) {
                    const auto hash = crypto::Hash::parse_hex(file.filename().string());
                    const fs::path place = fs::path{to} / file.lexically_relative(from);
                    if (hash && digest_of(place) != hash) {
                        copy_file(file, place, incoming);
                        ++added;
                    }
                }
            }
        }
    } catch (const fs::filesystem_error&) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.disk_failed"};
    }
    return added;
}

}  // namespace duban::files
