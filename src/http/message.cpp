#include "http/message.h"

#include <algorithm>
#include <array>

#include "core/check.h"
#include "core/problem.h"

namespace duban::http {

namespace {

struct NamedMethod {
    Method method;
    std::string_view name;
};
constexpr std::array<NamedMethod, 7> kMethods{{
    {Method::Get, "GET"},
    {Method::Head, "HEAD"},
    {Method::Post, "POST"},
    {Method::Put, "PUT"},
    {Method::Patch, "PATCH"},
    {Method::Delete, "DELETE"},
    {Method::Options, "OPTIONS"},
}};

bool is_one_line(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos;
}

/// RFC 6265, 4.1.1: cookie-octet, and enough for a name.
bool is_cookie_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
    });
}

/// "https://host:port" → "host:port"; empty for "null" and the like.
std::string_view authority_of(std::string_view origin) {
    const std::size_t separator = origin.find("://");
    return separator == std::string_view::npos ? "" : origin.substr(separator + 3);
}

}  // namespace

std::string_view method_name(Method method) {
    return std::ranges::find(kMethods, method, &NamedMethod::method)->name;
}

std::optional<Method> parse_method(std::string_view name) {
    const auto* const found = std::ranges::find(kMethods, name, &NamedMethod::name);
    return found == kMethods.end() ? std::nullopt : std::optional{found->method};
}

bool is_safe(Method method) {
    return method == Method::Get || method == Method::Head || method == Method::Options;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const Field& field : fields_) {
        if (equal_ignoring_case(field.first, name)) {
            return field.second;
        }
    }
    return std::nullopt;
}

std::string Headers::joined(std::string_view name) const {
    std::string out;
    for (const Field& field : fields_) {
        if (equal_ignoring_case(field.first, name)) {
            out.append(out.empty() ? "" : ", ").append(field.second);
        }
    }
    return out;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(fields_, [name](const Field& field) {
        return equal_ignoring_case(field.first, name);
    }));
}

void Headers::set(std::string_view name, std::string_view value) {
    std::erase_if(fields_, [name](const Field& field) {
        return equal_ignoring_case(field.first, name);
    });
    add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
    core::check(!name.empty() && is_one_line(name), "a header name is one word");
    core::check(is_one_line(value), "a header value is one line");
    fields_.emplace_back(name, value);
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    std::string field;
    for (const Headers::Field& one : headers.fields()) {
        if (equal_ignoring_case(one.first, "Cookie")) {
            field.append(field.empty() ? "" : "; ").append(one.second);
        }
    }
    return find_cookie(field, name);
}

Response json_response(int status, const core::Json& body) {
    return text_response(status, core::json_text(body), "application/json");
}

Response text_response(int status, std::string body, std::string_view content_type) {
    Response response;
    response.status = status;
    response.content_type = content_type;
    response.body = std::move(body);
    return response;
}

Response empty_response() {
    Response response;
    response.status = 204;
    return response;
}

core::Json json_body(const Request& request) {
    const std::string_view type = request.headers.find("Content-Type").value_or("");
    std::string_view media = type.substr(0, type.find(';'));
    media = media.substr(0, media.find_last_not_of(" \t") + 1);
    if (!equal_ignoring_case(media, "application/json")) {
        throw core::Problem{
            core::ProblemKind::Invalid, "request.content_type", {{"expected", "application/json"}}
        };
    }
    return core::parse_json(request.body);
}

std::string set_cookie_value(const Cookie& cookie) {
    const bool fits = !cookie.name.empty() && is_cookie_text(cookie.name) &&
                      cookie.name.find('=') == std::string::npos && is_cookie_text(cookie.value);
    core::check(fits, "a cookie has a name and a value of cookie characters");
    std::string out = cookie.name + '=' + cookie.value + "; Path=/; HttpOnly; SameSite=Lax";
    if (cookie.is_secure) {
        out += "; Secure";
    }
    if (cookie.max_age_seconds) {
        out += "; Max-Age=" + std::to_string(*cookie.max_age_seconds);
    }
    return out;
}

RequestOrigin request_origin(const Request& request) {
    if (const auto site = request.headers.find("Sec-Fetch-Site"); site && *site != "none") {
        return *site == "same-origin" ? RequestOrigin::Same : RequestOrigin::Other;
    }
    const auto origin = request.headers.find("Origin");
    if (!origin) {
        return RequestOrigin::Unsaid;
    }
    const std::string_view authority = authority_of(*origin);
    const bool is_same = !authority.empty() &&
                         equal_ignoring_case(authority, request.headers.find("Host").value_or(""));
    return is_same ? RequestOrigin::Same : RequestOrigin::Other;
}

}  // namespace duban::http
