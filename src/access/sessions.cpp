// Accounts: sessions, the second factor and API tokens.

#include "access/accounts.h"
#include "access/internal/account_rows.h"
#include "core/problem.h"
#include "crypto/encoding.h"
#include "crypto/sealing.h"
#include "crypto/totp.h"

namespace duban::access {

namespace {

/// A session's last sight is kept to the minute: a read is not a write each time.
constexpr std::int64_t kSeenStepMs = 60'000;
constexpr std::size_t kTokenNameBytesMax = 200;

core::Problem session_ended() {
    return core::Problem{core::ProblemKind::Unauthenticated, "session.ended"};
}

core::Problem code_refused() {
    return core::Problem{core::ProblemKind::Rejected, "second_factor.refused"};
}

Session session_of(core::OrgId org, const internal::AccountRow& account) {
    return {
        .org = org,
        .account = account.id,
        .person = account.person,
        .name = account.name,
        .language = account.language,
        .scope = Scope::Session,
        .token = {},
        .must_change = account.must_change,
        .has_totp = account.totp_confirmed,
        .second_factor_at_ms = 0,
        .address = {}
    };
}

std::optional<Session> read_token_session(
    store::Reader& reader, const internal::SecretParts& parts, std::int64_t now_ms
) {
    const std::optional<internal::TokenRow> token =
        internal::find_token(reader, parts.org, parts.hash);
    if (!token || token->revoked_at_ms || token->expires_at_ms <= now_ms) {
        return std::nullopt;
    }
    Session session =
        session_of(parts.org, internal::load_account(reader, parts.org, token->account));
    session.scope = token->scope;
    session.token = token->id;
    return session;
}

core::Json token_json(const TokenView& token) {
    return core::JsonObject{
        {"id", token.id.text()},
        {"name", token.name},
        {"scope", text_of(token.scope)},
        {"expires_at", token.expires_at_ms}
    };
}

TokenView view_of(const internal::TokenRow& row) {
    return {
        .id = row.id,
        .name = row.name,
        .scope = row.scope,
        .created_at_ms = row.created_at_ms,
        .expires_at_ms = row.expires_at_ms,
        .revoked_at_ms = row.revoked_at_ms
    };
}

/// An event that leaves the account in the state it was in.
internal::AccountEvent event_of(
    const Session& session, std::string action, const std::string& on, bool locked
) {
    const std::string state = locked ? "locked" : "active";
    return {
        .action = std::move(action),
        .actor = session.person,
        .post = {},
        .on = on,
        .state_before = state,
        .state_after = state
    };
}

}  // namespace

std::optional<Session> Accounts::find_session(std::string_view secret) const {
    const std::optional<internal::SecretParts> parts = internal::parse_secret(secret);
    if (!parts) {
        return std::nullopt;
    }
    const std::int64_t now = now_ms();
    std::optional<Session> found;
    bool fades = false;
    store_.read([&](store::Reader& reader) {
        if (!parts->is_session) {
            found = read_token_session(reader, *parts, now);
            return;
        }
        const std::optional<internal::SessionRow> row =
            internal::find_session_row(reader, parts->org, parts->hash);
        if (!row || row->is_over(now)) {
            return;
        }
        fades = now - row->seen_at_ms >= kSeenStepMs;
        found = session_of(parts->org, internal::load_account(reader, parts->org, row->account));
        found->second_factor_at_ms = row->second_factor_at_ms;
        found->address = row->address;
    });
    if (fades) {
        note_sight(*parts, now);
    }
    return found;
}

/// Where nothing can be written, as on a full disk, reading goes on; the session ends the sooner.
void Accounts::note_sight(const internal::SecretParts& parts, std::int64_t now) const {
    try {
        store_.write(parts.org, [&](store::Transaction& tx) {
            std::optional<internal::SessionRow> row =
                internal::find_session_row(tx, parts.org, parts.hash);
            if (row) {
                row->seen_at_ms = now;
                internal::save_session(tx, parts.org, *row);
            }
        });
    } catch (const core::Problem& problem) {
        if (problem.kind != core::ProblemKind::Unavailable) {
            throw;
        }
    }
}

Session Accounts::load_session(std::string_view secret) const {
    std::optional<Session> found = find_session(secret);
    if (!found) {
        throw session_ended();
    }
    if (found->scope != Scope::Session) {
        throw core::Problem{core::ProblemKind::Forbidden, "session.needed"};
    }
    return *std::move(found);
}

Actor Accounts::actor(const Session& session, calendar::Date day) const {
    Actor made = access_.actor(session.org, session.person, day);
    made.account = session.account;
    made.language = session.language;
    made.second_factor_at_ms = session.second_factor_at_ms;
    return made;
}

void Accounts::sign_out(std::string_view secret, const std::string& on) {
    const std::optional<internal::SecretParts> parts = internal::parse_secret(secret);
    if (!parts) {
        return;
    }
    if (parts->is_session) {
        store_.write(parts->org, [&](store::Transaction& tx) {
            internal::delete_session(tx, parts->org, parts->hash);
        });
    } else if (const std::optional<Session> session = find_session(secret)) {
        revoke(*session, session->token, on);
    }
}

SignedIn Accounts::renew(std::string_view secret) {
    Session session = load_session(secret);
    const crypto::Hash old = crypto::sha256(secret);
    FreshSecret fresh = make_secret('s', session.org);
    const std::int64_t now = now_ms();
    store_.write(session.org, [&](store::Transaction& tx) {
        std::optional<internal::SessionRow> row = internal::find_session_row(tx, session.org, old);
        if (!row) {
            throw session_ended();
        }
        internal::delete_session(tx, session.org, old);
        row->token = fresh.hash;
        row->seen_at_ms = now;
        internal::save_session(tx, session.org, *row);
    });
    return {.secret = std::move(fresh.text), .session = std::move(session)};
}

TotpOffer Accounts::enrol_totp(std::string_view secret, const std::string& issuer) {
    const Session session = load_session(secret);
    const std::string totp = crypto::make_totp_secret(random_);
    const std::string context = internal::totp_context(session.org, session.account);
    const core::Bytes sealed =
        crypto::seal(totp, {.key = sealing_key_, .context = context}, random_);
    store_.write(session.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        if (row.totp_confirmed) {
            throw core::Problem{core::ProblemKind::Conflict, "totp.already_enrolled"};
        }
        row.totp = sealed;
        row.totp_step = 0;
        internal::save_account(tx, session.org, row);
    });
    return {
        .secret = crypto::base32_encode(totp), .uri = crypto::totp_uri(issuer, session.name, totp)
    };
}

