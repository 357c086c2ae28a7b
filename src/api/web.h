// The web application, when it was built into the program: one page for every address below `/app`,
// and what the page loads. Without it `/` answers the plain page (page.h).

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/router.h"

namespace duban::api {

/// A file of the application; its bytes live as long as the program. `index.html` is the page,
/// `assets/…` carry their digest in their name, and `x.gz` is `x` compressed.
struct WebFile {
    std::string_view path;
    std::string_view bytes;
};

/// `/`, `/app`, `/app/…`, `/assets/…` and the other files by their name. A Bug without index.html.
void add_web_routes(http::Router& router, std::span<const WebFile> files);

/// Whether an Accept-Encoding field takes gzip (RFC 9110, 12.5.3).
[[nodiscard]] bool takes_gzip(std::string_view accepted);

}  // namespace duban::api
