// Accounts, their sessions and API tokens (E11, E30). An account opens the door for a person; what
// he may do follows from his posts.
//
//     const SignedIn in = accounts.sign_in({.org = org, .name = "zhou.min", …});
//     set_cookie(in.secret);
//     …
//     const std::optional<Session> session = accounts.find_session(secret);
//     const Actor actor = accounts.actor(*session, today);
//
// No secret lies in the clear: passwords are argon2id, sessions and tokens their SHA-256, TOTP
// secrets sealed. Accounts are not replayed; what matters about them is a record of register
// "account": created, locked, password_changed, password_reset, totp_enrolled, totp_reset,
// token_created, token_revoked.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "crypto/secret_key.h"

namespace duban::access {

namespace internal {
struct AccountRow;
struct SecretParts;
}  // namespace internal

inline constexpr std::int64_t kSessionIdleMs = 30LL * 60 * 1000;
inline constexpr std::int64_t kSessionLifeMs = 12LL * 3600 * 1000;
inline constexpr std::int64_t kSecondFactorMs = 5LL * 60 * 1000;
inline constexpr std::size_t kPasswordCharactersMin = 10;
inline constexpr std::int64_t kTokenLifeMsMax = 366LL * 24 * 3600 * 1000;
/// Accounts that are created together.
inline constexpr std::size_t kAccountsMax = 200;
/// Failures in a row after which an account is locked.
inline constexpr std::int64_t kLockAfter = 10;

/// What a secret lets through: all its person may do, or as a token reading only, or acting too.
enum class Scope { Session, Read, Act };
[[nodiscard]] std::string_view text_of(Scope scope);

struct NewAccount {
    core::Id person;
    std::string name;  ///< letters, digits and . _ -; folded to lower case
    std::string language = "zh";
};

/// A password shown once; its owner changes it at first use.
struct OneTimePassword {
    core::Id account;
    std::string password;
};

struct SignIn {
    core::OrgId org;
    std::string name;
    std::string password;
    std::string totp;     ///< empty: none given
    std::string address;  ///< the client's, for the back-off
    std::string on;       ///< the civil date, ISO
};

/// Who stands behind a secret.
struct Session {
    core::OrgId org;
    core::Id account;
    core::Id person;
    std::string name;  ///< of the account
    std::string language;
    Scope scope = Scope::Session;
    core::Id token;  ///< of an API token; nil for a session
    bool must_change = false;
    bool has_totp = false;
    std::int64_t second_factor_at_ms = 0;
    std::string address;
};

struct SignedIn {
    std::string secret;  ///< for the cookie
    Session session;
};

struct PasswordChange {
    std::string old_password;
    std::string new_password;
    std::string on;
};

/// What an authenticator program needs; confirmed by the first code.
struct TotpOffer {
    std::string secret;  ///< base32
    std::string uri;     ///< otpauth://…
};

struct NewToken {
    std::string name;
    Scope scope = Scope::Read;
    std::int64_t expires_at_ms = 0;
    std::string on;
};

struct IssuedToken {
    core::Id id;
    std::string secret;  ///< shown once
};

struct TokenView {
    core::Id id;
    std::string name;
    Scope scope = Scope::Read;
    std::int64_t created_at_ms = 0;
    std::int64_t expires_at_ms = 0;
    std::optional<std::int64_t> revoked_at_ms;
};

struct AccountView {
    core::Id id;
    core::Id person;
    std::string name;
    std::string language;
    bool must_change = false;
    bool locked = false;
    bool has_totp = false;
};

/// Safe to use from several threads. What takes a secret and changes something wants a session's:
/// Problem{Unauthenticated, "session.ended"}, or {Forbidden, "session.needed"} for a token.
class Accounts {
public:
    /// `sealing_key` seals TOTP secrets; it lies outside the database (E05).
    Accounts(
        store::Store& store,
        const journal::Journal& journal,
        const Access& access,
        const core::Clock& clock,
        core::Random& random,
        crypto::SecretKey sealing_key,
        crypto::PasswordCost password_cost = {}
    );

    /// Problems: account.name_malformed, account.name_taken, account.person_unknown,
    /// administration.not_system_admin.
    OneTimePassword create(const Access::Author& author, const NewAccount& wanted);
    /// All of them or none, each with its record, in their order. A password costs some tenths of
    /// a second each: kAccountsMax at most.
    std::vector<OneTimePassword> create(
        const Access::Author& author, const std::vector<NewAccount>& wanted
    );
    /// The name as it is kept; nullopt for what is none.
    [[nodiscard]] static std::optional<std::string> find_name(std::string_view typed);

