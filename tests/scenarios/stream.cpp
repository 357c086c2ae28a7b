#include "stream.h"

#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace duban::scenarios {

Stream::Stream(std::uint16_t port, const std::string& token)
    : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    static_assert(sizeof generic == sizeof address);
    std::memcpy(&generic, &address, sizeof address);
    EXPECT_EQ(::connect(socket_, &generic, sizeof generic), 0);
    std::string request = "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n";
    if (!token.empty()) {
        request += "Authorization: Bearer " + token + "\r\n";
    }
    request += "\r\n";
    EXPECT_EQ(
        ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL),
        static_cast<ssize_t>(request.size())
    );
}

Stream::~Stream() {
    ::close(socket_);
}

std::string Stream::read_until(const std::string& end) {
    std::array<char, 4096> piece{};
    while (received_.find(end) == std::string::npos) {
        const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
        if (got <= 0) {
            break;
        }
        received_.append(piece.data(), static_cast<std::size_t>(got));
    }
    return received_;
}

std::string Stream::read_what_came() {
    std::array<char, 4096> piece{};
    ssize_t got = 0;
    while ((got = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT)) > 0) {
        received_.append(piece.data(), static_cast<std::size_t>(got));
    }
    return received_;
}

}  // namespace duban::scenarios
