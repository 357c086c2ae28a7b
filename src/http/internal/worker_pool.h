// Threads that run what may block.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace duban::http::internal {

class WorkerPool {
public:
    WorkerPool(unsigned threads, std::size_t waiting_max);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Queues `work`, which must not throw; false when too much waits or after stop().
    [[nodiscard]] bool submit(std::function<void()> work);
    /// Runs what is queued, then ends the threads.
    void stop();
    [[nodiscard]] std::size_t waiting() const;

private:
    void run();

    const std::size_t waiting_max_;
    mutable std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> queue_;
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace duban::http::internal
