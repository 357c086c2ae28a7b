#include "api/web.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "http/target.h"

namespace duban::api {

namespace {

constexpr std::array<WebFile, 4> kFiles{{
    {"index.html", "<!doctype html>"},
    {"assets/page-1a2b.js", "export {}"},
    {"assets/page-1a2b.js.gz", "packed"},
    {"icon.svg", "<svg/>"},
}};

class Web : public testing::Test {
protected:
    Web() { add_web_routes(router_, kFiles); }

    [[nodiscard]] http::Response get(const std::string& path, std::string_view accepts = "") const {
        http::Request request;
        request.path = path;
        if (!accepts.empty()) {
            request.headers.set("Accept-Encoding", accepts);
        }
        const auto match = router_.match(http::Method::Get, *http::split_path(path));
        if (match.route == nullptr) {
            throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
        }
        return std::get<http::Handler>(match.route->action)(request, match.params);
    }

private:
    http::Router router_;
};

TEST_F(Web, EveryAddressOfTheApplicationAnswersThePageAndNobodyKeepsIt) {
    for (const char* path : {"/", "/app", "/app/", "/app/ledger/measure/0193"}) {
        SCOPED_TRACE(path);
        const http::Response page = get(path);
        EXPECT_EQ(page.body, "<!doctype html>");
        EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
        EXPECT_EQ(page.headers.find("Cache-Control"), "no-store");
    }
}

TEST_F(Web, AssetsAreKeptForEverAndComeCompressedToWhoTakesIt) {
    const http::Response plain = get("/assets/page-1a2b.js");
    EXPECT_EQ(plain.body, "export {}");
    EXPECT_EQ(plain.content_type, "text/javascript; charset=utf-8");
    EXPECT_THAT(std::string{*plain.headers.find("Cache-Control")}, testing::HasSubstr("immutable"));
    EXPECT_FALSE(plain.headers.contains("Content-Encoding"));

    const http::Response packed = get("/assets/page-1a2b.js", "br, gzip;q=0.8");
    EXPECT_EQ(packed.body, "packed");
    EXPECT_EQ(packed.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.headers.find("Vary"), "Accept-Encoding");
    EXPECT_EQ(get("/icon.svg", "gzip").body, "<svg/>") << "there is no compressed one";
}

TEST_F(Web, WhatIsNotThereIsNotFoundAndNoPage) {
    for (const char* path : {"/assets/other.js", "/assets/page-1a2b.js.gz", "/api/v1/nothing"}) {
        SCOPED_TRACE(path);
        EXPECT_THROW(static_cast<void>(get(path)), core::Problem);
    }
}

TEST(Gzip, IsTakenWhenNamedUnlessRefused) {
    for (const char* field : {"gzip", "deflate, GZIP", "*", "gzip;q=0.5", " gzip ; q=1"}) {
        EXPECT_TRUE(takes_gzip(field)) << field;
    }
    for (const char* field : {"", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"}) {
        EXPECT_FALSE(takes_gzip(field)) << field;
    }
}

}  // namespace

}  // namespace duban::api
