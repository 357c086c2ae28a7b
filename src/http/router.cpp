#include "http/router.h"

#include <algorithm>
#include <span>

#include "core/check.h"

namespace duban::http {

/// A place in the tree of segments.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::string name;  ///< of the parameter that leads here
    std::vector<std::unique_ptr<Route>> routes;

    using Segments = std::span<const std::string>;

    /// The child that a segment of a pattern names; made when absent.
    Node& child(std::string_view segment) {
        if (!segment.starts_with('{')) {
            auto& slot = literals[std::string{segment}];
            slot = slot ? std::move(slot) : std::make_unique<Node>();
            return *slot;
        }
        core::check(segment.size() > 2 && segment.ends_with('}'), "a parameter is written {name}");
        std::string_view word = segment.substr(1, segment.size() - 2);
        const bool is_rest = word.ends_with("...");
        if (is_rest) {
            word.remove_suffix(3);
        }
        std::unique_ptr<Node>& slot = is_rest ? rest : parameter;
        if (!slot) {
            slot = std::make_unique<Node>();
            slot->name = word;
        }
        core::check(slot->name == word, "a parameter has one name at one place");
        return *slot;
    }

    /// The node that answers `segments`, with the parameters on the way to it.
    const Node* find(Segments segments, PathParams& params) const {
        if (segments.empty() && !routes.empty()) {
            return this;
        }
        if (!segments.empty()) {
            if (const Node* const found = find_below(segments, params)) {
                return found;
            }
        }
        if (!rest) {
            return nullptr;
        }
        std::string joined;
        for (const std::string& segment : segments) {
            joined.append(joined.empty() ? "" : "/").append(segment);
        }
        params.add(rest->name, joined);
        return rest.get();
    }

private:
    const Node* find_below(Segments segments, PathParams& params) const {
        if (const auto literal = literals.find(segments.front()); literal != literals.end()) {
            PathParams tried = params;
            if (const Node* const found = literal->second->find(segments.subspan(1), tried)) {
                params = std::move(tried);
                return found;
            }
        }
        // An empty segment is a slash at the end or two in a row, never a value.
        if (parameter && !segments.front().empty()) {
            PathParams tried = params;
            tried.add(parameter->name, segments.front());
            if (const Node* const found = parameter->find(segments.subspan(1), tried)) {
                params = std::move(tried);
                return found;
            }
        }
        return nullptr;
    }
};

namespace {

const Route* find_route(const std::vector<std::unique_ptr<Route>>& routes, Method method) {
    for (const auto& route : routes) {
        if (route->method == method) {
            return route.get();
        }
    }
    return nullptr;
}

}  // namespace

const std::string& PathParams::at(std::string_view name) const {
    const auto found = std::ranges::find(values_, name, [](const auto& value) -> std::string_view {
        return value.first;
    });
    core::check(found != values_.end(), "a handler asks for a parameter that its pattern names");
    return found->second;
}

Router::Router() : root_{std::make_unique<Node>()} {}
Router::~Router() = default;

void Router::add(Method method, std::string_view pattern, Handler handler, BodyLimit limit) {
    place({method, std::string{pattern}, std::move(handler), std::move(limit)});
}

void Router::add_brief(std::string_view pattern, Handler handler) {
    place({Method::Get, std::string{pattern}, std::move(handler), {}, true});
}

void Router::add_upload(Method method, std::string_view pattern, OpenSink open, BodyLimit limit) {
    place({method, std::string{pattern}, Upload{std::move(open)}, std::move(limit)});
}

void Router::add_events(std::string_view pattern, EventHub& hub, OpenFeed open) {
    place({Method::Get, std::string{pattern}, Subscription{&hub, std::move(open)}, {}});
}

void Router::place(Route route) {
    std::string_view rest = route.pattern;
    core::check(rest.starts_with('/'), "a pattern begins with a slash");
    Node* node = root_.get();
    bool is_last_allowed = true;
    for (rest.remove_prefix(1); !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        core::check(is_last_allowed, "nothing follows a parameter that takes the rest");
        is_last_allowed = !rest.substr(0, end).ends_with("...}");
        node = &node->child(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    core::check(
        find_route(node->routes, route.method) == nullptr, "one handler for a method of a path"
    );
    node->routes.push_back(std::make_unique<Route>(std::move(route)));
}

RouteMatch Router::match(Method method, const std::vector<std::string>& segments) const {
    RouteMatch match;
    const Node* const node = root_->find(segments, match.params);
    if (node == nullptr) {
        return match;
    }
    const Method asked = method == Method::Head ? Method::Get : method;
    match.route = find_route(node->routes, asked);
    for (const auto& route : node->routes) {
        match.allowed.push_back(route->method);
        if (route->method == Method::Get) {
            match.allowed.push_back(Method::Head);
        }
    }
    match.allowed.push_back(Method::Options);
    return match;
}

std::vector<const Router::Node*> Router::nodes() const {
    std::vector<const Node*> out{root_.get()};
    for (std::size_t at = 0; at < out.size(); ++at) {
        const Node& node = *out[at];
        for (const auto& [segment, child] : node.literals) {
            out.push_back(child.get());
        }
        for (const Node* const child : {node.parameter.get(), node.rest.get()}) {
            if (child != nullptr) {
                out.push_back(child);
            }
        }
    }
    return out;
}

std::vector<const Route*> Router::routes() const {
    std::vector<const Route*> out;
    for (const Node* const node : nodes()) {
        for (const auto& route : node->routes) {
            out.push_back(route.get());
        }
    }
    return out;
}

void Router::declare_query(
    Method method, std::string_view pattern, std::vector<std::string> names
) {
    for (const Node* const node : nodes()) {
        for (const auto& route : node->routes) {
            if (route->method == method && route->pattern == pattern) {
                route->query = std::move(names);
                return;
            }
        }
    }
    core::check(false, "what is declared of a query is of a route");
}

}  // namespace duban::http
