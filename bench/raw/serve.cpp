// A bare HTTP server: one thread a connection, prepared statements, an answer of so many bytes.
//
//     GET /bare/BYTES               the answer alone
//     GET /point/ID/BYTES           with one measure read by its key
//     GET /page/UNIT/STATE/BYTES    with its total and the first page, as a list asks for them

#include <fstream>
#include <iostream>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "raw/commands.h"
#include "raw/sqlite.h"

namespace duban::bench {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t kBytesMax = 1'000'000;

std::string bytes_of_hex(const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return out;
}

class Session {
public:
    Session(const std::string& path, const std::string& filler)
        : database_{path, false}, filler_{filler} {}

    void run(tcp::socket socket) {
        boost::beast::flat_buffer buffer;
        boost::beast::error_code error;
        socket.set_option(tcp::no_delay{true});
        for (;;) {
            http::request<http::string_body> request;
            http::read(socket, buffer, request, error);
            if (error) {
                return;
            }
            http::response<http::string_body> response{http::status::ok, request.version()};
            response.set(http::field::content_type, "application/json");
            response.set(http::field::cache_control, "private, no-store");
            response.keep_alive(true);
            response.body() = body_of(std::string{request.target()});
            response.prepare_payload();
            http::write(socket, response, error);
            if (error) {
                return;
            }
        }
    }

private:
    std::string body_of(const std::string& target) {
        std::vector<std::string> parts;
        for (std::size_t from = 1; from <= target.size();) {
            const std::size_t end = std::min(target.find('/', from), target.size());
            parts.push_back(target.substr(from, end - from));
            from = end + 1;
        }
        const std::size_t bytes = std::min(kBytesMax, std::stoul(parts.back()));
        if (parts.front() == "point") {
            const std::string id = bytes_of_hex(parts.at(1));
            point_.bind_blob(1, id);
            drain(point_);
        } else if (parts.front() == "page") {
            const std::string unit = bytes_of_hex(parts.at(1));
            for (Statement* statement : {&count_, &page_}) {
                statement->bind_blob(1, unit);
                statement->bind(2, std::string_view{parts.at(2)});
                drain(*statement);
            }
        }
        return filler_.substr(0, bytes);
    }

    /// Every column of every row, as whoever answers with them would have to take them.
    void drain(Statement& statement) {
        while (statement.step()) {
            for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
                seen_ += statement.bytes(i).size();
            }
        }
        statement.reset();
    }

    Database database_;
    Statement point_ = database_.prepare("select * from measure where org = 1 and id = ?1");
    Statement count_ = database_.prepare(
        "select count(*) from (select 1 as one from measure where org = 1 and unit = ?1"
        " and state = ?2 limit 10001) as capped"
    );
    Statement page_ = database_.prepare(
        "select * from measure where org = 1 and unit = ?1 and state = ?2 and due_on is not null"
        " order by due_on, id limit 51"
    );
    const std::string& filler_;
    std::size_t seen_ = 0;
};

}  // namespace

int serve(const Options& options) {
    const std::string path = option(options, "--db", "");
    const std::string filler(kBytesMax, 'x');
    asio::io_context context;
    tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
    std::cout << acceptor.local_endpoint().port() << std::endl;
    for (;;) {
        std::thread{[&, socket = acceptor.accept()]() mutable {
            Session{path, filler}.run(std::move(socket));
        }}.detach();
    }
}

}  // namespace duban::bench
