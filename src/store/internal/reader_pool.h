// Connections for reads: made when first needed, at most `max`, shared by all threads.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/problem.h"

namespace duban::store {

inline constexpr std::chrono::seconds kReaderWait{10};

template <typename Connection>
class ReaderPool {
public:
    using Factory = std::function<std::unique_ptr<Connection>()>;

    ReaderPool(std::size_t max, Factory make) : max_{max}, make_{std::move(make)} {}

    /// A connection that goes back to the pool by itself, unless it was dropped.
    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
            : pool_{pool}, connection_{std::move(connection)} {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }
        /// It is broken: another is made in its place.
        void drop() { connection_.reset(); }

    private:
        ReaderPool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// Throws Problem{Unavailable, "store.busy"} when none comes free within kReaderWait.
    Lease lease() {
        std::unique_lock lock{mutex_};
        const bool free =
            changed_.wait_for(lock, kReaderWait, [this] { return !idle_.empty() || used_ < max_; });
        if (!free) {
            throw core::Problem{core::ProblemKind::Unavailable, "store.busy"};
        }
        ++used_;
        if (!idle_.empty()) {
            std::unique_ptr<Connection> connection = std::move(idle_.back());
            idle_.pop_back();
            return Lease{*this, std::move(connection)};
        }
        lock.unlock();
        try {
            return Lease{*this, make_()};
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

private:
    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::scoped_lock lock{mutex_};
            --used_;
            if (connection) {
                idle_.push_back(std::move(connection));
            }
        }
        changed_.notify_one();
    }

    std::size_t max_;
    Factory make_;
    std::mutex mutex_;  // guards the two below
    std::condition_variable changed_;
    std::size_t used_ = 0;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace duban::store
