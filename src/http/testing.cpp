#include "http/testing.h"

#include <array>
#include <cerrno>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "core/check.h"

namespace duban::http {

namespace {

constexpr timeval kWaitMax{.tv_sec = 30, .tv_usec = 0};

std::size_t parse_size(std::string_view text, int base) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

TestResponse parse_head(std::string_view head) {
    TestResponse response;
    std::size_t end = head.find("\r\n");
    response.status = static_cast<int>(parse_size(head.substr(9, 3), 10));
    while (end + 2 < head.size()) {
        head.remove_prefix(end + 2);
        end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        const std::size_t colon = line.find(": ");
        if (colon != std::string_view::npos) {
            response.headers.add(line.substr(0, colon), line.substr(colon + 2));
        }
    }
    return response;
}

}  // namespace

std::string TestResponse::code() const {
    const auto json = core::find_json(body);
    return json ? core::find_string(*json, "code").value_or("") : "";
}

TestClient::TestClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kWaitMax, sizeof(kWaitMax));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kWaitMax, sizeof(kWaitMax));
    const int done = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
    core::check(done == 0, "a test connects to its own server");
}

TestClient::~TestClient() {
    ::close(socket_);
}

bool TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void TestClient::end() {
    ::shutdown(socket_, SHUT_WR);
}

bool TestClient::fill() {
    std::array<char, 16384> piece{};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count > 0) {
        buffer_.append(piece.data(), static_cast<std::size_t>(count));
    }
    return count > 0;
}

std::string TestClient::read_until(std::string_view mark) {
    std::size_t end = buffer_.find(mark);
    while (end == std::string::npos) {
        if (!fill()) {
            return std::exchange(buffer_, {});
        }
        end = buffer_.find(mark);
    }
    std::string out = buffer_.substr(0, end + mark.size());
    buffer_.erase(0, out.size());
    return out;
}

std::string TestClient::read_chunked() {
    std::string body;
    for (;;) {
        const std::size_t size = parse_size(read_until("\r\n"), 16);
        while (buffer_.size() < size + 2) {
            if (!fill()) {
                return body;
            }
        }
        body += buffer_.substr(0, size);
        buffer_.erase(0, size + 2);
        if (size == 0) {
            return body;
        }
    }
}

TestResponse TestClient::read(bool has_body) {
    const std::string head = read_until("\r\n\r\n");
    if (!head.ends_with("\r\n\r\n")) {
        return {};
    }
    TestResponse response = parse_head(head);
    if (response.header("Transfer-Encoding") == "chunked") {
        response.body = read_chunked();
        return response;
    }
    const std::size_t length = has_body ? parse_size(response.header("Content-Length"), 10) : 0;
    while (buffer_.size() < length && fill()) {
    }
    response.body = buffer_.substr(0, length);
    buffer_.erase(0, response.body.size());
    return response;
}

bool TestClient::is_closed() {
    char byte = 0;
    const ssize_t count = buffer_.empty() ? ::recv(socket_, &byte, 1, 0) : 1;
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

TestResponse TestClient::get(std::string_view target, std::string_view more_headers) {
    return request("GET", target, more_headers, "");
}

TestResponse TestClient::request(
    std::string_view method,
    std::string_view target,
    std::string_view more_headers,
    std::string_view body
) {
    std::string text{method};
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: test\r\n").append(more_headers);
    if (!body.empty()) {
        text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    }
    send(text.append("\r\n").append(body));
    return read(method != "HEAD");
}

std::string PlainSentences::sentence(
    std::string_view code, const core::Params& params, std::string_view language
) const {
    std::string out{language};
    out.append(":").append(code);
    for (const auto& [name, value] : params) {
        out.append(" ").append(name).append("=").append(value);
    }
    return out;
}

}  // namespace duban::http
