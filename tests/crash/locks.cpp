#include "locks.h"

#include <algorithm>

namespace duban::crash {

Locks::Holder& Locks::holder(const void* handle) {
    const auto found = std::ranges::find(holders_, handle, &Holder::handle);
    return found != holders_.end() ? *found : holders_.emplace_back(Holder{.handle = handle});
}

int Locks::raise(const void* handle, int level) {
    const std::scoped_lock lock{mutex_};
    Holder& mine = holder(handle);
    if (mine.level >= level) {
        return SQLITE_OK;
    }
    // The least level of another handle that stands in the way.
    int hindrance = SQLITE_LOCK_SHARED;
    if (level == SQLITE_LOCK_SHARED) {
        hindrance = SQLITE_LOCK_PENDING;
    } else if (level == SQLITE_LOCK_RESERVED) {
        hindrance = SQLITE_LOCK_RESERVED;
    }
    for (const Holder& other : holders_) {
        if (other.handle != handle && other.level >= hindrance) {
            return SQLITE_BUSY;
        }
    }
    mine.level = level;
    return SQLITE_OK;
}

void Locks::lower(const void* handle, int level) {
    const std::scoped_lock lock{mutex_};
    Holder& mine = holder(handle);
    mine.level = std::min(mine.level, level);
}

bool Locks::is_reserved() {
    const std::scoped_lock lock{mutex_};
    return std::ranges::any_of(holders_, [](const Holder& each) {
        return each.level >= SQLITE_LOCK_RESERVED;
    });
}

int Locks::lock_slots(const void* handle, std::size_t first, std::size_t count, int flags) {
    const std::scoped_lock lock{mutex_};
    Holder& mine = holder(handle);
    const bool shared = (flags & SQLITE_SHM_SHARED) != 0;
    const bool unlock = (flags & SQLITE_SHM_UNLOCK) != 0;
    for (std::size_t slot = first; !unlock && slot < first + count; ++slot) {
        for (const Holder& other : holders_) {
            const bool hinders = other.exclusive[slot] || (!shared && other.shared[slot]);
            if (other.handle != handle && hinders) {
                return SQLITE_BUSY;
            }
        }
    }
    for (std::size_t slot = first; slot < first + count; ++slot) {
        (shared ? mine.shared : mine.exclusive)[slot] = !unlock;
    }
    return SQLITE_OK;
}

void* Locks::map(std::size_t number, std::size_t size, bool create) {
    const std::scoped_lock lock{mutex_};
    while (create && regions_.size() <= number) {
        regions_.push_back(std::make_unique<char[]>(size));
    }
    return number < regions_.size() ? regions_[number].get() : nullptr;
}

void Locks::release(const void* handle) {
    const std::scoped_lock lock{mutex_};
    std::erase_if(holders_, [&](const Holder& each) { return each.handle == handle; });
    if (holders_.empty()) {
        regions_.clear();
    }
}

}  // namespace duban::crash
