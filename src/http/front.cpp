#include "http/internal/front.h"

#include <algorithm>
#include <array>

#include "core/id.h"

namespace duban::http::internal {

namespace {

constexpr std::size_t kHeaderFieldsMax = 100;

/// What every answer carries unless the handler says otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kDefaultFields{{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};
constexpr std::string_view kStrictTransport = "max-age=31536000";

/// Durations of a request, in seconds.
const std::vector<double>& duration_bounds() {
    static const std::vector<double> bounds{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0};
    return bounds;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 416: return "Range Not Satisfiable";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        default: return "-";  // RFC 9112, 4: for people only
    }
}

bool has_no_content(int status) {
    return status == 204 || status == 304;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A host, perhaps with a port: no space, no user, no path.
bool is_authority(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > 0x20 && c < 0x7F &&
               std::string_view{"/\\@?#,\"<>"}.find(c) == std::string_view::npos;
    });
}

/// The faults of a head that a strict reader refuses (RFC 9112, 3.2, 6.1, 6.3): another program
/// on the way might read the message otherwise.
bool is_ambiguous(const Head& head) {
    const std::size_t hosts = head.headers.count("Host");
    const bool has_host = hosts == 1 && is_authority(*head.headers.find("Host"));
    if (!has_host && (hosts > 0 || head.version == 11)) {
        return true;
    }
    const auto length = head.headers.find("Content-Length");
    if (head.headers.contains("Transfer-Encoding")) {
        const std::string encoding = head.headers.joined("Transfer-Encoding");
        return length || head.version == 10 || !equal_ignoring_case(encoding, "chunked");
    }
    return length && (head.headers.count("Content-Length") > 1 || !is_number(*length));
}

std::string join_methods(const std::vector<Method>& methods) {
    std::string out;
    for (const Method method : methods) {
        out.append(out.empty() ? "" : ", ").append(method_name(method));
    }
    return out;
}

/// The items of a comma-separated field, the last first.
std::vector<std::string> items_from_last(std::string_view field) {
    std::vector<std::string> items;
    while (!field.empty()) {
        const std::size_t comma = field.rfind(',');
        std::string_view item = comma == std::string_view::npos ? field : field.substr(comma + 1);
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        items.emplace_back(item.substr(0, item.find_last_not_of(" \t") + 1));
        field = comma == std::string_view::npos ? "" : field.substr(0, comma);
    }
    return items;
}

}  // namespace

Front::Front(const Router& router, const ServerOptions& options, const ServerServices& services)
    : router_{router}, options_{options}, services_{services} {
    for (const Route* const route : router_.routes()) {
        meters_.emplace(route, make_meters(route->pattern, method_name(route->method)));
    }
    unrouted_ = make_meters("", "");
    const auto gauge = [this](std::string_view name, std::string_view help, auto member) {
        services_.metrics.gauge(name, help, [load = load_, member] {
            return static_cast<double>(((*load).*member).load());
        });
    };
    gauge("duban_http_connections", "Open connections", &Load::connections);
    gauge("duban_http_event_streams", "Open event streams", &Load::streams);
}

Front::Meters Front::make_meters(const std::string& route, std::string_view method) const {
    Meters meters;
    for (int status_class = 1; status_class <= 5; ++status_class) {
        meters.by_class[status_class] = &services_.metrics.counter(
            "duban_http_requests_total",
            "Answered requests",
            {{"route", route},
             {"method", std::string{method}},
             {"status", std::to_string(status_class) + "xx"}}
        );
    }
    meters.seconds = &services_.metrics.histogram(
        "duban_http_request_seconds",
        "From the first byte of a request to the last of its answer",
        duration_bounds(),
        {{"route", route}, {"method", std::string{method}}}
    );
    return meters;
}

std::string Front::language_of(const Request& request) const {
    if (services_.language_of) {
        // The answer to a failure is not to fail for want of a language.
        try {
            return services_.language_of(request);
        } catch (const std::exception&) {
        }
    }
    return choose_language(
        request.headers.joined("Accept-Language"), services_.sentences.languages()
    );
}

/// The client is the last address that no trusted proxy bears; only a trusted proxy is believed.
void Front::read_peer(Request& request, const Peer& peer) const {
    request.client_address = peer.address;
    request.is_tls = peer.is_tls;
    const auto is_trusted = [this](const std::string& address) {
        return std::ranges::find(options_.trusted_proxies, address) !=
               options_.trusted_proxies.end();
    };
    if (!is_trusted(peer.address)) {
        return;
    }
    for (const std::string& address : items_from_last(request.headers.joined("X-Forwarded-For"))) {
        request.client_address = address;
        if (!is_trusted(address)) {
            break;
        }
    }
    const auto protocols = items_from_last(request.headers.joined("X-Forwarded-Proto"));
    request.is_tls = !protocols.empty() && equal_ignoring_case(protocols.front(), "https");
}

Exchange Front::begin_unreadable(const Peer& peer) const {
    Exchange exchange;
    exchange.began = std::chrono::steady_clock::now();
    exchange.request.request_id = core::make_id(services_.clock.now(), services_.random).text();
    exchange.request.client_address = peer.address;
    exchange.request.is_tls = peer.is_tls;
    return exchange;
}

