#include <charconv>

#include "api/asking.h"
#include "api/routes.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

core::OrgId org_of(const PathParams& path) {
    const std::string& text = path.at("org");
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
        throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
    }
    return {value};
}

/// C2SP tlog-tiles: the newest signed tree head; made at once when the head has grown.
Response show_checkpoint(const Services& services, const Request&, const PathParams& path) {
    const core::OrgId org = org_of(path);
    static_cast<void>(services.registers.profile(org));  // an unknown org is refused
    Response response = http::text_response(
        200, services.checkpoints.sign(services.store, org, services.clock.now())
    );
    response.headers.set("Cache-Control", "no-cache");
    return response;
}

Response show_key(const Services& services, const Request&, const PathParams& path) {
    static_cast<void>(services.registers.profile(org_of(path)));
    return http::text_response(200, services.checkpoints.verifier_key() + "\n");
}

}  // namespace

void add_log_routes(http::Router& router, const Services& services) {
    const auto route = [&](std::string_view pattern, auto handler) {
        router.add(
            http::Method::Get,
            pattern,
            [&services, handler](const Request& request, const PathParams& path) {
                return handler(services, request, path);
            }
        );
    };
    route("/log/{org}/checkpoint", show_checkpoint);
    route("/log/{org}/key", show_key);
}

}  // namespace duban::api
