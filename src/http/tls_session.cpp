#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "http/internal/session.h"

namespace duban::http::internal {

namespace {

constexpr std::chrono::milliseconds kHandshakeMax{10'000};
constexpr std::chrono::milliseconds kGoodbyeMax{1'000};

}  // namespace

Awaitable<void> serve_tls(
    boost::asio::ip::tcp::socket socket,
    boost::asio::ssl::context& tls,
    const Serving& serving,
    Peer peer,
    std::shared_ptr<SessionHandle> handle
) {
    using Stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;
    Stream stream{std::move(socket), tls};
    Deadline deadline{stream.lowest_layer()};
    ErrorCode error;
    deadline.start(kHandshakeMax);
    co_await stream.async_handshake(
        boost::asio::ssl::stream_base::server, boost::asio::redirect_error(kAwait, error)
    );
    deadline.stop();
    if (error) {
        co_return;
    }
    Session<Stream> session{stream, serving, std::move(peer), std::move(handle)};
    co_await session.run();
    deadline.start(kGoodbyeMax);
    co_await stream.async_shutdown(boost::asio::redirect_error(kAwait, error));
    deadline.stop();
}

}  // namespace duban::http::internal
