// The event stream of one connection: sends what its mailbox gets, a comment as heartbeat, and
// asks at each heartbeat whether it may go on.

#pragma once

#include <charconv>
#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/internal/serving.h"

namespace duban::http::internal {

/// A piece of a chunked body (RFC 9112, 7.1).
[[nodiscard]] inline std::string chunk(std::string_view bytes) {
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    return std::string{size.data(), end}.append("\r\n").append(bytes).append("\r\n");
}

template <class Session>
class EventWriter {
public:
    explicit EventWriter(Session& session)
        : session_{session}, timer_{session.stream_.lowest_layer().get_executor()} {}

    template <class Parser>
    Awaitable<void> run(Exchange& exchange, Parser& parser, const Subscription& subscription) {
        std::string first;
        Response response =
            co_await session_.work(exchange, [&] { return open(exchange, subscription, first); });
        if (!mailbox_) {
            co_await session_.answer_now(exchange, parser, std::move(response));
            co_return;
        }
        const auto& load = session_.front().load();
        ++load->streams;
        std::uint64_t bytes = 0;
        if (!exchange.is_head()) {
            const Framing framing{.keeps_alive = false, .length = std::nullopt};
            const std::string head = session_.front().response_head(exchange, response, framing);
            const bool is_written = co_await session_.write_bytes(head, chunk(first));
            if (is_written) {
                bytes = co_await follow(exchange);
            }
        }
        --load->streams;
        session_.front().end(exchange, response.status, bytes);
    }

private:
    using Clock = std::chrono::steady_clock;

    /// On a worker: decides, subscribes, and only then asks what came before.
    Response open(Exchange& exchange, const Subscription& subscription, std::string& first) {
        feed_ = subscription.open(exchange.request, exchange.match.params);
        const std::weak_ptr<SessionHandle> handle = session_.handle_;
        auto mailbox = subscription.hub->subscribe(feed_.wants, [handle] {
            if (const auto held = handle.lock()) {
                held->interrupt();
            }
        });
        first = ": begin\n\n";
        if (feed_.first) {
            for (const Event& event : feed_.first()) {
                first += event_text(event);
            }
        }
        mailbox_ = std::move(mailbox);
        return text_response(200, "", "text/event-stream");
    }

    /// Until the client leaves, lags, or may no longer; returns how much was sent.
    Awaitable<std::uint64_t> follow(Exchange& exchange) {
        std::uint64_t bytes = 0;
        Clock::time_point heartbeat = Clock::now() + session_.options().heartbeat;
        while (!session_.serving_.is_stopping && !mailbox_->has_overflowed()) {
            std::string text;
            for (const auto& event : mailbox_->take()) {
                text += *event;
            }
            if (Clock::now() >= heartbeat) {
                const bool is_allowed = co_await may_go_on(exchange);
                if (!is_allowed) {
                    break;
                }
                text += ": still here\n\n";
                heartbeat = Clock::now() + session_.options().heartbeat;
            }
            if (text.empty()) {
                co_await wait_until(heartbeat);
                continue;
            }
            const bool is_written = co_await session_.write_bytes(chunk(text), {});
            if (!is_written) {
                co_return bytes;
            }
            bytes += text.size();
        }
        co_await session_.write_bytes("0\r\n\r\n", {});
        co_return bytes;
    }

    /// A worker that cannot be had is no reason to end: it is asked again next time.
    Awaitable<bool> may_go_on(Exchange& exchange) {
        bool is_allowed = true;
        if (feed_.is_allowed) {
            co_await session_.work(exchange, [this, &is_allowed] {
                is_allowed = false;
                is_allowed = feed_.is_allowed();
                return Response{};
            });
        }
        co_return is_allowed;
    }

    Awaitable<void> wait_until(Clock::time_point at) {
        session_.handle_->set_wait([this] { timer_.cancel(); });
        timer_.expires_at(at);
        ErrorCode ignored;
        co_await timer_.async_wait(boost::asio::redirect_error(kAwait, ignored));
        session_.handle_->set_wait(nullptr);
    }

    Session& session_;
    boost::asio::steady_timer timer_;
    EventFeed feed_;
    std::shared_ptr<Mailbox> mailbox_;
};

}  // namespace duban::http::internal
