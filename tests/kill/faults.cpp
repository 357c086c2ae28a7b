// Loaded by LD_PRELOAD: stands before the C library's calls that write, sync and tell the time.

#include "faults.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

using duban::kill::Faults;

Faults& faults() {
    static Faults* const shared = [] {
        static Faults none{};
        const char* path = std::getenv(duban::kill::kFaultsFile);  // NOLINT(concurrency-mt-unsafe)
        const int descriptor = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
        if (descriptor < 0) {
            return &none;
        }
        void* mapped =
            ::mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        ::close(descriptor);
        return mapped == MAP_FAILED ? &none : static_cast<Faults*>(mapped);
    }();
    return *shared;
}

template <typename Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

template <typename Result>
Result refuse(int error) {
    ++faults().refusals;
    errno = error;
    return static_cast<Result>(-1);
}

/// Whether writing up to `end` needs room on a disk that has none.
bool lacks_room(int descriptor, off_t end) {
    struct stat status{};
    return faults().disk_full && ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
           end > status.st_size;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
    static const auto kNext = next<ssize_t (*)(int, const void*, size_t)>("write");
    if (faults().disk_full) {
        const bool appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
        const off_t from = ::lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
        if (lacks_room(descriptor, from + static_cast<off_t>(count))) {
            return refuse<ssize_t>(ENOSPC);
        }
    }
    return kNext(descriptor, bytes, count);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
    static const auto kNext = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    if (lacks_room(descriptor, offset + static_cast<off_t>(count))) {
        return refuse<ssize_t>(ENOSPC);
    }
    return kNext(descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
    return pwrite64(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
    static const auto kNext = next<int (*)(int)>("fsync");
    return faults().sync_fails.exchange(false) ? refuse<int>(EIO) : kNext(descriptor);
}

int fdatasync(int descriptor) {
    static const auto kNext = next<int (*)(int)>("fdatasync");
    return faults().sync_fails.exchange(false) ? refuse<int>(EIO) : kNext(descriptor);
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static const auto kNext = next<int (*)(clockid_t, timespec*)>("clock_gettime");
    const int result = kNext(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        time->tv_sec += faults().clock_ms / 1000;
    }
    return result;
}

time_t time(time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr) {
        *out = now.tv_sec;
    }
    return now.tv_sec;
}

int gettimeofday(timeval* out, void* /*zone*/) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    *out = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

}  // extern "C"