Exchange Front::begin(Head head, const Peer& peer) const {
    Exchange exchange = begin_unreadable(peer);
    exchange.method = head.method;
    exchange.request.headers = std::move(head.headers);
    read_peer(exchange.request, peer);
    head.headers = exchange.request.headers;
    if (is_ambiguous(head)) {
        exchange.is_last = true;
        exchange.answer =
            refuse(exchange, core::Problem{core::ProblemKind::Invalid, "request.malformed"});
    } else if (head.headers.fields().size() > kHeaderFieldsMax) {
        exchange.answer = refuse(
            exchange,
            core::Problem{
                core::ProblemKind::TooLarge,
                "request.headers_too_large",
                {{"bytes_max", std::to_string(options_.header_bytes_max)}}
            },
            431
        );
    } else {
        route(exchange, head);
    }
    return exchange;
}

void Front::route(Exchange& exchange, const Head& head) const {
    const auto refused = [&](core::ProblemKind kind, const char* code, core::Params params = {}) {
        return core::Problem{kind, code, std::move(params)};
    };
    const auto method = parse_method(head.method);
    if (!method) {
        exchange.answer = refuse(
            exchange,
            refused(
                core::ProblemKind::Invalid, "request.method_unknown", {{"method", head.method}}
            ),
            501
        );
        return;
    }
    exchange.request.method = *method;
    auto target = parse_target(head.target);
    const auto segments = target ? split_path(target->path) : std::nullopt;
    if (!segments) {
        exchange.answer =
            refuse(exchange, refused(core::ProblemKind::Invalid, "request.target_malformed"));
        return;
    }
    exchange.request.path = std::move(target->path);
    exchange.request.query = std::move(target->query);
    if (target->host) {
        exchange.request.headers.set("Host", *target->host);
    }
    exchange.match = router_.match(*method, *segments);
    if (exchange.match.route != nullptr) {
        if (const auto& declared = exchange.match.route->query) {
            exchange.request.query.declare(*declared);
        }
        return;
    }
    if (exchange.match.allowed.empty()) {
        exchange.answer =
            refuse(exchange, refused(core::ProblemKind::NotFound, "request.not_found"));
        return;
    }
    const std::string allowed = join_methods(exchange.match.allowed);
    if (*method == Method::Options) {
        exchange.answer = empty_response();
    } else {
        exchange.answer = refuse(
            exchange,
            refused(
                core::ProblemKind::Invalid,
                "request.method_not_allowed",
                {{"method", head.method}, {"allowed", allowed}}
            ),
            405
        );
    }
    exchange.answer->headers.set("Allow", allowed);
}

Response Front::guarded(Exchange& exchange, const std::function<Response()>& work) const {
    // The one catch between a handler and its answer.
    try {
        return work();
    } catch (const core::Problem& problem) {
        if (problem.kind == core::ProblemKind::Corrupt) {
            exchange.failure = problem.code;
        }
        return refuse(exchange, problem);
    } catch (const std::exception& failure) {
        exchange.failure = failure.what();
    } catch (...) {
        exchange.failure = "something that is no exception was thrown";
    }
    const std::string& id = exchange.request.request_id;
    return failure_response(
        id, {services_.sentences, language_of(exchange.request), "/requests/" + id, std::nullopt}
    );
}

Response Front::refuse(
    const Exchange& exchange, const core::Problem& problem, std::optional<int> status
) const {
    return problem_response(
        problem,
        {services_.sentences,
         language_of(exchange.request),
         "/requests/" + exchange.request.request_id,
         status}
    );
}

std::string Front::date_text() const {
    // Once a second for each thread: the text is the same.
    thread_local std::int64_t second = -1;
    thread_local std::string text;
    const core::Instant now = services_.clock.now();
    if (core::to_ms(now) / 1000 != second) {
        second = core::to_ms(now) / 1000;
        text = http_date(now);
    }
    return text;
}

std::string Front::response_head(
    const Exchange& exchange, Response& response, const Framing& framing
) const {
    Headers& fields = response.headers;
    for (const auto& [name, value] : kDefaultFields) {
        if (!fields.contains(name)) {
            fields.add(name, value);
        }
    }
    if (exchange.request.is_tls && !fields.contains("Strict-Transport-Security")) {
        fields.add("Strict-Transport-Security", kStrictTransport);
    }
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + ' ';
    out.append(reason_phrase(response.status)).append("\r\n");
    const auto line = [&out](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    line("Date", date_text());
    line("Request-Id", exchange.request.request_id);
    if (!framing.keeps_alive) {
        line("Connection", "close");
    }
    if (!has_no_content(response.status)) {
        if (!response.content_type.empty()) {
            line("Content-Type", response.content_type);
        }
        if (framing.length) {
            line("Content-Length", std::to_string(*framing.length));
        } else {
            line("Transfer-Encoding", "chunked");
        }
    }
    for (const auto& [name, value] : fields.fields()) {
        line(name, value);
    }
    return out.append("\r\n");
}

void Front::end(const Exchange& exchange, int status, std::uint64_t bytes) const {
    const auto took = std::chrono::steady_clock::now() - exchange.began;
    const Route* const route = exchange.match.route;
    const Meters& meters = route == nullptr ? unrouted_ : meters_.at(route);
    if (const auto counter = meters.by_class.find(status / 100); counter != meters.by_class.end()) {
        counter->second->add();
    }
    meters.seconds->observe(std::chrono::duration<double>(took).count());
    if (!services_.access_log) {
        return;
    }
    services_.access_log(AccessRecord{
        .at = services_.clock.now(),
        .request_id = exchange.request.request_id,
        .client_address = exchange.request.client_address,
        .method = exchange.method,
        .path = exchange.request.path,
        .route = route == nullptr ? std::string{} : route->pattern,
        .status = status,
        .bytes = bytes,
        .took = std::chrono::duration_cast<std::chrono::microseconds>(took),
        .failure = exchange.failure
    });
}

}  // namespace duban::http::internal
