#include "app/embedded.h"

#include <algorithm>

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

}  // namespace duban::app
