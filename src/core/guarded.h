// A value and the mutex that guards it, as one member.
//
//     core::Guarded<std::map<std::string, Session>> sessions_;
//     sessions_.with([&](auto& sessions) { sessions.erase(name); });

#pragma once

#include <mutex>
#include <utility>

namespace duban::core {

template <typename T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_{std::move(value)} {}

    /// Runs `work` with the value while the mutex is held; returns what `work` returns.
    template <typename Work>
    decltype(auto) with(Work&& work) {
        const std::scoped_lock lock{mutex_};
        return std::forward<Work>(work)(value_);
    }

private:
    std::mutex mutex_;
    T value_;
};

}  // namespace duban::core