std::int64_t Accounts::match_code(
    const Session& session, const std::string& code, const std::string& on
) {
    check_waiting(session.org, session.name, session.address);
    internal::AccountRow row;
    store_.read([&](store::Reader& reader) {
        row = internal::load_account(reader, session.org, session.account);
    });
    const std::string context = internal::totp_context(session.org, session.account);
    const std::optional<std::string> totp =
        crypto::open_sealed(row.totp, {.key = sealing_key_, .context = context});
    const std::optional<std::int64_t> step =
        totp ? crypto::match_totp(*totp, code, clock_.now()) : std::nullopt;
    if (!step || *step <= row.totp_step) {
        note_failure(
            {.org = session.org,
             .name = session.name,
             .password = {},
             .totp = {},
             .address = session.address,
             .on = on}
        );
        throw code_refused();
    }
    return *step;
}

void Accounts::confirm_totp(
    std::string_view secret, const std::string& code, const std::string& on
) {
    const Session session = load_session(secret);
    store_.read([&](store::Reader& reader) {
        const internal::AccountRow row =
            internal::load_account(reader, session.org, session.account);
        if (row.totp.data.empty() || row.totp_confirmed) {
            throw core::Problem{core::ProblemKind::Conflict, "totp.not_offered"};
        }
    });
    const std::int64_t step = match_code(session, code, on);
    const Access::Drawn drawn = access_.draw();
    store_.write(session.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        if (row.totp_confirmed || step <= row.totp_step) {
            throw code_refused();
        }
        row.totp_confirmed = true;
        row.totp_step = step;
        internal::record_account(
            tx,
            journal_,
            session.org,
            row,
            event_of(session, "totp_enrolled", on, row.locked),
            drawn
        );
        mark_second_factor(tx, session.org, secret, drawn.at_ms);
    });
}

