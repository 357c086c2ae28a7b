// Time comes from outside (law 13): every room that needs it takes a Clock in its constructor.

#pragma once

#include <chrono>
#include <cstdint>

namespace duban::core {

/// An instant in UTC, milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] inline std::int64_t to_ms(Instant at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] inline Instant from_ms(std::int64_t ms) {
    return Instant{std::chrono::milliseconds{ms}};
}

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock. Only `app` makes one.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// A clock that stands until it is moved: for tests and replays.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_{start} {}
    [[nodiscard]] Instant now() const override { return now_; }
    void set(Instant at) { now_ = at; }
    void advance(std::chrono::milliseconds by) { now_ += by; }

private:
    Instant now_;
};

}  // namespace duban::core
