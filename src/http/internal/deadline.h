// A time after which the reads and writes of a socket are cancelled, so that the connection can
// still say why. All calls on the socket's strand.

#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace duban::http::internal {

inline void cancel(boost::asio::ip::tcp::socket::lowest_layer_type& socket) {
    boost::system::error_code ignored;
    socket.cancel(ignored);
}

class Deadline {
public:
    using Socket = boost::asio::ip::tcp::socket::lowest_layer_type;

    explicit Deadline(Socket& socket)
        : state_{std::make_shared<State>(
              State{socket, boost::asio::steady_timer{socket.get_executor()}}
          )} {}
    ~Deadline() { stop(); }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    /// Begins to count; what was counted before is forgotten.
    void start(std::chrono::milliseconds after) {
        state_->has_passed = false;
        ++state_->generation;
        wait(state_, after);
    }
    void stop() {
        ++state_->generation;
        state_->timer.cancel();
    }
    [[nodiscard]] bool has_passed() const { return state_->has_passed; }

private:
    struct State {
        Socket& socket;
        boost::asio::steady_timer timer;
        unsigned generation = 0;  ///< of the last start or stop; an older wait does nothing
        bool has_passed = false;
    };

    /// Cancels again every second: between two operations there may be nothing to cancel.
    static void wait(const std::shared_ptr<State>& state, std::chrono::milliseconds after) {
        state->timer.expires_after(after);
        state->timer.async_wait([state, generation = state->generation](const auto&) {
            if (generation != state->generation) {
                return;
            }
            state->has_passed = true;
            cancel(state->socket);
            wait(state, std::chrono::seconds{1});
        });
    }

    std::shared_ptr<State> state_;
};

}  // namespace duban::http::internal
