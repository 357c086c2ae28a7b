// Adds the endpoints of one section of docs/formats/api.md to the router.
//
//     const Routing route{router, services};
//     route(Method::Get, "/api/v1/desk", show_desk);

#pragma once

#include <string_view>
#include <utility>

#include "api/services.h"
#include "http/router.h"

namespace duban::api {

class Routing {
public:
    using Endpoint =
        http::Response (*)(const Services&, const http::Request&, const http::PathParams&);

    /// Both outlive what is added.
    Routing(http::Router& router, const Services& services)
        : router_{router}, services_{services} {}

    void operator()(
        http::Method method, std::string_view pattern, Endpoint endpoint, http::BodyLimit limit = {}
    ) const {
        router_.add(method, pattern, handler(endpoint), std::move(limit));
    }

    /// A reading that may be answered on the socket's own thread (http/router.h).
    void brief(std::string_view pattern, Endpoint endpoint) const {
        router_.add_brief(pattern, handler(endpoint));
    }

private:
    [[nodiscard]] http::Handler handler(Endpoint endpoint) const {
        return [&services = services_, endpoint](
                   const http::Request& request, const http::PathParams& path
               ) { return endpoint(services, request, path); };
    }

    http::Router& router_;
    const Services& services_;
};

}  // namespace duban::api
