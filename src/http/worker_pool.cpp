#include "http/internal/worker_pool.h"

#include <utility>

namespace duban::http::internal {

WorkerPool::WorkerPool(unsigned threads, std::size_t waiting_max) : waiting_max_{waiting_max} {
    threads_.reserve(threads);
    for (unsigned i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

bool WorkerPool::submit(std::function<void()> work) {
    {
        const std::scoped_lock lock{mutex_};
        if (is_stopping_ || queue_.size() >= waiting_max_) {
            return false;
        }
        queue_.push_back(std::move(work));
    }
    has_work_.notify_one();
    return true;
}

void WorkerPool::stop() {
    {
        const std::scoped_lock lock{mutex_};
        is_stopping_ = true;
    }
    has_work_.notify_all();
    for (std::thread& thread : std::exchange(threads_, {})) {
        thread.join();
    }
}

std::size_t WorkerPool::waiting() const {
    const std::scoped_lock lock{mutex_};
    return queue_.size();
}

void WorkerPool::run() {
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock{mutex_};
            has_work_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
            if (queue_.empty()) {
                return;
            }
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

}  // namespace duban::http::internal