void Accounts::confirm_second_factor(
    std::string_view secret, const std::string& code, const std::string& on
) {
    const Session session = load_session(secret);
    if (!session.has_totp) {
        throw core::Problem{core::ProblemKind::Rejected, "second_factor.not_enrolled"};
    }
    const std::int64_t step = match_code(session, code, on);
    const std::int64_t now = now_ms();
    store_.write(session.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        if (!row.totp_confirmed || step <= row.totp_step) {
            throw code_refused();
        }
        row.totp_step = step;
        internal::save_account(tx, session.org, row);
        internal::delete_attempt(tx, session.org, internal::name_subject(session.name));
        mark_second_factor(tx, session.org, secret, now);
    });
}

void Accounts::mark_second_factor(
    store::Transaction& tx, core::OrgId org, std::string_view secret, std::int64_t at_ms
) {
    std::optional<internal::SessionRow> row =
        internal::find_session_row(tx, org, crypto::sha256(secret));
    if (!row) {
        throw session_ended();
    }
    row->second_factor_at_ms = at_ms;
    row->seen_at_ms = at_ms;
    internal::save_session(tx, org, *row);
}

bool Accounts::has_fresh_second_factor(const Session& session) const {
    return session.second_factor_at_ms > 0 &&
           now_ms() - session.second_factor_at_ms < kSecondFactorMs;
}

IssuedToken Accounts::create_token(std::string_view secret, const NewToken& wanted) {
    const Session session = load_session(secret);
    const Access::Drawn drawn = access_.draw();
    if (wanted.name.empty() || wanted.name.size() > kTokenNameBytesMax) {
        throw core::Problem{core::ProblemKind::Rejected, "token.name_malformed"};
    }
    if (wanted.scope == Scope::Session) {
        throw core::Problem{core::ProblemKind::Rejected, "token.scope"};
    }
    if (wanted.expires_at_ms <= drawn.at_ms ||
        wanted.expires_at_ms > drawn.at_ms + kTokenLifeMsMax) {
        throw core::Problem{core::ProblemKind::Rejected, "token.expiry", {{"days", "366"}}};
    }
    if (session.has_totp && !has_fresh_second_factor(session)) {
        throw core::Problem{core::ProblemKind::Forbidden, "second_factor.stale"};
    }
    FreshSecret fresh = make_secret('t', session.org);
    const internal::TokenRow token{
        .id = core::make_id(clock_.now(), random_),
        .account = session.account,
        .name = wanted.name,
        .token = fresh.hash,
        .scope = wanted.scope,
        .created_at_ms = drawn.at_ms,
        .expires_at_ms = wanted.expires_at_ms,
        .revoked_at_ms = {}
    };
    store_.write(session.org, [&](store::Transaction& tx) {
        const internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        internal::AccountEvent event = event_of(session, "token_created", wanted.on, row.locked);
        event.inputs = {internal::change_of("token", token_json(view_of(token)))};
        internal::save_token(tx, session.org, token);
        internal::record_account(tx, journal_, session.org, row, event, drawn);
    });
    return {.id = token.id, .secret = std::move(fresh.text)};
}

void Accounts::revoke_token(std::string_view secret, const core::Id& token, const std::string& on) {
    revoke(load_session(secret), token, on);
}

void Accounts::revoke(const Session& session, const core::Id& token, const std::string& on) {
    const Access::Drawn drawn = access_.draw();
    store_.write(session.org, [&](store::Transaction& tx) {
        const internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        for (internal::TokenRow found : internal::list_tokens(tx, session.org, session.account)) {
            if (found.id != token || found.revoked_at_ms) {
                continue;
            }
            found.revoked_at_ms = drawn.at_ms;
            internal::save_token(tx, session.org, found);
            internal::AccountEvent event = event_of(session, "token_revoked", on, row.locked);
            event.inputs = {internal::change_of("token", token_json(view_of(found)))};
            internal::record_account(tx, journal_, session.org, row, event, drawn);
            return;
        }
        throw core::Problem{core::ProblemKind::NotFound, "token.not_found"};
    });
}

std::vector<TokenView> Accounts::tokens(core::OrgId org, const core::Id& account) const {
    std::vector<TokenView> views;
    store_.read([&](store::Reader& reader) {
        for (const internal::TokenRow& row : internal::list_tokens(reader, org, account)) {
            views.push_back(view_of(row));
        }
    });
    return views;
}

}  // namespace duban::access
