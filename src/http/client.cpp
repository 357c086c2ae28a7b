#include "http/client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "core/check.h"
#include "core/problem.h"

namespace duban::http {

namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;

std::string target_of(const Request& request) {
    std::string target = request.path;
    char sign = '?';
    for (const auto& [name, value] : request.query.parameters()) {
        target += sign + percent_encode(name) + "=" + percent_encode(value);
        sign = '&';
    }
    return target;
}

beast_http::request<beast_http::string_body> message_of(const Request& request) {
    beast_http::request<beast_http::string_body> message;
    message.version(11);
    message.method_string(std::string{method_name(request.method)});
    message.target(target_of(request));
    message.set(beast_http::field::host, "localhost");
    message.set(beast_http::field::connection, "close");
    for (const auto& [name, value] : request.headers.fields()) {
        message.set(name, value);
    }
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

}  // namespace

Response send(const std::string& address, std::uint16_t port, const Request& request) {
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address, error);
    core::check(!error && ip.is_loopback(), "this client speaks with its own machine only");
    asio::io_context context;
    asio::ip::tcp::socket socket{context};
    socket.connect({ip, port}, error);
    if (error) {
        throw core::Problem{core::ProblemKind::Unavailable, "server.unreachable"};
    }
    beast_http::write(socket, message_of(request), error);
    if (error) {
        throw core::Problem{core::ProblemKind::Unavailable, "server.unreachable"};
    }
    boost::beast::flat_buffer buffer;
    beast_http::response_parser<beast_http::string_body> parser;
    parser.body_limit(kClientBodyBytesMax);
    beast_http::read(socket, buffer, parser, error);
    if (error) {
        throw core::Problem{core::ProblemKind::Corrupt, "server.answer_malformed"};
    }
    auto message = parser.release();
    Response response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        response.headers.add(std::string{field.name_string()}, std::string{field.value()});
    }
    response.body = std::move(message.body());
    return response;
}

}  // namespace duban::http
