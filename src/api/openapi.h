// The OpenAPI 3.1 document, generated from the routes and the adopted declarations.

#pragma once

#include "api/services.h"
#include "http/router.h"

namespace duban::api {

[[nodiscard]] core::JsonObject openapi(const http::Router& router, const Services& services);

}  // namespace duban::api
