#include "core/scratch_folder.h"

#include <string>
#include <system_error>

#include <stdlib.h>

#include "core/problem.h"

namespace duban::core {

ScratchFolder::ScratchFolder(const std::filesystem::path& beginning) {
    std::string name = beginning.string() + "XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        throw Problem{
            ProblemKind::Unavailable,
            "file.not_writable",
            {{"file", beginning.parent_path().string()}}
        };
    }
    path_ = std::move(name);
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace duban::core
