#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "core/scratch_folder.h"
#include "crypto/digest.h"
#include "rectification/bundle.h"

namespace duban::rectification {

namespace {

namespace fs = std::filesystem;

using core::Problem;
using core::ProblemKind;

constexpr std::string_view kList = "publications.json";

[[noreturn]] void fail(const fs::path& path) {
    throw Problem{ProblemKind::Unavailable, "file.not_writable", {{"file", path.string()}}};
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// The list of the bundle in `folder`; nullopt where it holds none.
std::optional<core::Json> find_list(const std::string& bytes) {
    auto list = core::find_json(bytes);
    const bool is_list = list && core::find_string(*list, "format") == "duban-publications-1" &&
                         core::find_member(*list, "files") != nullptr &&
                         core::find_member(*list, "files")->is_object();
    return is_list ? list : std::nullopt;
}

/// A bundle of this log and nothing else: whatever a person put there would be lost.
void require_own(const fs::path& folder, const Files& files) {
    const auto list = fs::is_directory(folder) ? find_list(bytes_of(folder / kList)) : std::nullopt;
    const auto ours = find_list(files.at(std::string{kList}));
    const std::string origin = list ? core::find_string(*list, "origin").value_or("") : "";
    const std::string own = ours ? core::find_string(*ours, "origin").value_or("") : "";
    if (!list || (!origin.empty() && !own.empty() && origin != own)) {
        throw Problem{
            ProblemKind::Rejected, "publication.not_a_bundle", {{"folder", folder.string()}}
        };
    }
    const core::Json& known = list->at("files");
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{folder}) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        const bool is_known = entry.is_regular_file() && !entry.is_symlink() &&
                              (name == kList || core::find_string(known, name) ==
                                                    crypto::sha256(bytes_of(entry.path())).hex());
        if (!is_known && (entry.is_symlink() || !entry.is_directory())) {
            throw Problem{ProblemKind::Rejected, "publication.foreign_file", {{"file", name}}};
        }
    }
}

/// On the disk, not only on its way there.
void keep(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool kept = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!kept) {
        fail(path);
    }
}

/// A new folder beside the bundle's place; it goes unless it was moved there.
class Draft {
public:
    explicit Draft(const fs::path& folder)
        : scratch_{folder.parent_path() / ("." + folder.filename().string() + ".")} {}

    void write(const Files& files) const {
        for (const auto& [name, bytes] : files) {
            const fs::path file = path() / name;
            std::error_code error;
            fs::create_directories(file.parent_path(), error);
            std::ofstream out{file, std::ios::binary | std::ios::trunc};
            out << bytes;
            out.close();
            if (error || !out) {
                fail(file);
            }
            keep(file);
        }
        // A scratch folder lets nobody else in; a site has to read it.
        std::error_code error;
        fs::permissions(
            path(),
            fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                fs::perms::others_read | fs::perms::others_exec,
            error
        );
        if (error) {
            fail(path());
        }
        keep(path());
    }

    /// The old bundle becomes the draft, and goes with it.
    void take_the_place_of(const fs::path& folder) const {
        const char* const from = path().c_str();
        const char* const to = folder.c_str();
        const bool moved =
            fs::exists(folder)
                ? ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0 || step_aside(to)
                : ::rename(from, to) == 0;
        if (!moved) {
            fail(folder);
        }
        keep(folder.parent_path());
    }

private:
    /// Where the file system cannot exchange two names: for a moment there is no bundle.
    [[nodiscard]] bool step_aside(const char* folder) const {
        const fs::path aside = path().string() + ".old";
        const bool cannot_exchange = errno == EINVAL || errno == ENOSYS;
        if (!cannot_exchange || ::rename(folder, aside.c_str()) != 0) {
            return false;
        }
        const bool moved = ::rename(path().c_str(), folder) == 0;
        if (!moved) {
            // What was there stays there.
            static_cast<void>(::rename(aside.c_str(), folder));
            return false;
        }
        std::error_code ignored;
        fs::remove_all(aside, ignored);
        return true;
    }

    [[nodiscard]] const fs::path& path() const { return scratch_.path(); }

    core::ScratchFolder scratch_;
};

}  // namespace

void write_bundle(const fs::path& folder, const Files& files) {
    std::error_code error;
    // Through a link to the folder itself; without the slash at its end.
    fs::path place = fs::weakly_canonical(fs::absolute(folder), error);
    place = place.has_filename() ? place : place.parent_path();
    if (error || !fs::is_directory(place.parent_path())) {
        fail(folder);
    }
    if (fs::exists(place) && !(fs::is_directory(place) && fs::is_empty(place))) {
        require_own(place, files);
    }
    const Draft draft{place};
    draft.write(files);
    draft.take_the_place_of(place);
}

}  // namespace duban::rectification
