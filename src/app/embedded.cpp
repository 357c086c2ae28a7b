#include "app/embedded.h"

#include <algorithm>
#include <vector>

#include "core/check.h"

namespace duban::app {

std::string_view embedded_file(std::string_view path) {
    const auto files = embedded_files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) {
        return file.path == path;
    });
    core::check(found != files.end(), "the program holds the file");
    return found->bytes;
}

std::span<const api::WebFile> web_files() {
    static constexpr std::string_view kFolder = "web/dist/";
    static const std::vector<api::WebFile> files = [] {
        std::vector<api::WebFile> found;
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.path.starts_with(kFolder)) {
                found.push_back({file.path.substr(kFolder.size()), file.bytes});
            }
        }
        return found;
    }();
    return files;
}

}  // namespace duban::app
