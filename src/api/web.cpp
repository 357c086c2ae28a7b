#include "api/web.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <utility>

#include "core/check.h"
#include "core/problem.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

constexpr std::string_view kPage = "index.html";
constexpr std::string_view kAssets = "assets/";
constexpr std::string_view kPacked = ".gz";
// The name of an asset changes with its content; the page that names it is always asked for.
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
constexpr std::string_view kAnHour = "public, max-age=3600";
constexpr std::string_view kNever = "no-store";

std::string_view type_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypes{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
    }};
    for (const auto& [ending, type] : kTypes) {
        if (path.ends_with(ending)) {
            return type;
        }
    }
    return "application/octet-stream";
}

struct Held {
    std::string_view bytes;
    std::string_view packed;  ///< empty: not compressed
};

/// The files by their path, a compressed one with what it was made of.
using Holding = std::map<std::string, Held, std::less<>>;

Holding hold(std::span<const WebFile> files) {
    Holding out;
    for (const WebFile& file : files) {
        if (file.path.ends_with(kPacked)) {
            out[std::string{file.path.substr(0, file.path.size() - kPacked.size())}].packed =
                file.bytes;
        } else {
            out[std::string{file.path}].bytes = file.bytes;
        }
    }
    return out;
}

Response answer(
    const Holding& held, std::string_view path, std::string_view keep, const Request& request
) {
    const auto found = held.find(path);
    if (found == held.end() || found->second.bytes.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
    }
    const bool packs =
        !found->second.packed.empty() && takes_gzip(request.headers.joined("Accept-Encoding"));
    Response response = http::text_response(
        200, std::string{packs ? found->second.packed : found->second.bytes}, type_of(path)
    );
    if (packs) {
        response.headers.set("Content-Encoding", "gzip");
    }
    response.headers.set("Vary", "Accept-Encoding");
    response.headers.set("Cache-Control", keep);
    return response;
}

}  // namespace

bool takes_gzip(std::string_view accepted) {
    const auto trimmed = [](std::string_view text) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        return text.substr(0, text.find_last_not_of(" \t") + 1);
    };
    while (!accepted.empty()) {
        const std::size_t comma = std::min(accepted.find(','), accepted.size());
        const std::string_view item = accepted.substr(0, comma);
        accepted.remove_prefix(std::min(comma + 1, accepted.size()));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        const std::string_view coding = trimmed(item.substr(0, semicolon));
        if (http::equal_ignoring_case(coding, "gzip") || coding == "*") {
            const std::string_view weight = trimmed(item.substr(semicolon));
            // ";q=0", ";q=0.0": not acceptable.
            return weight.find("q=0") == std::string_view::npos ||
                   weight.find_first_of("123456789") != std::string_view::npos;
        }
    }
    return false;
}

void add_web_routes(http::Router& router, std::span<const WebFile> files) {
    const auto held = std::make_shared<const Holding>(hold(files));
    core::check(held->contains(kPage), "a web application has a page");
    const auto route = [&](std::string_view pattern, std::string path, std::string_view keep) {
        router.add(
            http::Method::Get,
            pattern,
            [held, path = std::move(path), keep](const Request& request, const PathParams&) {
                return answer(*held, path, keep, request);
            }
        );
    };
    for (const std::string_view pattern : {"/", "/app/{rest...}"}) {
        route(pattern, std::string{kPage}, kNever);
    }
    for (const auto& [path, file] : *held) {
        if (path != kPage && !path.starts_with(kAssets)) {
            route("/" + path, path, kAnHour);
        }
    }
    router.add(
        http::Method::Get,
        "/assets/{file}",
        [held](const Request& request, const PathParams& path) {
            return answer(*held, std::string{kAssets} + path.at("file"), kForEver, request);
        }
    );
}

}  // namespace duban::api
