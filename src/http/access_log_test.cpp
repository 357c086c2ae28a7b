#include "http/access_log.h"

#include <gtest/gtest.h>

#include "core/json.h"

namespace duban::http {
namespace {

TEST(AccessLog, IsOneLineOfJson) {
    const std::string line = access_line(
        {.at = core::from_ms(1'795'489'445'678),
         .request_id = "r",
         .client_address = "::1",
         .method = "GET",
         .path = "/a\n\xFF",
         .route = "/{x}",
         .status = 500,
         .bytes = 12,
         .took = std::chrono::microseconds{1250},
         .failure = "two\nlines"}
    );
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const core::Json json = core::parse_json(line);
    EXPECT_EQ(json.at("time").as_string(), "2026-11-24T03:04:05.678Z");
    EXPECT_EQ(json.at("path").as_string(), "/a%0A%FF");
    EXPECT_EQ(json.at("ms").as_double(), 1.25);
    EXPECT_EQ(json.at("failure").as_string(), "two\nlines");
}

TEST(HttpDate, AgreesWithRfc9110) {
    EXPECT_EQ(http_date(core::from_ms(784'111'777'000)), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(instant_text(core::from_ms(0)), "1970-01-01T00:00:00.000Z");
}

}  // namespace
}  // namespace duban::http
