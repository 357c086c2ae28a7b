// What of serving needs no socket: from the head of a request to the bytes of an answer's head.

#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "http/server.h"

namespace duban::http::internal {

/// The head of a request as the parser gave it.
struct Head {
    std::string method;
    std::string target;
    unsigned version = 11;  ///< 10 or 11
    Headers headers;
};

/// Who sent it, by the socket.
struct Peer {
    std::string address;
    bool is_tls = false;
};

/// One request and what became of it.
struct Exchange {
    Request request;
    std::string method;  ///< as sent, for the log
    RouteMatch match;
    std::optional<Response> answer;  ///< set when no handler is to be asked
    bool is_last = false;            ///< after a head that cannot be trusted nothing is read
    std::chrono::steady_clock::time_point began;
    std::string failure;

    [[nodiscard]] bool is_head() const { return request.method == Method::Head; }
};

/// How the body of an answer is delimited.
struct Framing {
    bool keeps_alive = true;
    std::optional<std::uint64_t> length;  ///< absent: chunked
};

/// What is measured besides requests. Shared with the gauges, which may outlive the server.
struct Load {
    std::atomic<std::int64_t> connections{0};
    std::atomic<std::int64_t> streams{0};
};

class Front {
public:
    Front(const Router& router, const ServerOptions& options, const ServerServices& services);

    /// Checks the head and finds its route; `answer` is set for a refusal and for OPTIONS.
    [[nodiscard]] Exchange begin(Head head, const Peer& peer) const;
    /// An exchange for a head that could not even be read.
    [[nodiscard]] Exchange begin_unreadable(const Peer& peer) const;

    /// Runs `work`; what it throws becomes the answer.
    [[nodiscard]] Response guarded(Exchange& exchange, const std::function<Response()>& work) const;
    [[nodiscard]] Response refuse(
        const Exchange& exchange,
        const core::Problem& problem,
        std::optional<int> status = std::nullopt
    ) const;

    /// Status line and header fields with the empty line; adds what every answer carries.
    [[nodiscard]] std::string response_head(
        const Exchange& exchange, Response& response, const Framing& framing
    ) const;

    /// Writes the line of the log and counts.
    void end(const Exchange& exchange, int status, std::uint64_t bytes) const;

    [[nodiscard]] const std::shared_ptr<Load>& load() const { return load_; }

private:
    /// The counters of one route, by class of status, and its durations.
    struct Meters {
        std::map<int, Counter*> by_class;
        Histogram* seconds = nullptr;
    };
    [[nodiscard]] Meters make_meters(const std::string& route, std::string_view method) const;
    [[nodiscard]] std::string language_of(const Request& request) const;
    void read_peer(Request& request, const Peer& peer) const;
    void route(Exchange& exchange, const Head& head) const;
    [[nodiscard]] std::string date_text() const;

    const Router& router_;
    const ServerOptions& options_;
    const ServerServices& services_;
    std::unordered_map<const Route*, Meters> meters_;
    Meters unrouted_;
    std::shared_ptr<Load> load_ = std::make_shared<Load>();
};

}  // namespace duban::http::internal
