// Memory in the measuring: the global operator new of counting.cpp keeps the sum of what is held.

#pragma once

#include <cstddef>

namespace duban::bench {

/// From now on freed memory stays with this process, as in one that reads document after document:
/// otherwise the kernel's handing out of pages is measured, on whichever side the allocator's mood
/// puts it.
void keep_freed_memory();

/// The most bytes that `work` held at once. What it allocates it must free, and nothing else.
template <typename Work>
std::size_t most_held(const Work& work);

/// For most_held() alone: outside of it nothing is counted, so that time is not spent on it.
void begin_counting();
[[nodiscard]] std::size_t end_counting();

template <typename Work>
std::size_t most_held(const Work& work) {
    begin_counting();
    work();
    return end_counting();
}

}  // namespace duban::bench
