// The HTTP/1.1 server: sockets on a few I/O threads, handlers on a fixed pool of workers.
//
//     http::Server server{router, {.address = "127.0.0.1", .port = 8080},
//                         {.clock = clock, .random = random, .sentences = sentences,
//                          .metrics = metrics, .access_log = write_line, .language_of = {}}};
//     server.start();   // listens when it returns
//     …
//     server.stop();    // lets what runs finish
//
// Refuses what is ambiguous (two lengths, a length and chunks, two hosts),
// bounds what is read, and puts the security headers on every answer. What a handler throws
// becomes an answer by problem_response.h.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/random.h"
#include "http/access_log.h"
#include "http/metrics.h"
#include "http/problem_response.h"
#include "http/router.h"

namespace duban::http {

struct ServerOptions {
    std::string address = "127.0.0.1";  ///< an IP address to listen on
    std::uint16_t port = 0;             ///< 0: any free one, see Server::port()

    unsigned io_threads = 1;
    /// Brief handlers run on the I/O thread that read the request: two changes of thread less,
    /// which cost as much as the reading. Not for a database across a network.
    bool answers_briefly = false;
    unsigned worker_threads = 64;    ///< a write blocks its worker until its group commits
    std::size_t waiting_max = 1024;  ///< requests waiting for a worker; more get a 503
    std::size_t connections_max = 1024;
    std::size_t header_bytes_max = 16UL * 1024;  ///< request line and header fields

    std::chrono::milliseconds idle_max{60'000};       ///< between two requests
    std::chrono::milliseconds request_max{30'000};    ///< from the first byte to the last, else 408
    std::chrono::milliseconds upload_max{1'800'000};  ///< the same for an upload
    std::chrono::milliseconds write_max{60'000};      ///< for one write to the client
    std::chrono::milliseconds heartbeat{15'000};      ///< of event streams
    std::chrono::milliseconds stop_max{10'000};       ///< what still runs after this is cut off

    std::string tls_certificate_file;  ///< PEM chain; empty: no TLS
    std::string tls_key_file;
    /// Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
};

/// What the server needs from outside; all of it outlives the server.
struct ServerServices {
    const core::Clock& clock;
    core::Random& random;
    const Sentences& sentences;
    Metrics& metrics;
    AccessSink access_log;  ///< may be empty
    /// The language of an answer the server writes itself; empty: by Accept-Language.
    std::function<std::string(const Request&)> language_of;
};

class Server {
public:
    Server(const Router& router, ServerOptions options, ServerServices services);
    ~Server();  ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Throws Problem{Unavailable, "server.port_taken"} (params address, port),
    /// {Invalid, "server.address_invalid"} (address) or {Invalid, "server.tls_unreadable"}.
    void start();
    /// Takes no new request, ends event streams, waits for what runs; at most stop_max, but always
    /// for handlers that have begun. Does nothing the second time.
    void stop();
    /// The port it listens on.
    [[nodiscard]] std::uint16_t port() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban::http
