// Nobody, a wrong password, the right one, and the one-time password that must be changed.

#include "crypto/encoding.h"
#include "crypto/totp.h"
#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

TEST_F(Scenario, NobodyIsToldToSignIn) {
    for (const char* path :
         {"/api/v1/session",
          "/api/v1/registers",
          "/api/v1/registers/measure",
          "/api/v1/registers/measure/entries",
          "/api/v1/registers/measure/counts",
          "/api/v1/search",
          "/api/v1/directory",
          "/api/v1/events",
          "/api/v1/proposals"}) {
        SCOPED_TRACE(path);
        const Reply reply = world().refuse({}, {.path = path}, 401, "session.none");
        EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer");
    }
    const Call opens{
        .method = Method::Post,
        .path = "/api/v1/registers/measure/entries",
        .body = core::JsonObject{}
    };
    world().refuse({}, opens, 401, "session.none");
    EXPECT_EQ(world().get({}, "/health").status, 200);
}

Call sign_in(const std::string& name, const std::string& password) {
    return {
        .method = Method::Post,
        .path = "/api/v1/sessions",
        .body = core::JsonObject{{"name", name}, {"password", password}}
    };
}

/// The same request with the session's cookie, sent by a page of the house.
Call with_cookie(Call call, const Reply& in) {
    const std::string cookie = in.header("Set-Cookie");
    call.headers.emplace_back("Cookie", cookie.substr(0, cookie.find(';')));
    call.headers.emplace_back("Sec-Fetch-Site", "same-origin");
    return call;
}

TEST_F(Scenario, OneTimePasswordOpensNothingButItsChange) {
    const core::Id person = world().add_person("Lin", {{world().finance, "clerk"}});
    const std::string once = world().add_account(person, "lin");
    world().refuse({}, sign_in("lin", "wrong-password"), 401, "sign_in.refused");
    world().refuse({}, sign_in("nobody.here", once), 401, "sign_in.refused");

    const Reply in = world().send({}, sign_in("lin", once));
    ASSERT_EQ(in.status, 201) << core::json_text(in.body);
    EXPECT_EQ(in.text("person"), person.text());
    EXPECT_EQ(in.body.at("must_change_password"), core::Json(true));
    const std::string cookie = in.header("Set-Cookie");
    for (const char* part : {"__Host-duban=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"}) {
        EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    }

    const Reply barred = world().send({}, with_cookie({.path = "/api/v1/registers"}, in));
    EXPECT_EQ(barred.status, 403);
    EXPECT_EQ(barred.text("code"), "session.password_to_change");

    const auto change = [&](const std::string& password) {
        return with_cookie(
            {.method = Method::Put,
             .path = "/api/v1/account/password",
             .body = core::JsonObject{{"old", once}, {"new", password}}},
            in
        );
    };
    EXPECT_EQ(world().send({}, change("short")).text("code"), "password.too_short");
    EXPECT_EQ(world().send({}, change(once)).text("code"), "password.unchanged");
    const Reply changed = world().send({}, change("a password of one's own"));
    ASSERT_EQ(changed.status, 200) << core::json_text(changed.body);
    EXPECT_EQ(changed.body.at("must_change_password"), core::Json(false));
    EXPECT_EQ(world().send({}, with_cookie({.path = "/api/v1/registers"}, changed)).status, 200);
    EXPECT_EQ(world().send({}, with_cookie({.path = "/api/v1/session"}, in)).status, 401);
    EXPECT_EQ(world().send({}, sign_in("lin", once)).text("code"), "sign_in.refused");
}

TEST_F(Scenario, CookieFromAnotherSiteChangesNothing) {
    const core::Id person = world().add_person("Mei", {{world().finance, "clerk"}});
    const Reply in = world().send({}, sign_in("mei", world().add_account(person, "mei")));
    ASSERT_EQ(in.status, 201);
    Call out = with_cookie({.method = Method::Delete, .path = "/api/v1/session"}, in);
    out.headers.back().second = "cross-site";
    EXPECT_EQ(world().send({}, out).text("code"), "origin.refused");
    out.headers.back().second = "same-origin";
    EXPECT_EQ(world().send({}, out).status, 204);
    EXPECT_EQ(world().send({}, with_cookie({.path = "/api/v1/session"}, in)).status, 401);
}

/// What a session was worth before is worth nothing after it came to allow more.
TEST_F(Scenario, SecondFactorGivesTheSessionANewSecret) {
    const core::Id person = world().add_person("Qiu", {{world().finance, "clerk"}});
    const std::string once = world().add_account(person, "qiu");
    const auto send = [&](const Reply& in, Method method, const char* path, core::JsonObject body) {
        return world().send(
            {}, with_cookie({.method = method, .path = path, .body = std::move(body)}, in)
        );
    };
    const auto status_of = [&](const Reply& in) {
        return world().send({}, with_cookie({.path = "/api/v1/session"}, in)).status;
    };
    const Reply in = send(
        world().send({}, sign_in("qiu", once)),
        Method::Put,
        "/api/v1/account/password",
        {{"old", once}, {"new", "a password of one's own"}}
    );
    const Reply offer = send(in, Method::Post, "/api/v1/account/second-factor", {});
    ASSERT_EQ(offer.status, 201) << core::json_text(offer.body);
    const std::string secret = crypto::base32_decode(offer.text("secret")).value();
    const std::int64_t step = crypto::totp_step(world().services().clock.now());
    const auto code = [&](std::int64_t at) {
        return core::JsonObject{{"code", crypto::totp_code(secret, at)}};
    };
    // A code of another day.
    constexpr const char* kEnrol = "/api/v1/account/second-factor";
    EXPECT_EQ(send(in, Method::Put, kEnrol, code(step - 5000)).status, 422);
    EXPECT_EQ(status_of(in), 200) << "a refusal changes nothing";

    const Reply enrolled = send(in, Method::Put, kEnrol, code(step));
    ASSERT_EQ(enrolled.status, 204) << core::json_text(enrolled.body);
    EXPECT_EQ(status_of(in), 401);
    EXPECT_EQ(status_of(enrolled), 200);

    const Reply given =
        send(enrolled, Method::Post, "/api/v1/session/second-factor", code(step + 1));
    ASSERT_EQ(given.status, 200) << core::json_text(given.body);
    EXPECT_NE(text_of(given.body.at("second_factor"), "given_at"), "");
    EXPECT_EQ(status_of(enrolled), 401);
    EXPECT_EQ(status_of(given), 200);
}

}  // namespace

}  // namespace duban::scenarios
