// The statements a connection keeps prepared: the most recently used `capacity` of them.
//
//     T kept = cache.take(sql);              // taken out while in use, so that a query inside a
//     cache.put(sql, std::move(statement));  // query of the same text gets its own

#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace duban::store {

/// T{} stands for "none".
template <typename T>
class LruCache {
public:
    explicit LruCache(std::size_t capacity) : capacity_{capacity} {}

    /// Takes the value out; its place is kept for put(). T{} when it is not there.
    T take(std::string_view key) {
        const auto found = places_.find(key);
        if (found == places_.end()) {
            return T{};
        }
        entries_.splice(entries_.begin(), entries_, found->second);
        return std::exchange(found->second->value, T{});
    }

    /// Keeps the value; hands back the one that had to go, or T{}.
    T put(std::string_view key, T value) {
        const auto found = places_.find(key);
        if (found != places_.end()) {
            return std::exchange(found->second->value, std::move(value));
        }
        entries_.push_front({std::string{key}, std::move(value)});
        places_.emplace(entries_.front().key, entries_.begin());
        if (entries_.size() <= capacity_) {
            return T{};
        }
        T oldest = std::move(entries_.back().value);
        places_.erase(entries_.back().key);
        entries_.pop_back();
        return oldest;
    }

    void clear() {
        places_.clear();
        entries_.clear();
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::string key;
        T value;
    };

    std::size_t capacity_;
    std::list<Entry> entries_;  // the most recent first
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> places_;
};

/// A connection keeps this many statements prepared.
inline constexpr std::size_t kStatementsMax = 200;

}  // namespace duban::store
