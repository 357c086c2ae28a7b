// A request as a handler sees it, and the answer it gives. No library shows through.
//
//     Response show(const Request& request, const PathParams& path) {
//         return http::json_response(200, core::Json{{"id", path.at("id")}});
//     }

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "http/target.h"

namespace duban::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

/// "GET"
[[nodiscard]] std::string_view method_name(Method method);
/// nullopt for a method this server does not know.
[[nodiscard]] std::optional<Method> parse_method(std::string_view name);
/// Whether the method only reads (RFC 9110, 9.2.1).
[[nodiscard]] bool is_safe(Method method);

/// Compares ASCII letters without their case, as names of header fields are compared.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Header fields in their order; names are found in any case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    /// The first field of this name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
    /// All fields of this name, joined by ", " (RFC 9110, 5.3); empty when there is none.
    [[nodiscard]] std::string joined(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;

    /// Replaces what stands under this name. A Bug when name or value hold a line break.
    void set(std::string_view name, std::string_view value);
    /// Adds one more, for Set-Cookie.
    void add(std::string_view name, std::string_view value);

    [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

private:
    std::vector<Field> fields_;
};

struct Request {
    Method method = Method::Get;
    std::string path;  ///< as it was sent, without the query
    Query query;
    Headers headers;
    std::string body;
    std::string client_address;  ///< of the client itself, when a trusted proxy stands between
    bool is_tls = false;         ///< also when the trusted proxy says so
    std::string request_id;

    /// The cookie of this name; nullopt when it is absent or stands there twice.
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

/// A file to send instead of a body; a single byte range is honoured.
struct FileBody {
    std::filesystem::path path;
    std::uint64_t size = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string content_type;  ///< empty: no Content-Type
    std::string body;
    std::optional<FileBody> file;  ///< when set, `body` is not sent
};

[[nodiscard]] Response json_response(int status, const core::Json& body);
[[nodiscard]] Response text_response(
    int status, std::string body, std::string_view content_type = "text/plain; charset=utf-8"
);
/// 204
[[nodiscard]] Response empty_response();

/// The body as JSON. Throws Problem{Invalid, "request.content_type"} when Content-Type is not
/// application/json, and what core::parse_json throws.
[[nodiscard]] core::Json json_body(const Request& request);

/// A cookie that this server sets. Always HttpOnly, SameSite=Lax and for the whole host.
struct Cookie {
    std::string name;
    std::string value;
    bool is_secure = true;
    std::optional<std::int64_t> max_age_seconds;  ///< absent: until the browser ends; 0: delete
};

/// The value of a Set-Cookie field. A Bug when name or value do not fit RFC 6265, 4.1.1.
[[nodiscard]] std::string set_cookie_value(const Cookie& cookie);

/// Where a request came from, by what the browser itself says (Origin, Sec-Fetch-Site).
enum class RequestOrigin { Same, Other, Unsaid };

/// `Unsaid` is no browser, or a browser's plain navigation.
[[nodiscard]] RequestOrigin request_origin(const Request& request);

}  // namespace duban::http
