// What the connections share, and the two bridges between their coroutines and the workers.

#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/internal/front.h"
#include "http/internal/sessions.h"
#include "http/internal/worker_pool.h"

namespace boost::asio::ssl {
class context;
}

namespace duban::http::internal {

template <class T>
using Awaitable = boost::asio::awaitable<T>;
using ErrorCode = boost::system::error_code;
inline constexpr boost::asio::use_awaitable_t<> kAwait{};

/// Lives as long as the server; connections only read it.
struct Serving {
    const Front& front;
    const ServerOptions& options;
    WorkerPool& workers;
    const std::atomic<bool>& is_stopping;
};

/// Runs `job` on a worker and comes back to the coroutine's strand; false when the pool is full.
/// `job` does not throw and may refer to what the coroutine holds.
inline Awaitable<bool> run_on(WorkerPool& workers, std::function<void()> job) {
    const auto start = [&workers](auto handler, std::function<void()> work) {
        const auto executor = boost::asio::get_associated_executor(handler);
        // Shared, because a worker's function is copyable; moved out of by the strand alone.
        const auto held = std::make_shared<decltype(handler)>(std::move(handler));
        const auto resume = [held, executor](bool has_run) {
            boost::asio::post(executor, [held, has_run] { std::move (*held)(has_run); });
        };
        const bool is_queued = workers.submit([work = std::move(work), resume] {
            work();
            resume(true);
        });
        if (!is_queued) {
            resume(false);
        }
    };
    const bool has_run =
        co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(bool)>(
            start, kAwait, std::move(job)
        );
    co_return has_run;
}

/// Serve one accepted connection until it ends.
Awaitable<void> serve_plain(
    boost::asio::ip::tcp::socket socket,
    const Serving& serving,
    Peer peer,
    std::shared_ptr<SessionHandle> handle
);
Awaitable<void> serve_tls(
    boost::asio::ip::tcp::socket socket,
    boost::asio::ssl::context& tls,
    const Serving& serving,
    Peer peer,
    std::shared_ptr<SessionHandle> handle
);

}  // namespace duban::http::internal
