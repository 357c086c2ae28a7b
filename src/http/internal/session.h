// One connection, over any stream: reads requests, has them answered, writes the answers.
// Included by the two sources that know Beast, plain_session.cpp and tls_session.cpp.
//
// g++ 12: no co_await inside ?:, && or ||, and no braced temporaries in its arguments.

#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "http/internal/deadline.h"
#include "http/internal/event_writer.h"
#include "http/internal/file_reader.h"
#include "http/internal/front.h"
#include "http/internal/serving.h"

namespace duban::http::internal {

using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

inline constexpr std::size_t kPieceBytes = 64UL * 1024;
inline constexpr std::chrono::milliseconds kDrainMax{1'000};

/// How reading a body ended.
enum class BodyEnd { Whole, TooLarge, TimedOut, Broken };

/// The head that a parser has read.
[[nodiscard]] inline Head head_of(const Parser& parser) {
    const auto& message = parser.get();
    Head head;
    head.method = message.method_string();
    head.target = message.target();
    head.version = message.version();
    for (const auto& field : message) {
        head.headers.add(std::string_view{field.name_string()}, std::string_view{field.value()});
    }
    return head;
}

template <class Stream>
class Session {
public:
    Session(
        Stream& stream, const Serving& serving, Peer peer, std::shared_ptr<SessionHandle> handle
    )
        : stream_{stream},
          serving_{serving},
          peer_{std::move(peer)},
          handle_{std::move(handle)},
          deadline_{stream.lowest_layer()} {}

    /// Until the client or the server has had enough.
    Awaitable<void> run() {
        for (;;) {
            const bool has_request = co_await wait_for_request();
            if (!has_request) {
                co_return;
            }
            const bool goes_on = co_await serve_one();
            if (!goes_on) {
                co_return;
            }
        }
    }

private:
    using Bytes = std::string_view;
    static constexpr std::size_t kBufferBytes = 128UL * 1024;

    [[nodiscard]] const ServerOptions& options() const { return serving_.options; }
    [[nodiscard]] const Front& front() const { return serving_.front; }

    /// Idle between requests: the one wait that a stopping server interrupts.
    Awaitable<bool> wait_for_request() {
        if (buffer_.size() > 0 || serving_.is_stopping) {
            co_return !serving_.is_stopping;
        }
        handle_->set_wait([this] { cancel(stream_.lowest_layer()); });
        deadline_.start(options().idle_max);
        ErrorCode error;
        const auto space = buffer_.prepare(kPieceBytes / 8);
        const std::size_t count =
            co_await stream_.async_read_some(space, boost::asio::redirect_error(kAwait, error));
        deadline_.stop();
        handle_->set_wait(nullptr);
        buffer_.commit(count);
        co_return !error && count > 0;
    }

    Awaitable<bool> serve_one() {
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(options().header_bytes_max));
        parser.body_limit(boost::none);  // counted here, by route
        deadline_.start(options().request_max);
        ErrorCode error;
        co_await boost::beast::http::async_read_header(
            stream_, buffer_, parser, boost::asio::redirect_error(kAwait, error)
        );
        if (error) {
            co_await refuse_head(error);
            co_return false;
        }
        Exchange exchange = front().begin(head_of(parser), peer_);
        if (exchange.answer) {
            Response answer = *std::exchange(exchange.answer, std::nullopt);
            const bool goes_on = co_await answer_now(exchange, parser, std::move(answer));
            co_return goes_on;
        }
        const Route& route = *exchange.match.route;
        if (const auto* const handler = std::get_if<Handler>(&route.action)) {
            const bool goes_on = co_await handle(exchange, parser, *handler);
            co_return goes_on;
        }
        if (const auto* const upload = std::get_if<Upload>(&route.action)) {
            const bool goes_on = co_await receive(exchange, parser, *upload);
            co_return goes_on;
        }
        co_await stream_events(exchange, parser, std::get<Subscription>(route.action));
        co_return false;
    }

    /// What could not be parsed gets its answer too, and then the end.
    Awaitable<void> refuse_head(ErrorCode error) {
        namespace http = boost::beast::http;
        Exchange exchange = front().begin_unreadable(peer_);
        std::optional<Response> answer;
        if (deadline_.has_passed()) {
            answer = timed_out(exchange);
        } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
            const core::Problem problem{
                core::ProblemKind::TooLarge,
                "request.headers_too_large",
                {{"bytes_max", std::to_string(options().header_bytes_max)}}
            };
            answer = front().refuse(exchange, problem, 431);
        } else if (error != http::error::end_of_stream && error != http::error::partial_message &&
                   error.category() == make_error_code(http::error::bad_method).category()) {
            const core::Problem problem{core::ProblemKind::Invalid, "request.malformed"};
            answer = front().refuse(exchange, problem);
        }
        if (answer) {
            co_await write(exchange, *std::move(answer), false);
            co_await drain();
        }
    }

