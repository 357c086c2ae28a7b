#include "http/server.h"

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include "core/check.h"
#include "http/internal/serving.h"

namespace duban::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using internal::ErrorCode;

namespace {

constexpr std::chrono::milliseconds kAcceptPause{100};

/// "::ffff:192.0.2.1" is 192.0.2.1.
std::string address_text(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

std::unique_ptr<asio::ssl::context> make_tls(const ServerOptions& options) {
    auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    ErrorCode error;
    tls->set_options(
        asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
            asio::ssl::context::no_tlsv1_1,
        error
    );
    tls->use_certificate_chain_file(options.tls_certificate_file, error);
    if (!error) {
        tls->use_private_key_file(options.tls_key_file, asio::ssl::context::pem, error);
    }
    if (error) {
        throw core::Problem{core::ProblemKind::Invalid, "server.tls_unreadable"};
    }
    return tls;
}

}  // namespace

struct Server::State {
    State(const Router& router, ServerOptions given, ServerServices needed)
        : options{std::move(given)},
          services{std::move(needed)},
          front{router, options, services} {}

    void listen();
    internal::Awaitable<void> accept();
    void serve(tcp::socket socket);
    void refuse(tcp::socket& socket) const;

    const ServerOptions options;
    const ServerServices services;
    const internal::Front front;
    std::atomic<bool> is_stopping{false};
    bool is_running = false;
    std::uint16_t port = 0;
    internal::Sessions sessions;
    std::unique_ptr<internal::WorkerPool> workers;
    std::unique_ptr<internal::Serving> serving;
    std::unique_ptr<asio::ssl::context> tls;
    // Last but the threads: what the connections refer to outlives them.
    asio::io_context io;
    tcp::acceptor acceptor{io};
    std::vector<std::thread> io_threads;
};

void Server::State::listen() {
    ErrorCode error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) {
        throw core::Problem{
            core::ProblemKind::Invalid, "server.address_invalid", {{"address", options.address}}
        };
    }
    const tcp::endpoint endpoint{address, options.port};
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (!error) {
        port = acceptor.local_endpoint(error).port();
    }
    if (error) {
        ErrorCode ignored;
        acceptor.close(ignored);
        throw core::Problem{
            core::ProblemKind::Unavailable,
            "server.port_taken",
            {{"address", options.address}, {"port", std::to_string(options.port)}}
        };
    }
}

internal::Awaitable<void> Server::State::accept() {
    asio::steady_timer pause{io};
    while (!is_stopping) {
        // Each connection on its own strand: nothing of it runs twice at once.
        const asio::any_io_executor strand = asio::make_strand(io);
        tcp::socket socket{strand};
        ErrorCode error;
        co_await acceptor.async_accept(socket, asio::redirect_error(internal::kAwait, error));
        if (error == asio::error::operation_aborted) {
            break;
        }
        if (error) {  // out of descriptors, or the client was gone already
            pause.expires_after(kAcceptPause);
            co_await pause.async_wait(asio::redirect_error(internal::kAwait, error));
            continue;
        }
        if (sessions.count() >= options.connections_max) {
            refuse(socket);
            continue;
        }
        serve(std::move(socket));
    }
}

/// One short answer without waiting for anything.
void Server::State::refuse(tcp::socket& socket) const {
    ErrorCode ignored;
    if (!tls) {
        constexpr std::string_view kBusy =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n";
        socket.non_blocking(true, ignored);
        socket.send(asio::buffer(kBusy.data(), kBusy.size()), 0, ignored);
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    }
    socket.close(ignored);
}

void Server::State::serve(tcp::socket socket) {
    ErrorCode error;
    const auto remote = socket.remote_endpoint(error);
    if (error) {
        return;
    }
    socket.set_option(tcp::no_delay{true}, error);
    const asio::any_io_executor strand = socket.get_executor();
    auto handle = std::make_shared<internal::SessionHandle>([strand](std::function<void()> work) {
        asio::post(strand, std::move(work));
    });
    internal::Peer peer{.address = address_text(remote.address()), .is_tls = tls != nullptr};
    sessions.add(handle);
    const auto load = front.load();
    ++load->connections;
    const auto end = [this, handle, load](const std::exception_ptr&) {
        // What a connection throws (memory is out) ends that connection alone.
        --load->connections;
        sessions.remove(handle);
    };
    if (tls) {
        asio::co_spawn(
            strand,
            internal::serve_tls(std::move(socket), *tls, *serving, std::move(peer), handle),
            end
        );
    } else {
        asio::co_spawn(
            strand, internal::serve_plain(std::move(socket), *serving, std::move(peer), handle), end
        );
    }
}

Server::Server(const Router& router, ServerOptions options, ServerServices services)
    : state_{std::make_unique<State>(router, std::move(options), std::move(services))} {}

Server::~Server() {
    stop();
}

void Server::start() {
    core::check(!state_->is_running && !state_->is_stopping, "a server is started once");
    if (!state_->options.tls_certificate_file.empty()) {
        state_->tls = make_tls(state_->options);
    }
    state_->listen();
    state_->workers = std::make_unique<internal::WorkerPool>(
        state_->options.worker_threads, state_->options.waiting_max
    );
    state_->serving = std::make_unique<internal::Serving>(
        internal::Serving{state_->front, state_->options, *state_->workers, state_->is_stopping}
    );
    asio::co_spawn(state_->io, state_->accept(), [](const std::exception_ptr&) {});
    for (unsigned i = 0; i < state_->options.io_threads; ++i) {
        state_->io_threads.emplace_back([this] {
            const auto guard = asio::make_work_guard(state_->io);
            state_->io.run();
        });
    }
    state_->is_running = true;
}

void Server::stop() {
    if (!state_->is_running) {
        return;
    }
    state_->is_running = false;
    state_->is_stopping = true;
    asio::post(state_->io, [this] {
        ErrorCode ignored;
        state_->acceptor.close(ignored);
    });
    state_->sessions.interrupt_all();
    state_->sessions.wait_until_empty(state_->options.stop_max);
    state_->workers->stop();
    state_->io.stop();
    for (std::thread& thread : state_->io_threads) {
        thread.join();
    }
    state_->io_threads.clear();
    state_->sessions.close_all();
}

std::uint16_t Server::port() const {
    core::check(state_->is_running, "a port is known while the server runs");
    return state_->port;
}

}  // namespace duban::http
