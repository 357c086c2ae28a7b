// What each endpoint takes and answers, for who writes a client: one row a route, from which
// /api/v1/openapi.json is made. What a row says cannot drift from the handler: the server hands a
// handler only the parameters of its row (http/router.h), and the scenarios hold every request and
// answer to it.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/shapes.h"
#include "http/message.h"

namespace duban::api {

/// Of a query.
struct Parameter {
    std::string_view name;
    std::string_view shape;
    std::string_view about;
    enum class Times { Once, Many } times = Times::Once;
};

/// A body that is asked for; none where `shape` and `media` are empty.
struct Body {
    std::string_view shape = {};
    std::string_view media = "application/json";
    enum class Need { Required, Optional } need = Need::Required;
};

struct Answer {
    int status = 200;
    std::string_view shape = {};  ///< empty: no content, or bytes of `media`
    std::string_view media = "application/json";
};

/// Who gets an answer at all.
enum class Open { ToWhoIsSignedIn, ToAll };

struct Outlet {
    http::Method method = http::Method::Get;
    std::string_view pattern;
    std::string_view id;  ///< operationId
    std::string_view tag;
    std::string_view summary;
    std::vector<Parameter> query = {};
    /// Beside `query`, any other parameter is a filter; what they are depends on the declaration.
    std::string_view filters = {};
    std::vector<std::string_view> headers = {};  ///< of the request, by the names of the page
    std::optional<Body> body = {};
    std::vector<Answer> answers = {};
    std::vector<std::string_view> says = {};  ///< headers of the answer
    Open open = Open::ToWhoIsSignedIn;
};

/// In the order of docs/formats/api.md.
[[nodiscard]] const std::vector<Outlet>& outlets();
[[nodiscard]] const Outlet* find_outlet(http::Method method, std::string_view pattern);

}  // namespace duban::api
