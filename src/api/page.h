// The plain page at `/`: sign-in, the ledgers, an entry. Without script; every word comes from
// locales/<tag>/pages.yaml or from the declarations, and every value is escaped.

#pragma once

#include <string>
#include <string_view>

#include "api/services.h"
#include "http/router.h"

namespace duban::api {

/// `<`, `>`, `&` and quotes as entities.
[[nodiscard]] std::string escaped(std::string_view text);

/// `/`, `/ledger/{register}`, `/ledger/{register}/{id}`, `/sign-in` and `/sign-out`.
void add_page_routes(http::Router& router, const Services& services);

}  // namespace duban::api
