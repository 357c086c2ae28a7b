// The page at `/` of a program that was built without the web application: it says what there is.

#pragma once

#include "api/services.h"
#include "http/router.h"

namespace duban::api {

/// `/`. Without script and style; its words come from locales/<tag>/pages.yaml.
void add_page_routes(http::Router& router, const Services& services);

}  // namespace duban::api
