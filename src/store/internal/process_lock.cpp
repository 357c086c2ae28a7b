#include "store/internal/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/problem.h"

namespace duban::store {

ProcessLock::ProcessLock(const std::string& path)
    : file_{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
    if (file_ < 0) {
        throw core::Problem{core::ProblemKind::Unavailable, "store.unreachable"};
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw core::Problem{core::ProblemKind::Unavailable, "store.in_use"};
    }
}

// The file stays: whoever removed it would let two processes lock two files of the same name.
ProcessLock::~ProcessLock() {
    ::close(file_);
}

}  // namespace duban::store
