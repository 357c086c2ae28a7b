#include "counting.h"

#include <cstdlib>
#include <limits>
#include <new>

#include <malloc.h>

namespace {

// One thread allocates here; a replaced operator new leaves no place but a global for its sum.
bool counting = false;
std::size_t live = 0;
std::size_t peak = 0;

void* taken(std::size_t size) {
    void* place = std::malloc(size == 0 ? 1 : size);
    if (place == nullptr) {
        throw std::bad_alloc{};
    }
    if (counting) {
        live += malloc_usable_size(place);
        peak = live > peak ? live : peak;
    }
    return place;
}

void given_back(void* place) {
    if (counting) {
        live -= malloc_usable_size(place);
    }
    std::free(place);
}

}  // namespace

void* operator new(std::size_t size) {
    return taken(size);
}
void* operator new[](std::size_t size) {
    return taken(size);
}
void operator delete(void* place) noexcept {
    given_back(place);
}
void operator delete[](void* place) noexcept {
    given_back(place);
}
void operator delete(void* place, std::size_t /*size*/) noexcept {
    given_back(place);
}
void operator delete[](void* place, std::size_t /*size*/) noexcept {
    given_back(place);
}

namespace duban::bench {

void keep_freed_memory() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

void begin_counting() {
    live = 0;
    peak = 0;
    counting = true;
}
std::size_t end_counting() {
    counting = false;
    return peak;
}

}  // namespace duban::bench
