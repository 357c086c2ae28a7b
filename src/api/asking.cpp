#include "api/asking.h"

#include <algorithm>

#include "core/problem.h"
#include "http/access_log.h"
#include "http/target.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr std::string_view kBearer = "Bearer ";

struct Secret {
    std::string text;
    bool from_cookie = false;
};

std::optional<Secret> find_secret(const http::Request& request) {
    if (const auto header = request.headers.find("Authorization")) {
        if (header->starts_with(kBearer)) {
            return Secret{
                .text = std::string{header->substr(kBearer.size())}, .from_cookie = false
            };
        }
        return std::nullopt;
    }
    if (auto cookie = request.cookie(kSessionCookie)) {
        return Secret{.text = *std::move(cookie), .from_cookie = true};
    }
    return std::nullopt;
}

/// E30: unsafe methods need the same Origin when a cookie speaks for them.
void refuse_other_origin(const http::Request& request) {
    if (!http::is_safe(request.method) &&
        http::request_origin(request) != http::RequestOrigin::Same) {
        throw Problem{ProblemKind::Forbidden, "origin.refused"};
    }
}

/// What the client writes around the answer is in this language, whoever asks; none where it names
/// one that there is not.
std::optional<std::string> asked_language(const Services& services, const http::Request& request) {
    const auto header = request.headers.find("Duban-Language");
    for (std::string& language :
         header ? services.sentences.languages() : std::vector<std::string>{}) {
        if (language == *header) {
            return std::move(language);
        }
    }
    return std::nullopt;
}

}  // namespace

Asker ask_before_change(const Services& services, const http::Request& request) {
    const auto secret = find_secret(request);
    const auto session = secret ? services.accounts.find_session(secret->text) : std::nullopt;
    if (!session) {
        throw Problem{ProblemKind::Unauthenticated, "session.none"};
    }
    if (secret->from_cookie) {
        refuse_other_origin(request);
    }
    if (session->scope == access::Scope::Read && !http::is_safe(request.method)) {
        throw Problem{ProblemKind::Forbidden, "token.not_enough"};
    }
    const calendar::Date today = services.registers.today(session->org);
    Asker asker{
        .actor = services.accounts.actor(*session, today),
        .session = *session,
        .secret = secret->text,
        .language = asked_language(services, request).value_or(session->language),
        .on = today.text()
    };
    asker.actor.account = session->account;
    return asker;
}

Asker ask(const Services& services, const http::Request& request) {
    Asker asker = ask_before_change(services, request);
    if (asker.session.must_change) {
        throw Problem{ProblemKind::Forbidden, "session.password_to_change"};
    }
    return asker;
}

std::string language_of(const Services& services, const http::Request& request) {
    if (auto asked = asked_language(services, request)) {
        return *std::move(asked);
    }
    if (const auto secret = find_secret(request)) {
        if (const auto session = services.accounts.find_session(secret->text)) {
            return session->language;
        }
    }
    const auto header = request.headers.find("Accept-Language");
    return http::choose_language(header.value_or(""), services.sentences.languages());
}

void refuse_unknown_members(const core::Json& body, const std::vector<std::string_view>& known) {
    if (!body.is_object()) {
        throw Problem{ProblemKind::Invalid, "request.not_an_object"};
    }
    for (const auto& member : body.get_object()) {
        const std::string_view name{member.key().data(), member.key().size()};
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            throw Problem{
                ProblemKind::Invalid, "request.unknown_member", {{"member", std::string{name}}}
            };
        }
    }
}

core::Json body_or_empty(const http::Request& request) {
    return request.body.empty() ? core::Json(core::JsonObject{}) : http::json_body(request);
}

core::Id id_of(std::string_view text, std::string_view name) {
    const auto id = core::Id::parse(text);
    if (!id) {
        throw Problem{
            ProblemKind::Invalid, "request.malformed_id", {{"member", std::string{name}}}
        };
    }
    return *id;
}

core::Id id_member(const core::Json& body, std::string_view name) {
    const core::Json* member = core::find_member(body, name);
    if (member == nullptr || member->is_null()) {
        return {};
    }
    return id_of(text_member(body, name), name);
}

std::string text_member(const core::Json& body, std::string_view name) {
    const core::Json* member = core::find_member(body, name);
    if (member == nullptr || member->is_null()) {
        return {};
    }
    if (!member->is_string()) {
        throw Problem{
            ProblemKind::Invalid, "request.wrong_member", {{"member", std::string{name}}}
        };
    }
    return std::string{member->get_string()};
}

std::string instant_text(std::int64_t ms) {
    return http::instant_text(core::from_ms(ms));
}

std::string idempotency_key_of(const http::Request& request) {
    constexpr std::size_t kKeyMax = 64;
    const std::string key{request.headers.find("Idempotency-Key").value_or("")};
    const bool good =
        key.size() <= kKeyMax &&
        key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
            std::string::npos;
    if (!good) {
        throw core::Problem{core::ProblemKind::Invalid, "idempotency.key_malformed"};
    }
    return key;
}

}  // namespace duban::api
