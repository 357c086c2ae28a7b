// A new folder that nobody else has, gone at its destruction with all that is in it.
//
//     const core::ScratchFolder scratch{std::filesystem::temp_directory_path() / "duban-check-"};
//     open(scratch.path() / "sample.sqlite");

#pragma once

#include <filesystem>

namespace duban::core {

class ScratchFolder {
public:
    /// Its name begins with `beginning`, which says where it lies; only who made it may enter.
    /// Problem{Unavailable, "file.not_writable"} with the folder that it was to lie in.
    explicit ScratchFolder(const std::filesystem::path& beginning);
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    /// Whatever has this name by then goes; nothing, where it was moved away.
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace duban::core
