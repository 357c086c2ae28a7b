// The tables of accounts: d_account, d_session, d_token, d_attempt.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "access/accounts.h"
#include "crypto/digest.h"
#include "store/store.h"

namespace duban::access::internal {

struct AccountRow {
    core::Id id;
    std::int64_t revision = 0;
    core::Id person;
    std::string name;
    std::string password;  ///< argon2id
    core::Bytes totp;      ///< sealed; empty: none
    bool totp_confirmed = false;
    std::int64_t totp_step = 0;  ///< the last one a code was taken for
    std::string language;
    bool must_change = false;
    bool locked = false;
};

[[nodiscard]] std::optional<AccountRow> find_account(
    store::Reader& reader, core::OrgId org, const core::Id& id
);
[[nodiscard]] std::optional<AccountRow> find_account_named(
    store::Reader& reader, core::OrgId org, const std::string& name
);
/// Throws Problem{NotFound, "account.not_found"}.
[[nodiscard]] AccountRow load_account(store::Reader& reader, core::OrgId org, const core::Id& id);
[[nodiscard]] std::vector<AccountRow> list_accounts(store::Reader& reader, core::OrgId org);
void save_account(store::Transaction& tx, core::OrgId org, const AccountRow& row);

struct SessionRow {
    crypto::Hash token;
    core::Id account;
    std::int64_t started_at_ms = 0;
    std::int64_t seen_at_ms = 0;
    std::int64_t second_factor_at_ms = 0;
    std::string address;

    [[nodiscard]] bool is_over(std::int64_t now_ms) const {
        return now_ms >= started_at_ms + kSessionLifeMs || now_ms >= seen_at_ms + kSessionIdleMs;
    }
};

[[nodiscard]] std::optional<SessionRow> find_session_row(
    store::Reader& reader, core::OrgId org, const crypto::Hash& token
);
void save_session(store::Transaction& tx, core::OrgId org, const SessionRow& row);
void delete_session(store::Transaction& tx, core::OrgId org, const crypto::Hash& token);
void delete_sessions_of(store::Transaction& tx, core::OrgId org, const core::Id& account);
/// Sessions that ended before `now_ms`.
void delete_ended_sessions(store::Transaction& tx, core::OrgId org, std::int64_t now_ms);

struct TokenRow {
    core::Id id;
    core::Id account;
    std::string name;
    crypto::Hash token;
    Scope scope = Scope::Read;
    std::int64_t created_at_ms = 0;
    std::int64_t expires_at_ms = 0;
    std::optional<std::int64_t> revoked_at_ms;
};

[[nodiscard]] std::optional<TokenRow> find_token(
    store::Reader& reader, core::OrgId org, const crypto::Hash& token
);
[[nodiscard]] std::vector<TokenRow> list_tokens(
    store::Reader& reader, core::OrgId org, const core::Id& account
);
void save_token(store::Transaction& tx, core::OrgId org, const TokenRow& row);

/// Failures in a row of one name or one address, whether anybody has that name or not.
struct AttemptRow {
    crypto::Hash subject;
    std::int64_t failures = 0;
    std::int64_t retry_at_ms = 0;
    std::int64_t changed_at_ms = 0;
};

[[nodiscard]] crypto::Hash name_subject(std::string_view name);
[[nodiscard]] crypto::Hash address_subject(std::string_view address);
/// Without failures when there were none.
[[nodiscard]] AttemptRow find_attempt(
    store::Reader& reader, core::OrgId org, const crypto::Hash& subject
);
void save_attempt(store::Transaction& tx, core::OrgId org, const AttemptRow& row);
void delete_attempt(store::Transaction& tx, core::OrgId org, const crypto::Hash& subject);
void delete_attempts_before(store::Transaction& tx, core::OrgId org, std::int64_t before_ms);

/// One event of an account, to be recorded.
struct AccountEvent {
    std::string action;
    core::Id actor;
    core::Id post;
    std::string on;
    std::string state_before;
    std::string state_after = "active";
    std::vector<journal::Change> changes = {};
    std::vector<journal::Change> inputs = {};
};

/// The context under which a TOTP secret is sealed.
[[nodiscard]] std::string totp_context(core::OrgId org, const core::Id& account);

[[nodiscard]] journal::Change change_of(std::string field, core::Json value);

/// Saves `row` one revision on, with the record of `event`.
void record_account(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    AccountRow row,
    const AccountEvent& event,
    const Access::Drawn& drawn
);

/// "s1.7.…" or "t1.7.…" read back: whether it is a session's, whose org, and the hash it has in
/// the table.
struct SecretParts {
    bool is_session = true;
    core::OrgId org;
    crypto::Hash hash;
};
[[nodiscard]] std::optional<SecretParts> parse_secret(std::string_view secret);

}  // namespace duban::access::internal
