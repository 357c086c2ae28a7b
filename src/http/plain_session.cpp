#include "http/internal/session.h"

namespace duban::http::internal {

Awaitable<void> serve_plain(
    boost::asio::ip::tcp::socket socket,
    const Serving& serving,
    Peer peer,
    std::shared_ptr<SessionHandle> handle
) {
    Session<boost::asio::ip::tcp::socket> session{
        socket, serving, std::move(peer), std::move(handle)
    };
    co_await session.run();
    ErrorCode ignored;
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
}

}  // namespace duban::http::internal
