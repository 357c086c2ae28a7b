// Who asks: from a request's cookie or token to the person, and what holds for every endpoint.
//
//     const Asker asker = ask(services, request);   // 401 session.none when nobody is signed in

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "api/services.h"
#include "http/message.h"

namespace duban::api {

inline constexpr std::string_view kSessionCookie = "__Host-duban";

struct Asker {
    access::Actor actor;
    access::Session session;
    std::string secret;  ///< of the session or token
    std::string language;
    std::string on;  ///< the org's civil date, ISO
};

/// The person behind the request. Refuses with session.none; an unsafe method with a cookie from
/// another origin: origin.refused; a password that must be changed: session.password_to_change; a
/// reading token on an unsafe method: token.not_enough.
[[nodiscard]] Asker ask(const Services& services, const http::Request& request);
/// The same, also for who must change his password first.
[[nodiscard]] Asker ask_before_change(const Services& services, const http::Request& request);

/// The language of an answer: the one that Duban-Language names, else the account's, else
/// Accept-Language, else the first there is.
[[nodiscard]] std::string language_of(const Services& services, const http::Request& request);

/// Problem{Invalid, "request.unknown_member"} for a member that is not in `known`.
void refuse_unknown_members(const core::Json& body, const std::vector<std::string_view>& known);
/// The body as an object; `{}` when there is none.
[[nodiscard]] core::Json body_or_empty(const http::Request& request);

/// An id of a path or member. Problem{Invalid, "request.malformed_id"} with the name.
[[nodiscard]] core::Id id_of(std::string_view text, std::string_view name);
/// The member `name` as an id; nil when absent or null.
[[nodiscard]] core::Id id_member(const core::Json& body, std::string_view name);
[[nodiscard]] std::string text_member(const core::Json& body, std::string_view name);

/// The Idempotency-Key; empty: none. Problem{Invalid, "idempotency.key_malformed"} for more than 64
/// characters or others than letters, digits, `_` and `-`.
[[nodiscard]] std::string idempotency_key_of(const http::Request& request);

/// RFC 3339 in UTC with milliseconds.
[[nodiscard]] std::string instant_text(std::int64_t ms);

}  // namespace duban::api
