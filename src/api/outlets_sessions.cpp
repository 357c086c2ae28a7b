#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

using http::Method;

constexpr std::string_view kSignIn = "Sign-in";

}  // namespace

std::vector<Outlet> session_outlets() {
    return {
        {.method = Method::Post,
         .pattern = "/api/v1/sessions",
         .id = "signIn",
         .tag = kSignIn,
         .summary = "Sign in; the session is set as a cookie",
         .body = Body{"{name: text, password: text, code?: text?, org?: integer?}"},
         .answers = {{201, "session"}},
         .says = {"Set-Cookie"},
         .open = Open::ToAll},
        {.pattern = "/api/v1/session",
         .id = "getSession",
         .tag = kSignIn,
         .summary = "Who is signed in, with the posts held today",
         .answers = {{200, "session"}}},
        {.method = Method::Delete,
         .pattern = "/api/v1/session",
         .id = "signOut",
         .tag = kSignIn,
         .summary = "Sign out",
         .answers = {{204}},
         .says = {"Set-Cookie"}},
        {.method = Method::Post,
         .pattern = "/api/v1/session/second-factor",
         .id = "giveSecondFactor",
         .tag = kSignIn,
         .summary = "Give the second factor; it counts for five minutes",
         .body = Body{"{code: text}"},
         .answers = {{200, "session"}},
         .says = {"Set-Cookie"}},
        {.method = Method::Put,
         .pattern = "/api/v1/account/password",
         .id = "changePassword",
         .tag = kSignIn,
         .summary = "Change one's own password; every other session ends",
         .body = Body{"{old: text, new: text}"},
         .answers = {{200, "session"}},
         .says = {"Set-Cookie"}},
        {.method = Method::Put,
         .pattern = "/api/v1/account/language",
         .id = "setLanguage",
         .tag = kSignIn,
         .summary = "Set the language of one's own account",
         .body = Body{"{language: text}"},
         .answers = {{204}}},
        {.method = Method::Post,
         .pattern = "/api/v1/account/second-factor",
         .id = "offerSecondFactor",
         .tag = kSignIn,
         .summary = "Begin to enrol a second factor (TOTP)",
         .answers = {{201, "{secret: text, uri: text}"}}},
        {.method = Method::Put,
         .pattern = "/api/v1/account/second-factor",
         .id = "confirmSecondFactor",
         .tag = kSignIn,
         .summary = "Put the offered second factor in force by its first code",
         .body = Body{"{code: text}"},
         .answers = {{204}},
         .says = {"Set-Cookie"}},
        {.pattern = "/api/v1/tokens",
         .id = "listTokens",
         .tag = kSignIn,
         .summary = "One's own tokens, without their secrets",
         .answers = {{200, "{tokens: [token]}"}}},
        {.method = Method::Post,
         .pattern = "/api/v1/tokens",
         .id = "createToken",
         .tag = kSignIn,
         .summary = "Make a token; its secret is shown once",
         .body = Body{"{title: text, scope?: text?, expires_on: date}"},
         .answers = {{201, "{id: id, token: text}"}}},
        {.method = Method::Delete,
         .pattern = "/api/v1/tokens/{id}",
         .id = "revokeToken",
         .tag = kSignIn,
         .summary = "Revoke a token",
         .answers = {{204}}},
    };
}

}  // namespace duban::api::internal
