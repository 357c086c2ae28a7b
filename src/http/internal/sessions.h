// The open connections, as the server sees them: how many, and how to interrupt their waiting.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace duban::http::internal {

/// What of a connection may outlive it, and its server.
class SessionHandle : public std::enable_shared_from_this<SessionHandle> {
public:
    using Post = std::function<void(std::function<void()>)>;

    /// `post` runs work on the connection's strand; from any thread.
    explicit SessionHandle(Post post) : post_{std::move(post)} {}

    /// Ends the wait that is under way, if it is one that may be interrupted; from any thread.
    void interrupt();
    /// On the strand alone: how to end the wait that begins now; empty when it is over.
    void set_wait(std::function<void()> end_wait) { end_wait_ = std::move(end_wait); }
    /// The connection is gone: nothing is posted any more.
    void close();

private:
    std::mutex mutex_;
    Post post_;
    std::function<void()> end_wait_;
};

/// Safe to use from several threads.
class Sessions {
public:
    void add(const std::shared_ptr<SessionHandle>& handle);
    void remove(const std::shared_ptr<SessionHandle>& handle);
    [[nodiscard]] std::size_t count() const;
    void interrupt_all() const;
    /// Closes the handles of what is left.
    void close_all();
    /// Waits until none is left; false when time is up.
    bool wait_until_empty(std::chrono::milliseconds wait_max) const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<std::shared_ptr<SessionHandle>> handles_;
};

}  // namespace duban::http::internal
