#include "app/offered_packs.h"

#include <algorithm>
#include <array>

#include "app/embedded.h"

namespace duban::app {

std::span<const char* const> offered_packs() {
    static constexpr std::array kNames = {"organisation", "foundation", "rectification"};
    return kNames;
}

std::vector<declarations::SourceFile> offered_pack_files(const std::string& name) {
    const std::string folder = "packs/" + name + "/";
    std::vector<declarations::SourceFile> files;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with(folder)) {
            files.push_back({std::string{file.path.substr(folder.size())}, std::string{file.bytes}}
            );
        }
    }
    std::ranges::sort(files, {}, &declarations::SourceFile::path);
    return files;
}

}  // namespace duban::app