    [[nodiscard]] Response timed_out(const Exchange& exchange) const {
        return front().refuse(
            exchange, core::Problem{core::ProblemKind::Invalid, "request.timeout"}, 408
        );
    }

    [[nodiscard]] Response busy(const Exchange& exchange) const {
        return front().refuse(
            exchange,
            core::Problem{
                core::ProblemKind::Unavailable, "server.busy", {{"retry_after_seconds", "1"}}
            }
        );
    }

    [[nodiscard]] Response refusal_of(const Exchange& exchange, BodyEnd end) const {
        if (end == BodyEnd::TimedOut) {
            return timed_out(exchange);
        }
        const BodyLimit& limit = exchange.match.route->limit;
        return front().refuse(
            exchange,
            core::Problem{
                core::ProblemKind::TooLarge,
                limit.code,
                {{"bytes_max", std::to_string(limit.bytes_max)}}
            }
        );
    }

    /// Answers without reading the body; a body that is on its way ends the connection.
    Awaitable<bool> answer_now(Exchange& exchange, Parser& parser, Response response) {
        const bool keeps_alive = parser.is_done() && parser.keep_alive() && !exchange.is_last;
        const bool goes_on = co_await write(exchange, std::move(response), keeps_alive);
        if (!parser.is_done() || exchange.is_last) {
            co_await drain();
        }
        co_return goes_on;
    }

    Awaitable<bool> handle(Exchange& exchange, Parser& parser, const Handler& handler) {
        const std::uint64_t bytes_max = exchange.match.route->limit.bytes_max;
        BodyEnd end = co_await begin_body(parser, bytes_max);
        while (end == BodyEnd::Whole && !parser.is_done()) {
            end = co_await read_piece(parser);
            exchange.request.body.append(piece());
            if (exchange.request.body.size() > bytes_max) {
                end = BodyEnd::TooLarge;
            }
        }
        if (end == BodyEnd::Broken) {
            co_return false;
        }
        if (end != BodyEnd::Whole) {
            Response refusal = refusal_of(exchange, end);
            const bool goes_on = co_await answer_now(exchange, parser, std::move(refusal));
            co_return goes_on;
        }
        deadline_.stop();
        const auto job = [&exchange, &handler] {
            return handler(exchange.request, exchange.match.params);
        };
        Response response;
        if (exchange.match.route->is_brief && options().answers_briefly) {
            response = front().guarded(exchange, job);
        } else {
            response = co_await work(exchange, job);
        }
        const bool goes_on = co_await write(exchange, std::move(response), parser.keep_alive());
        co_return goes_on;
    }

