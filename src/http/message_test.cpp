#include "http/message.h"

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::http {
namespace {

TEST(Headers, AreFoundInAnyCaseAndReplacedAsOne) {
    Headers headers;
    headers.add("Set-Cookie", "a");
    headers.add("set-cookie", "b");
    EXPECT_EQ(headers.find("SET-COOKIE"), "a");
    EXPECT_EQ(headers.count("Set-Cookie"), 2U);
    EXPECT_EQ(headers.joined("Set-Cookie"), "a, b");
    headers.set("Set-Cookie", "c");
    EXPECT_EQ(headers.joined("Set-Cookie"), "c");
    EXPECT_FALSE(headers.contains("Cookie"));
}

TEST(Method, NamesComeBackAndOthersAreNone) {
    for (const Method method :
         {Method::Get,
          Method::Head,
          Method::Post,
          Method::Put,
          Method::Patch,
          Method::Delete,
          Method::Options}) {
        EXPECT_EQ(parse_method(method_name(method)), method);
    }
    EXPECT_EQ(parse_method("get"), std::nullopt);
    EXPECT_EQ(parse_method("TRACE"), std::nullopt);
    EXPECT_TRUE(is_safe(Method::Head));
    EXPECT_FALSE(is_safe(Method::Delete));
}

TEST(JsonBody, AsksForItsType) {
    Request request;
    request.body = R"({"a":1})";
    EXPECT_THROW((void)json_body(request), core::Problem);
    request.headers.set("Content-Type", "application/JSON ; charset=utf-8");
    EXPECT_EQ(json_body(request).at("a").as_int64(), 1);
    request.body = "{";
    EXPECT_THROW((void)json_body(request), core::Problem);
}

TEST(Cookie, IsHttpOnlyAndLax) {
    EXPECT_EQ(
        set_cookie_value({"__Host-duban", "x", true, 60}),
        "__Host-duban=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"
    );
    EXPECT_EQ(
        set_cookie_value({"duban", "", false, std::nullopt}),
        "duban=; Path=/; HttpOnly; SameSite=Lax"
    );
}

TEST(Cookie, ComesFromEveryCookieField) {
    Request request;
    request.headers.add("Cookie", "a=1");
    request.headers.add("Cookie", "b=2");
    EXPECT_EQ(request.cookie("b"), "2");
    request.headers.add("Cookie", "a=3");
    EXPECT_EQ(request.cookie("a"), std::nullopt);
}

TEST(RequestOrigin, IsReadFromWhatTheBrowserSays) {
    const auto origin_of = [](std::initializer_list<Headers::Field> fields) {
        Request request;
        request.headers.set("Host", "house.example:8443");
        for (const auto& [name, value] : fields) {
            request.headers.set(name, value);
        }
        return request_origin(request);
    };
    using enum RequestOrigin;
    EXPECT_EQ(origin_of({}), Unsaid);
    EXPECT_EQ(origin_of({{"Sec-Fetch-Site", "none"}}), Unsaid);
    EXPECT_EQ(origin_of({{"Sec-Fetch-Site", "same-origin"}}), Same);
    EXPECT_EQ(origin_of({{"Sec-Fetch-Site", "same-site"}}), Other);
    EXPECT_EQ(origin_of({{"Origin", "https://House.example:8443"}}), Same);
    EXPECT_EQ(origin_of({{"Origin", "https://house.example"}}), Other);
    EXPECT_EQ(origin_of({{"Origin", "https://house.example:8443.evil.example"}}), Other);
    EXPECT_EQ(origin_of({{"Origin", "null"}}), Other);
}

TEST(Response, HasItsForms) {
    EXPECT_EQ(json_response(201, {{"a", 1}}).body, R"({"a":1})");
    EXPECT_EQ(empty_response().status, 204);
}

}  // namespace
}  // namespace duban::http
