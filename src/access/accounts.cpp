#include "access/accounts.h"

#include <algorithm>

#include "access/internal/account_rows.h"
#include "access/internal/administrators.h"
#include "access/internal/passwords.h"
#include "access/internal/state.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/encoding.h"
#include "crypto/password.h"

namespace duban::access {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kLanguageBytesMax = 35;  // RFC 5646, 4.4.1
constexpr std::string_view kPasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(kPasswordLetters.size() == 32, "each byte of randomness picks evenly");
constexpr std::size_t kPasswordLettersDrawn = 20;

AccountView view_of(const internal::AccountRow& row) {
    return {
        .id = row.id,
        .person = row.person,
        .name = row.name,
        .language = row.language,
        .must_change = row.must_change,
        .locked = row.locked,
        .has_totp = row.totp_confirmed
    };
}

void check_language(std::string_view tag) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    };
    if (tag.empty() || tag.size() > kLanguageBytesMax || !std::ranges::all_of(tag, allowed)) {
        throw core::Problem{core::ProblemKind::Rejected, "account.language_malformed"};
    }
}

std::string_view state_of(const internal::AccountRow& row) {
    return row.locked ? "locked" : "active";
}

/// The post in which the actor may reset what belongs to `target`. Throws when he may not, or the
/// witness is none.
core::Id check_reset(
    store::Reader& reader, const Actor& actor, const core::Id& target, const Accounts::Reset& reset
) {
    const std::optional<calendar::Date> day = calendar::Date::parse(reset.on);
    core::check(day.has_value(), "a reset has its civil date");
    const Directory directory = internal::load_state(reader, actor.org).directory();
    const internal::Seated seated = internal::seat_second(directory, target, actor.person, *day);
    const Person* const witness = directory.find_person(reset.witness);
    if (witness == nullptr || !witness->span.covers(*day)) {
        throw core::Problem{core::ProblemKind::Rejected, "account.witness_unknown"};
    }
    if (reset.witness == actor.person || reset.witness == target) {
        throw core::Problem{core::ProblemKind::Rejected, "account.witness_not_apart"};
    }
    return seated.post;
}

struct Creator {
    core::Id person;
    core::Id post;
    std::string on;
};

internal::AccountEvent created(const internal::AccountRow& row, const Creator& by) {
    return {
        .action = "created",
        .actor = by.person,
        .post = by.post,
        .on = by.on,
        .state_before = {},
        .changes =
            {internal::change_of("person", core::Json(row.person.text())),
             internal::change_of("name", core::Json(row.name)),
             internal::change_of("language", core::Json(row.language))}
    };
}

}  // namespace

std::string_view text_of(Scope scope) {
    switch (scope) {
        case Scope::Session: return "session";
        case Scope::Read: return "read";
        case Scope::Act: return "act";
    }
    return "read";
}

Accounts::Accounts(
    store::Store& store,
    const journal::Journal& journal,
    const Access& access,
    const core::Clock& clock,
    core::Random& random,
    crypto::SecretKey sealing_key,
    crypto::PasswordCost password_cost
)
    : store_{store},
      journal_{journal},
      access_{access},
      clock_{clock},
      random_{random},
      sealing_key_{std::move(sealing_key)},
      password_cost_{password_cost} {}

std::int64_t Accounts::now_ms() const {
    return core::to_ms(clock_.now());
}

Accounts::FreshSecret Accounts::make_secret(char kind, core::OrgId org) {
    std::string text = std::string{kind} + "1." + std::to_string(org.value) + "." +
                       crypto::base64url_encode(random_.bytes(kSecretBytes));
    const crypto::Hash hash = crypto::sha256(text);
    return {.text = std::move(text), .hash = hash};
}

std::string Accounts::make_password() {
    std::string password;
    for (const char byte : random_.bytes(kPasswordLettersDrawn)) {
        if (password.size() % 6 == 5) {
            password += '-';
        }
        password += kPasswordLetters[static_cast<unsigned char>(byte) % kPasswordLetters.size()];
    }
    return password;
}

OneTimePassword Accounts::create(const Access::Author& author, const NewAccount& wanted) {
    return create(author, std::vector{wanted}).front();
}

std::optional<std::string> Accounts::find_name(std::string_view typed) {
    std::string name = internal::folded(typed);
    return internal::is_account_name(name) ? std::optional{std::move(name)} : std::nullopt;
}

std::vector<OneTimePassword> Accounts::create(
    const Access::Author& author, const std::vector<NewAccount>& wanted
) {
    core::check(wanted.size() <= kAccountsMax, "accounts come in bounded lists");
    const std::shared_ptr<const Directory> directory = access_.directory(author.org);
    const internal::Authority authority = internal::authorize(*directory, author, "account");
    std::vector<internal::AccountRow> rows;
    std::vector<OneTimePassword> made;
    std::vector<Access::Drawn> drawn;
    for (const NewAccount& one : wanted) {
        const std::string name = internal::folded(one.name);
        internal::check_account_name(name);
        check_language(one.language);
        if (directory->find_person(one.person) == nullptr) {
            throw core::Problem{core::ProblemKind::Rejected, "account.person_unknown"};
        }
        std::string password = make_password();
        internal::AccountRow row;
        row.id = core::make_id(clock_.now(), random_);
        row.person = one.person;
        row.name = name;
        row.password = crypto::hash_password(password, password_cost_);
        row.language = one.language;
        row.must_change = true;
        made.push_back({.account = row.id, .password = std::move(password)});
        rows.push_back(std::move(row));
        drawn.push_back(access_.draw());
    }
    store_.write(author.org, [&](store::Transaction& tx) {
        for (std::size_t at = 0; at < rows.size(); ++at) {
            if (internal::find_account_named(tx, author.org, rows[at].name)) {
                throw core::Problem{
                    core::ProblemKind::Conflict, "account.name_taken", {{"name", rows[at].name}}
                };
            }
            internal::record_account(
                tx,
                journal_,
                author.org,
                rows[at],
                created(rows[at], {author.person, authority.author.post, author.on}),
                drawn[at]
            );
        }
    });
    return made;
}

