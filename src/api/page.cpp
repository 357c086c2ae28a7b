#include "api/page.h"

#include <string>
#include <string_view>

#include "api/asking.h"
#include "api/routing.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr std::string_view kDescription = "/api/v1/openapi.json";

/// Every word of the page is ours: nothing of it is data.
Response home(const Services& services, const Request& request, const PathParams&) {
    const std::string language = language_of(services, request);
    const auto say = [&](std::string_view code) {
        return services.sentences.sentence(code, {}, language);
    };
    return http::text_response(
        200,
        "<!doctype html><html lang=\"" + language + "\"><meta charset=\"utf-8\"><title>" +
            say("page_name") + "</title><h1>" + say("page_name") + "</h1><p>" + say("page_no_web") +
            "</p><p>" + std::string{kDescription} + "</p></html>",
        "text/html; charset=utf-8"
    );
}

}  // namespace

void add_page_routes(http::Router& router, const Services& services) {
    Routing{router, services}(http::Method::Get, "/", home);
}

}  // namespace duban::api