    /// An upload: opened by its head, then piece by piece into its sink.
    Awaitable<bool> receive(Exchange& exchange, Parser& parser, const Upload& upload) {
        const std::uint64_t bytes_max = exchange.match.route->limit.bytes_max;
        deadline_.start(options().upload_max);
        std::unique_ptr<BodySink> sink;
        Response response = co_await work(exchange, [&exchange, &upload, &sink] {
            sink = upload.open(exchange.request, exchange.match.params);
            return Response{};
        });
        std::uint64_t bytes = 0;
        BodyEnd end = BodyEnd::Whole;
        if (sink) {
            end = co_await begin_body(parser, bytes_max);
        }
        while (sink && end == BodyEnd::Whole && !parser.is_done()) {
            end = co_await read_piece(parser);
            bytes += piece().size();
            if (bytes > bytes_max) {
                end = BodyEnd::TooLarge;
            }
            if (end == BodyEnd::Whole) {
                response = co_await write_to(exchange, sink);
            }
        }
        if (sink && end == BodyEnd::Whole) {
            response = co_await work(exchange, [&sink] { return sink->finish(); });
        }
        if (sink) {
            co_await dispose(sink);
        }
        if (end == BodyEnd::Broken) {
            co_return false;
        }
        if (end != BodyEnd::Whole) {
            response = refusal_of(exchange, end);
        }
        deadline_.stop();
        const bool goes_on = co_await answer_now(exchange, parser, std::move(response));
        co_return goes_on;
    }

    /// Gives the piece to the sink; when it refuses, the sink is gone and the refusal is returned.
    Awaitable<Response> write_to(Exchange& exchange, std::unique_ptr<BodySink>& sink) {
        bool is_written = false;
        Response response = co_await work(exchange, [this, &sink, &is_written] {
            sink->write(piece());
            is_written = true;
            return Response{};
        });
        if (!is_written) {
            co_await dispose(sink);
        }
        co_return response;
    }

    /// Closing a sink may touch the disk: not on an I/O thread, if a worker can be had.
    Awaitable<void> dispose(std::unique_ptr<BodySink>& sink) {
        co_await run_on(serving_.workers, [&sink] { sink.reset(); });
        sink.reset();
    }

    /// Refuses a length that is too large before anything is read, and lets a client that asks go
    /// on.
    Awaitable<BodyEnd> begin_body(Parser& parser, std::uint64_t bytes_max) {
        piece_size_ = 0;
        const auto length = parser.content_length();
        if (length && *length > bytes_max) {
            co_return BodyEnd::TooLarge;
        }
        const auto& message = parser.get();
        const Bytes expect{message[boost::beast::http::field::expect]};
        if (!parser.is_done() && equal_ignoring_case(expect, "100-continue")) {
            ErrorCode error;
            const Bytes go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto bytes = boost::asio::buffer(go_on.data(), go_on.size());
            co_await boost::asio::async_write(
                stream_, bytes, boost::asio::redirect_error(kAwait, error)
            );
        }
        co_return BodyEnd::Whole;
    }

    [[nodiscard]] Bytes piece() const { return {piece_.data(), piece_size_}; }

    /// Reads the next piece; Whole means: so far.
    Awaitable<BodyEnd> read_piece(Parser& parser) {
        piece_.resize(kPieceBytes);
        auto& body = parser.get().body();
        body.data = piece_.data();
        body.size = piece_.size();
        body.more = true;
        ErrorCode error;
        if (!deadline_.has_passed()) {
            co_await boost::beast::http::async_read(
                stream_, buffer_, parser, boost::asio::redirect_error(kAwait, error)
            );
        }
        piece_size_ = piece_.size() - body.size;
        if (deadline_.has_passed()) {
            co_return BodyEnd::TimedOut;
        }
        if (error && error != boost::beast::http::error::need_buffer) {
            co_return BodyEnd::Broken;
        }
        co_return BodyEnd::Whole;
    }

    /// Runs `job` on a worker, guarded; a 503 when none is to be had.
    template <class Job>
    Awaitable<Response> work(Exchange& exchange, Job job) {
        Response response;
        const bool has_run = co_await run_on(serving_.workers, [this, &exchange, &response, &job] {
            response = front().guarded(exchange, job);
        });
        if (!has_run) {
            response = busy(exchange);
        }
        co_return response;
    }

