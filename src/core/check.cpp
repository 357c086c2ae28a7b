#include "core/check.h"

#include <cstdio>
#include <cstdlib>

namespace duban::core {

void check(bool condition, std::string_view what, std::source_location where) {
    if (condition) {
        return;
    }
    const std::string message = std::string{where.file_name()} + ":" +
                                std::to_string(where.line()) + ": must hold: " + std::string{what};
#ifdef NDEBUG
    throw Bug{message};
#else
    std::fputs((message + "\n").c_str(), stderr);
    std::abort();
#endif
}

}  // namespace duban::core
