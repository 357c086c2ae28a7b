// What a machine does to a program at the worst moment, at the level of the C library: a full disk,
// a sync that fails, a clock put back. The shipped program has no switch for any of it (E18);
// faults.cpp is loaded before the C library into the one that a test starts.

#pragma once

#include <atomic>
#include <cstdint>

namespace duban::kill {

/// Lies in a file that the test and the program both map. All zero: nothing is wrong.
struct Faults {
    std::atomic<bool> disk_full;         ///< a file that is made or grows: ENOSPC
    std::atomic<bool> sync_fails;        ///< the next sync, and no other: EIO
    std::atomic<std::int64_t> clock_ms;  ///< added to the time of day
    std::atomic<std::int64_t> refusals;  ///< calls that failed by the two above
};

static_assert(std::atomic<bool>::is_always_lock_free);
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

/// Names the file in the environment of the program.
inline constexpr const char* kFaultsFile = "DUBAN_FAULTS_FILE";

}  // namespace duban::kill