SignedIn Accounts::change_password(std::string_view secret, const PasswordChange& change) {
    Session session = load_session(secret);
    check_waiting(session.org, session.name, session.address);
    internal::AccountRow known;
    store_.read([&](store::Reader& reader) {
        known = internal::load_account(reader, session.org, session.account);
    });
    if (!crypto::verify_password(known.password, change.old_password)) {
        note_failure(
            {.org = session.org,
             .name = session.name,
             .password = {},
             .totp = {},
             .address = session.address,
             .on = change.on}
        );
        throw core::Problem{core::ProblemKind::Rejected, "password.wrong"};
    }
    internal::check_password(change.new_password, session.name);
    if (change.new_password == change.old_password) {
        throw core::Problem{core::ProblemKind::Rejected, "password.unchanged"};
    }

    const std::string hashed = crypto::hash_password(change.new_password, password_cost_);
    const Access::Drawn drawn = access_.draw();
    FreshSecret fresh = make_secret('s', session.org);
    const internal::SessionRow renewed{
        .token = fresh.hash,
        .account = session.account,
        .started_at_ms = drawn.at_ms,
        .seen_at_ms = drawn.at_ms,
        .second_factor_at_ms = session.second_factor_at_ms,
        .address = session.address
    };
    store_.write(session.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        if (row.password != known.password) {
            throw core::Problem{core::ProblemKind::Unauthenticated, "session.ended"};
        }
        const std::string state{state_of(row)};
        row.password = hashed;
        row.must_change = false;
        internal::record_account(
            tx,
            journal_,
            session.org,
            row,
            {.action = "password_changed",
             .actor = session.person,
             .post = {},
             .on = change.on,
             .state_before = state,
             .state_after = state},
            drawn
        );
        internal::delete_attempt(tx, session.org, internal::name_subject(session.name));
        internal::delete_sessions_of(tx, session.org, session.account);
        internal::save_session(tx, session.org, renewed);
    });
    session.must_change = false;
    return {.secret = std::move(fresh.text), .session = std::move(session)};
}

void Accounts::set_language(std::string_view secret, const std::string& language) {
    const Session session = load_session(secret);
    check_language(language);
    store_.write(session.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, session.org, session.account);
        row.language = language;
        internal::save_account(tx, session.org, row);
    });
}

OneTimePassword Accounts::reset_password(const Actor& actor, const Reset& reset) {
    std::string password = make_password();
    const std::string hashed = crypto::hash_password(password, password_cost_);
    const Access::Drawn drawn = access_.draw();
    store_.write(actor.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, actor.org, reset.account);
        const core::Id post = check_reset(tx, actor, row.person, reset);
        const std::string state{state_of(row)};
        row.password = hashed;
        row.must_change = true;
        row.locked = false;
        internal::record_account(
            tx,
            journal_,
            actor.org,
            row,
            {.action = "password_reset",
             .actor = actor.person,
             .post = post,
             .on = reset.on,
             .state_before = state,
             .inputs = {internal::change_of("witness", core::Json(reset.witness.text()))}},
            drawn
        );
        internal::delete_attempt(tx, actor.org, internal::name_subject(row.name));
        internal::delete_sessions_of(tx, actor.org, row.id);
        for (internal::TokenRow token : internal::list_tokens(tx, actor.org, row.id)) {
            if (!token.revoked_at_ms) {
                token.revoked_at_ms = drawn.at_ms;
                internal::save_token(tx, actor.org, token);
            }
        }
    });
    return {.account = reset.account, .password = std::move(password)};
}

void Accounts::reset_totp(const Actor& actor, const Reset& reset) {
    const Access::Drawn drawn = access_.draw();
    store_.write(actor.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, actor.org, reset.account);
        const core::Id post = check_reset(tx, actor, row.person, reset);
        const std::string state{state_of(row)};
        row.totp = {};
        row.totp_confirmed = false;
        internal::record_account(
            tx,
            journal_,
            actor.org,
            row,
            {.action = "totp_reset",
             .actor = actor.person,
             .post = post,
             .on = reset.on,
             .state_before = state,
             .state_after = state,
             .inputs = {internal::change_of("witness", core::Json(reset.witness.text()))}},
            drawn
        );
        internal::delete_sessions_of(tx, actor.org, row.id);
    });
}

std::vector<AccountView> Accounts::accounts(core::OrgId org) const {
    std::vector<AccountView> views;
    store_.read([&](store::Reader& reader) {
        for (const internal::AccountRow& row : internal::list_accounts(reader, org)) {
            views.push_back(view_of(row));
        }
    });
    return views;
}

}  // namespace duban::access
