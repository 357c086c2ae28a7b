// One line of JSON for each answered request.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "core/clock.h"

namespace duban::http {

struct AccessRecord {
    core::Instant at;
    std::string request_id;
    std::string client_address;
    std::string method;
    std::string path;   ///< without the query: what people search for is not logged
    std::string route;  ///< the pattern; empty when none matched
    int status = 0;
    std::uint64_t bytes = 0;  ///< of the answer's body
    std::chrono::microseconds took{0};
    std::string failure;  ///< what was thrown, when the answer is a bare 500
};

/// Called from several threads.
using AccessSink = std::function<void(const AccessRecord&)>;

/// {"time":"…","request":"…","client":"…","method":"GET","path":"…","route":"…","status":200,
/// "bytes":17,"ms":1.25} and "failure" when there was one; without a line break.
[[nodiscard]] std::string access_line(const AccessRecord& record);

/// "2026-11-24T03:04:05.678Z"
[[nodiscard]] std::string instant_text(core::Instant at);
/// "Tue, 24 Nov 2026 03:04:05 GMT" (RFC 9110, 5.6.7)
[[nodiscard]] std::string http_date(core::Instant at);

}  // namespace duban::http
