#include "access/internal/account_rows.h"

#include <charconv>

#include "core/problem.h"

namespace duban::access::internal {

namespace {

constexpr std::size_t kSecretBytesMax = 100;

constexpr store::Query kFindAccount{
    "access.find_account",
    "select id, revision, person, name, password, totp, totp_confirmed, totp_step, language, "
    "must_change, locked from d_account where org = $1 and id = $2"
};
constexpr store::Query kFindAccountNamed{
    "access.find_account_named",
    "select id, revision, person, name, password, totp, totp_confirmed, totp_step, language, "
    "must_change, locked from d_account where org = $1 and name = $2"
};
constexpr store::Query kListAccounts{
    "access.list_accounts",
    "select id, revision, person, name, password, totp, totp_confirmed, totp_step, language, "
    "must_change, locked from d_account where org = $1 order by name"
};
constexpr store::Query kSaveAccount{
    "access.save_account",
    "insert into d_account (org, id, revision, person, name, password, totp, totp_confirmed, "
    "totp_step, language, must_change, locked) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "on conflict (org, id) do update set revision = excluded.revision, "
    "password = excluded.password, totp = excluded.totp, "
    "totp_confirmed = excluded.totp_confirmed, totp_step = excluded.totp_step, "
    "language = excluded.language, must_change = excluded.must_change, locked = excluded.locked"
};
constexpr store::Query kFindSession{
    "access.find_session",
    "select token, account, started_at_ms, seen_at_ms, second_factor_at_ms, address "
    "from d_session where org = $1 and token = $2"
};
constexpr store::Query kSaveSession{
    "access.save_session",
    "insert into d_session (org, token, account, started_at_ms, seen_at_ms, second_factor_at_ms, "
    "address) values ($1, $2, $3, $4, $5, $6, $7) on conflict (org, token) do update set "
    "seen_at_ms = excluded.seen_at_ms, second_factor_at_ms = excluded.second_factor_at_ms"
};
constexpr store::Query kDeleteSession{
    "access.delete_session", "delete from d_session where org = $1 and token = $2"
};
constexpr store::Query kDeleteSessionsOf{
    "access.delete_sessions_of", "delete from d_session where org = $1 and account = $2"
};
constexpr store::Query kDeleteEndedSessions{
    "access.delete_ended_sessions",
    "delete from d_session where org = $1 and (started_at_ms <= $2 or seen_at_ms <= $3)"
};
constexpr store::Query kFindToken{
    "access.find_token",
    "select id, account, name, token, scope, created_at_ms, expires_at_ms, revoked_at_ms "
    "from d_token where org = $1 and token = $2"
};
constexpr store::Query kListTokens{
    "access.list_tokens",
    "select id, account, name, token, scope, created_at_ms, expires_at_ms, revoked_at_ms "
    "from d_token where org = $1 and account = $2 order by id"
};
constexpr store::Query kSaveToken{
    "access.save_token",
    "insert into d_token (org, id, account, name, token, scope, created_at_ms, expires_at_ms, "
    "revoked_at_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "on conflict (org, id) do update set revoked_at_ms = excluded.revoked_at_ms"
};
constexpr store::Query kFindAttempt{
    "access.find_attempt",
    "select failures, retry_at_ms, changed_at_ms from d_attempt where org = $1 and subject = $2"
};
constexpr store::Query kSaveAttempt{
    "access.save_attempt",
    "insert into d_attempt (org, subject, failures, retry_at_ms, changed_at_ms) "
    "values ($1, $2, $3, $4, $5) on conflict (org, subject) do update set "
    "failures = excluded.failures, retry_at_ms = excluded.retry_at_ms, "
    "changed_at_ms = excluded.changed_at_ms"
};
constexpr store::Query kDeleteAttempt{
    "access.delete_attempt", "delete from d_attempt where org = $1 and subject = $2"
};
constexpr store::Query kDeleteAttemptsBefore{
    "access.delete_attempts_before", "delete from d_attempt where org = $1 and changed_at_ms < $2"
};

crypto::Hash read_hash(const store::Row& row, std::size_t column) {
    const std::optional<crypto::Hash> hash = crypto::Hash::from_bytes(row.bytes(column));
    if (!hash) {
        throw core::Problem{core::ProblemKind::Corrupt, "account.malformed"};
    }
    return *hash;
}

AccountRow read_account(const store::Row& row) {
    return {
        .id = row.id(0),
        .revision = row.integer(1),
        .person = row.id(2),
        .name = row.text(3),
        .password = row.text(4),
        .totp = row.is_null(5) ? core::Bytes{} : core::Bytes{row.bytes(5)},
        .totp_confirmed = row.truth(6),
        .totp_step = row.integer(7),
        .language = row.text(8),
        .must_change = row.truth(9),
        .locked = row.truth(10)
    };
}

TokenRow read_token(const store::Row& row) {
    return {
        .id = row.id(0),
        .account = row.id(1),
        .name = row.text(2),
        .token = read_hash(row, 3),
        .scope = row.text(4) == text_of(Scope::Act) ? Scope::Act : Scope::Read,
        .created_at_ms = row.integer(5),
        .expires_at_ms = row.integer(6),
        .revoked_at_ms = row.find_integer(7)
    };
}

template <typename Thing>
std::optional<Thing> first_of(const store::Rows& rows, Thing (*read)(const store::Row&)) {
    if (rows.empty()) {
        return std::nullopt;
    }
    return read(rows.front());
}

}  // namespace

std::optional<AccountRow> find_account(store::Reader& reader, core::OrgId org, const core::Id& id) {
    return first_of(
        reader.query(kFindAccount, {store::value(org), store::value(id)}), &read_account
    );
}

std::optional<AccountRow> find_account_named(
    store::Reader& reader, core::OrgId org, const std::string& name
) {
    return first_of(reader.query(kFindAccountNamed, {store::value(org), name}), &read_account);
}

AccountRow load_account(store::Reader& reader, core::OrgId org, const core::Id& id) {
    std::optional<AccountRow> found = find_account(reader, org, id);
    if (!found) {
        throw core::Problem{core::ProblemKind::NotFound, "account.not_found"};
    }
    return *std::move(found);
}

std::vector<AccountRow> list_accounts(store::Reader& reader, core::OrgId org) {
    std::vector<AccountRow> found;
    for (const store::Row& row : reader.query(kListAccounts, {store::value(org)})) {
        found.push_back(read_account(row));
    }
    return found;
}

void save_account(store::Transaction& tx, core::OrgId org, const AccountRow& row) {
    tx.execute(
        kSaveAccount,
        {store::value(org),
         store::value(row.id),
         row.revision,
         store::value(row.person),
         row.name,
         row.password,
         row.totp.data.empty() ? store::Value{} : store::Value{row.totp},
         row.totp_confirmed,
         row.totp_step,
         row.language,
         row.must_change,
         row.locked}
    );
}

std::optional<SessionRow> find_session_row(
    store::Reader& reader, core::OrgId org, const crypto::Hash& token
) {
    const store::Rows rows = reader.query(kFindSession, {store::value(org), token.bytes()});
    if (rows.empty()) {
        return std::nullopt;
    }
    const store::Row& row = rows.front();
    return SessionRow{
        .token = token,
        .account = row.id(1),
        .started_at_ms = row.integer(2),
        .seen_at_ms = row.integer(3),
        .second_factor_at_ms = row.integer(4),
        .address = row.text(5)
    };
}

void save_session(store::Transaction& tx, core::OrgId org, const SessionRow& row) {
    tx.execute(
        kSaveSession,
        {store::value(org),
         row.token.bytes(),
         store::value(row.account),
         row.started_at_ms,
         row.seen_at_ms,
         row.second_factor_at_ms,
         row.address}
    );
}

void delete_session(store::Transaction& tx, core::OrgId org, const crypto::Hash& token) {
    tx.execute(kDeleteSession, {store::value(org), token.bytes()});
}

void delete_sessions_of(store::Transaction& tx, core::OrgId org, const core::Id& account) {
    tx.execute(kDeleteSessionsOf, {store::value(org), store::value(account)});
}

void delete_ended_sessions(store::Transaction& tx, core::OrgId org, std::int64_t now_ms) {
    tx.execute(
        kDeleteEndedSessions, {store::value(org), now_ms - kSessionLifeMs, now_ms - kSessionIdleMs}
    );
}

std::optional<TokenRow> find_token(
    store::Reader& reader, core::OrgId org, const crypto::Hash& token
) {
    return first_of(reader.query(kFindToken, {store::value(org), token.bytes()}), &read_token);
}

std::vector<TokenRow> list_tokens(store::Reader& reader, core::OrgId org, const core::Id& account) {
    std::vector<TokenRow> found;
    for (const store::Row& row :
         reader.query(kListTokens, {store::value(org), store::value(account)})) {
        found.push_back(read_token(row));
    }
    return found;
}

void save_token(store::Transaction& tx, core::OrgId org, const TokenRow& row) {
    tx.execute(
        kSaveToken,
        {store::value(org),
         store::value(row.id),
         store::value(row.account),
         row.name,
         row.token.bytes(),
         std::string{text_of(row.scope)},
         row.created_at_ms,
         row.expires_at_ms,
         store::value(row.revoked_at_ms)}
    );
}

crypto::Hash name_subject(std::string_view name) {
    return crypto::sha256("name " + std::string{name});
}

crypto::Hash address_subject(std::string_view address) {
    return crypto::sha256("address " + std::string{address});
}

AttemptRow find_attempt(store::Reader& reader, core::OrgId org, const crypto::Hash& subject) {
    const store::Rows rows = reader.query(kFindAttempt, {store::value(org), subject.bytes()});
    if (rows.empty()) {
        return {.subject = subject};
    }
    return {
        .subject = subject,
        .failures = rows.front().integer(0),
        .retry_at_ms = rows.front().integer(1),
        .changed_at_ms = rows.front().integer(2)
    };
}

void save_attempt(store::Transaction& tx, core::OrgId org, const AttemptRow& row) {
    tx.execute(
        kSaveAttempt,
        {store::value(org), row.subject.bytes(), row.failures, row.retry_at_ms, row.changed_at_ms}
    );
}

void delete_attempt(store::Transaction& tx, core::OrgId org, const crypto::Hash& subject) {
    tx.execute(kDeleteAttempt, {store::value(org), subject.bytes()});
}

void delete_attempts_before(store::Transaction& tx, core::OrgId org, std::int64_t before_ms) {
    tx.execute(kDeleteAttemptsBefore, {store::value(org), before_ms});
}

std::string totp_context(core::OrgId org, const core::Id& account) {
    return "account/" + std::to_string(org.value) + "/" + account.text();
}

journal::Change change_of(std::string field, core::Json value) {
    journal::Change change;
    change.field = std::move(field);
    change.value = std::move(value);
    return change;
}

void record_account(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    AccountRow row,
    const AccountEvent& event,
    const Access::Drawn& drawn
) {
    ++row.revision;
    save_account(tx, org, row);
    journal::Draft draft;
    draft.org = org;
    draft.register_name = "account";
    draft.entry = row.id;
    draft.revision = row.revision;
    draft.action = event.action;
    draft.actor = event.actor;
    draft.post = event.post;
    draft.state_before = event.state_before;
    draft.state_after = event.state_after;
    draft.changes = event.changes;
    draft.inputs = event.inputs;
    draft.on = event.on;
    draft.recorded_at_ms = drawn.at_ms;
    draft.salt_seed = drawn.seed;
    journal.append(tx, draft);
}

std::optional<SecretParts> parse_secret(std::string_view secret) {
    if (secret.size() > kSecretBytesMax ||
        !(secret.starts_with("s1.") || secret.starts_with("t1."))) {
        return std::nullopt;
    }
    const char* const first = secret.data() + 3;
    const char* const last = secret.data() + secret.size();
    std::int64_t org = 0;
    const auto [end, fault] = std::from_chars(first, last, org);
    if (fault != std::errc{} || end == last || *end != '.') {
        return std::nullopt;
    }
    return SecretParts{
        .is_session = secret.front() == 's', .org = {org}, .hash = crypto::sha256(secret)
    };
}

}  // namespace duban::access::internal