    /// The same work and the same answers for a name nobody has. Failures are counted for name
    /// and address and make the next try wait, twice as long each time.
    /// Problems: sign_in.refused, sign_in.wait, sign_in.second_factor_required,
    /// sign_in.code_refused, account.locked, person.has_left.
    SignedIn sign_in(const SignIn& attempt);

    /// The person behind a session's or token's secret; nullopt when it is none, has ended or is
    /// revoked. Keeps a session from idling.
    [[nodiscard]] std::optional<Session> find_session(std::string_view secret) const;
    /// Access::actor for a session.
    [[nodiscard]] Actor actor(const Session& session, calendar::Date day) const;
    /// Ends the session, or revokes the token, that the secret is of: whoever holds it may give it
    /// up.
    void sign_out(std::string_view secret, const std::string& on);
    /// A new secret for the same session, after it came to allow more: whoever had the old one
    /// before the second factor was given gains nothing by it.
    SignedIn renew(std::string_view secret);

    /// Ends every other session of the account. Problems: session.ended, password.wrong,
    /// password.too_short, password.too_long, password.unchanged, password.is_name, sign_in.wait.
    SignedIn change_password(std::string_view secret, const PasswordChange& change);
    /// Problem: session.ended, account.language_malformed.
    void set_language(std::string_view secret, const std::string& language);

    /// Problems: session.ended, totp.already_enrolled.
    TotpOffer enrol_totp(std::string_view secret, const std::string& issuer);
    /// Problems: session.ended, totp.not_offered, second_factor.refused, sign_in.wait.
    void confirm_totp(std::string_view secret, const std::string& code, const std::string& on);
    /// From now on the second factor counts for kSecondFactorMs.
    /// Problems: session.ended, second_factor.not_enrolled, second_factor.refused, sign_in.wait.
    void confirm_second_factor(
        std::string_view secret, const std::string& code, const std::string& on
    );
    [[nodiscard]] bool has_fresh_second_factor(const Session& session) const;

    /// By the security administrator before a witness (in a house of two, for the only one, by the
    /// audit administrator): unlocks, ends sessions, revokes tokens.
    /// Problems: administration.not_security_admin, administration.same_person,
    /// account.witness_unknown, account.witness_not_apart, account.not_found.
    struct Reset {
        core::Id account;
        core::Id witness;  ///< a third person
        std::string on;
    };
    OneTimePassword reset_password(const Actor& actor, const Reset& reset);
    /// As reset_password; takes the second factor off, for a lost telephone.
    void reset_totp(const Actor& actor, const Reset& reset);

    /// Problems: session.ended, session.needed, token.name_malformed, token.expiry, token.scope,
    /// second_factor.stale.
    IssuedToken create_token(std::string_view secret, const NewToken& wanted);
    /// Problems: session.ended, token.not_found.
    void revoke_token(std::string_view secret, const core::Id& token, const std::string& on);
    [[nodiscard]] std::vector<TokenView> tokens(core::OrgId org, const core::Id& account) const;
    [[nodiscard]] std::vector<AccountView> accounts(core::OrgId org) const;

private:
    store::Store& store_;
    const journal::Journal& journal_;
    const Access& access_;
    const core::Clock& clock_;
    core::Random& random_;
    crypto::SecretKey sealing_key_;
    crypto::PasswordCost password_cost_;

    [[nodiscard]] std::int64_t now_ms() const;
    /// A session's or token's new secret, and what the table keeps of it.
    struct FreshSecret {
        std::string text;
        crypto::Hash hash;
    };
    [[nodiscard]] FreshSecret make_secret(char kind, core::OrgId org);
    [[nodiscard]] std::string make_password();
    [[nodiscard]] Session load_session(std::string_view secret) const;
    void note_sight(const internal::SecretParts& parts, std::int64_t now) const;
    void check_waiting(core::OrgId org, std::string_view name, std::string_view address) const;
    void note_failure(const SignIn& attempt);
    SignedIn open_session(
        const SignIn& attempt, const internal::AccountRow& known, std::int64_t step
    );
    void revoke(const Session& session, const core::Id& token, const std::string& on);
    static void mark_second_factor(
        store::Transaction& tx, core::OrgId org, std::string_view secret, std::int64_t at_ms
    );
    /// The step of a good code; counts and refuses a bad one.
    std::int64_t match_code(const Session& session, const std::string& code, const std::string& on);
};

}  // namespace duban::access
