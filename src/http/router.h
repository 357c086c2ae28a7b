// Which handler answers which path.
//
//     router.add(Method::Get, "/api/v1/registers/{register}/entries/{id}",
//                [&](const Request& request, const PathParams& path) {
//                    return show(request, path.at("register"), path.at("id")); });
//     router.add(Method::Get, "/{rest...}", page);
//
// A literal segment goes before a parameter, a parameter before `{rest...}`, which takes all that
// is left (also nothing). GET answers HEAD too; OPTIONS is answered by the server. Handlers run on
// worker threads, several at once, and may block; a brief one may run on the socket's own thread.
// Complete before the server starts, then only read.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/events.h"
#include "http/message.h"

namespace duban::http {

/// How much a body may hold, and the code of the refusal (413).
struct BodyLimit {
    std::uint64_t bytes_max = 1024UL * 1024;
    std::string code = "request.too_large";
};

/// The parameters that the path gave, decoded.
class PathParams {
public:
    /// A Bug when the pattern names no such parameter.
    [[nodiscard]] const std::string& at(std::string_view name) const;
    void add(std::string_view name, std::string_view value) { values_.emplace_back(name, value); }

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

/// Answers one request, or throws.
using Handler = std::function<Response(const Request&, const PathParams&)>;

/// Takes a body piece by piece, on worker threads, one call at a time. Destroyed without finish()
/// when the client broke off or a limit was passed: then nothing may be left of it.
class BodySink {
public:
    BodySink() = default;
    BodySink(const BodySink&) = delete;
    BodySink& operator=(const BodySink&) = delete;
    virtual ~BodySink() = default;

    virtual void write(std::string_view piece) = 0;
    /// The whole body has come.
    [[nodiscard]] virtual Response finish() = 0;
};

/// Decides about an upload by its head, before any of the body is read; may throw.
using OpenSink = std::function<std::unique_ptr<BodySink>(const Request&, const PathParams&)>;

/// Decides about a subscription; may throw.
using OpenFeed = std::function<EventFeed(const Request&, const PathParams&)>;

struct Upload {
    OpenSink open;
};
struct Subscription {
    EventHub* hub;  ///< outlives the router
    OpenFeed open;
};

struct Route {
    Method method;
    std::string pattern;
    std::variant<Handler, Upload, Subscription> action;
    BodyLimit limit;
    bool is_brief = false;  ///< see ServerOptions::answers_briefly
    /// The parameters of the query that its handler may look for; absent: any.
    std::optional<std::vector<std::string>> query = {};
};

/// What a path leads to.
struct RouteMatch {
    const Route* route = nullptr;  ///< nullptr: no such path, or not by this method
    PathParams params;
    std::vector<Method> allowed;  ///< the methods of this path; empty: no such path
};

class Router {
public:
    Router();
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    /// A Bug when the pattern is malformed or already taken for this method.
    void add(Method method, std::string_view pattern, Handler handler, BodyLimit limit = {});
    /// A GET that a few point reads answer.
    void add_brief(std::string_view pattern, Handler handler);
    void add_upload(Method method, std::string_view pattern, OpenSink open, BodyLimit limit);
    void add_events(std::string_view pattern, EventHub& hub, OpenFeed open);

    /// What the handler of a route reads of the query; to look for another name is then a Bug.
    /// A Bug when there is no such route.
    void declare_query(Method method, std::string_view pattern, std::vector<std::string> names);

    /// `segments` as split_path() gives them.
    [[nodiscard]] RouteMatch match(Method method, const std::vector<std::string>& segments) const;

    [[nodiscard]] std::vector<const Route*> routes() const;

private:
    struct Node;
    void place(Route route);
    /// Every node, in no order.
    [[nodiscard]] std::vector<const Node*> nodes() const;
    std::unique_ptr<Node> root_;
};

}  // namespace duban::http