    /// Writes an answer; true when the connection stays.
    Awaitable<bool> write(Exchange& exchange, Response response, bool may_keep_alive) {
        std::optional<FileReader> file;
        std::uint64_t length = response.body.size();
        if (response.file) {
            response = co_await open_file(exchange, std::move(response), file, length);
        }
        const bool keeps_alive = may_keep_alive && !serving_.is_stopping;
        const Framing framing{.keeps_alive = keeps_alive, .length = length};
        const std::string head = front().response_head(exchange, response, framing);
        const bool has_content = !exchange.is_head() && length > 0 && response.status != 304;
        const Bytes body = has_content && !file ? Bytes{response.body} : Bytes{};
        bool is_written = co_await write_bytes(head, body);
        if (file && has_content && is_written) {
            is_written = co_await write_file(exchange, *file, length);
        }
        front().end(exchange, response.status, has_content ? length : 0);
        co_return is_written&& keeps_alive;
    }

    Awaitable<bool> write_bytes(Bytes first, Bytes second) {
        deadline_.start(options().write_max);
        const std::array<boost::asio::const_buffer, 2> parts{
            boost::asio::buffer(first.data(), first.size()),
            boost::asio::buffer(second.data(), second.size())
        };
        ErrorCode error;
        co_await boost::asio::async_write(
            stream_, parts, boost::asio::redirect_error(kAwait, error)
        );
        deadline_.stop();
        co_return !error;
    }

    /// Opens what is to be sent, at the range that is asked for.
    Awaitable<Response> open_file(
        Exchange& exchange,
        Response response,
        std::optional<FileReader>& file,
        std::uint64_t& length
    ) {
        const FileBody body = *response.file;
        const auto range = exchange.request.headers.find("Range");
        const RangeRequest asked = range ? parse_range(*range, body.size) : RangeRequest{};
        response.headers.set("Accept-Ranges", "bytes");
        const std::string of_size = '/' + std::to_string(body.size);
        length = 0;
        if (!asked.is_satisfiable) {
            response.status = 416;
            response.file.reset();
            response.headers.set("Content-Range", "bytes *" + of_size);
            co_return response;
        }
        const ByteRange bytes = asked.range.value_or(ByteRange{0, body.size});
        if (asked.range) {
            response.status = 206;
            response.headers.set(
                "Content-Range",
                "bytes " + std::to_string(bytes.begin) + '-' + std::to_string(bytes.end - 1) +
                    of_size
            );
        }
        Response refusal = co_await work(exchange, [&file, &body, &bytes] {
            file.emplace(body.path, bytes.begin);
            return Response{};
        });
        if (!file) {
            length = refusal.body.size();
            co_return refusal;
        }
        length = bytes.end - bytes.begin;
        co_return response;
    }

    Awaitable<bool> write_file(Exchange& exchange, FileReader& file, std::uint64_t length) {
        while (length > 0) {
            std::string next;
            co_await work(exchange, [&file, &next, length] {
                next = file.read(length);
                return Response{};
            });
            if (next.empty()) {
                co_return false;  // cut short: the length that was promised tells the client
            }
            const bool is_written = co_await write_bytes(next, {});
            if (!is_written) {
                co_return false;
            }
            length -= next.size();
        }
        co_return true;
    }

    Awaitable<void> stream_events(
        Exchange& exchange, Parser& parser, const Subscription& subscription
    ) {
        EventWriter<Session> events{*this};
        co_await events.run(exchange, parser, subscription);
    }

    /// Reads what still comes, so that the answer is not lost to a reset.
    Awaitable<void> drain() {
        ErrorCode error;
        stream_.lowest_layer().shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
        deadline_.start(kDrainMax);
        piece_.resize(kPieceBytes);
        while (!error && !deadline_.has_passed()) {
            const auto space = boost::asio::buffer(piece_);
            co_await stream_.async_read_some(space, boost::asio::redirect_error(kAwait, error));
        }
        deadline_.stop();
    }

    friend class EventWriter<Session>;

    Stream& stream_;
    const Serving& serving_;
    Peer peer_;
    std::shared_ptr<SessionHandle> handle_;
    Deadline deadline_;
    boost::beast::flat_buffer buffer_{kBufferBytes};
    std::vector<char> piece_;
    std::size_t piece_size_ = 0;
};

}  // namespace duban::http::internal
