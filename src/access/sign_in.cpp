// Accounts: signing in, and what failures cost (E30).

#include <algorithm>

#include "access/accounts.h"
#include "access/internal/account_rows.h"
#include "access/internal/passwords.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/password.h"
#include "crypto/sealing.h"
#include "crypto/totp.h"

namespace duban::access {

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
/// A whole school may sit behind one address: its failures are forgotten sooner and cost later.
constexpr std::int64_t kAddressMemoryMs = 15LL * 60 * 1000;
constexpr std::int64_t kNameFailuresFree = 3;
constexpr std::int64_t kAddressFailuresFree = 20;
constexpr std::int64_t kWaitMsMax = 15LL * 60 * 1000;
constexpr std::int64_t kDoublingsMax = 10;

/// 1 s after the first failure that is not free, then twice as long each time.
std::int64_t wait_ms(std::int64_t failures, std::int64_t free) {
    if (failures < free) {
        return 0;
    }
    return std::min(kWaitMsMax, std::int64_t{1000} << std::min(failures - free, kDoublingsMax));
}

core::Problem refused() {
    return core::Problem{core::ProblemKind::Unauthenticated, "sign_in.refused"};
}

core::Problem locked() {
    return core::Problem{core::ProblemKind::Forbidden, "account.locked"};
}

internal::AttemptRow counted(
    internal::AttemptRow row, std::int64_t now_ms, std::int64_t memory_ms, std::int64_t free
) {
    if (now_ms - row.changed_at_ms >= memory_ms) {
        row.failures = 0;
    }
    ++row.failures;
    row.changed_at_ms = now_ms;
    row.retry_at_ms = now_ms + wait_ms(row.failures, free);
    return row;
}

}  // namespace

void Accounts::check_waiting(core::OrgId org, std::string_view name, std::string_view address)
    const {
    internal::AttemptRow by_name;
    internal::AttemptRow by_address;
    store_.read([&](store::Reader& reader) {
        by_name = internal::find_attempt(reader, org, internal::name_subject(name));
        by_address = internal::find_attempt(reader, org, internal::address_subject(address));
    });
    const std::int64_t now = now_ms();
    // A name that nobody has is refused in the same words as one that is locked.
    if (by_name.failures >= kLockAfter && now - by_name.changed_at_ms < kDayMs) {
        throw locked();
    }
    const std::int64_t retry_at = std::max(by_name.retry_at_ms, by_address.retry_at_ms);
    if (retry_at > now) {
        throw core::Problem{
            core::ProblemKind::TooMany,
            "sign_in.wait",
            {{"seconds", std::to_string((retry_at - now + 999) / 1000)}}
        };
    }
}

void Accounts::note_failure(const SignIn& attempt) {
    const Access::Drawn drawn = access_.draw();
    store_.write(attempt.org, [&](store::Transaction& tx) {
        const internal::AttemptRow by_name = counted(
            internal::find_attempt(tx, attempt.org, internal::name_subject(attempt.name)),
            drawn.at_ms,
            kDayMs,
            kNameFailuresFree
        );
        internal::save_attempt(tx, attempt.org, by_name);
        if (!attempt.address.empty()) {
            internal::save_attempt(
                tx,
                attempt.org,
                counted(
                    internal::find_attempt(
                        tx, attempt.org, internal::address_subject(attempt.address)
                    ),
                    drawn.at_ms,
                    kAddressMemoryMs,
                    kAddressFailuresFree
                )
            );
        }
        internal::delete_attempts_before(tx, attempt.org, drawn.at_ms - kDayMs);
        std::optional<internal::AccountRow> row =
            internal::find_account_named(tx, attempt.org, attempt.name);
        if (by_name.failures < kLockAfter || !row || row->locked) {
            return;
        }
        row->locked = true;
        internal::record_account(
            tx,
            journal_,
            attempt.org,
            *row,
            {.action = "locked",
             .actor = {},
             .post = {},
             .on = attempt.on,
             .state_before = "active",
             .state_after = "locked"},
            drawn
        );
    });
}

SignedIn Accounts::sign_in(const SignIn& given) {
    SignIn attempt = given;
    attempt.name = internal::folded(given.name);
    check_waiting(attempt.org, attempt.name, attempt.address);
    std::optional<internal::AccountRow> known;
    store_.read([&](store::Reader& reader) {
        known = internal::find_account_named(reader, attempt.org, attempt.name);
    });
    if (known && known->locked) {
        throw locked();
    }
    const bool good = known ? crypto::verify_password(known->password, attempt.password)
                            : crypto::burn_password_time(attempt.password, password_cost_);
    if (!good) {
        note_failure(attempt);
        throw refused();
    }

    std::int64_t step = 0;
    if (known->totp_confirmed) {
        if (attempt.totp.empty()) {
            throw core::Problem{
                core::ProblemKind::Unauthenticated, "sign_in.second_factor_required"
            };
        }
        const std::string context = internal::totp_context(attempt.org, known->id);
        const std::optional<std::string> secret =
            crypto::open_sealed(known->totp, {.key = sealing_key_, .context = context});
        const std::optional<std::int64_t> matched =
            secret ? crypto::match_totp(*secret, attempt.totp, clock_.now()) : std::nullopt;
        if (!matched || *matched <= known->totp_step) {
            note_failure(attempt);
            throw core::Problem{core::ProblemKind::Unauthenticated, "sign_in.code_refused"};
        }
        step = *matched;
    }
    const std::optional<calendar::Date> day = calendar::Date::parse(attempt.on);
    core::check(day.has_value(), "a sign-in has its civil date");
    (void)access_.actor(attempt.org, known->person, *day);  // refuses who has left

    return open_session(attempt, *known, step);
}

SignedIn Accounts::open_session(
    const SignIn& attempt, const internal::AccountRow& known, std::int64_t step
) {
    const std::int64_t now = now_ms();
    FreshSecret fresh = make_secret('s', attempt.org);
    const std::string rehashed = crypto::is_password_outdated(known.password, password_cost_)
                                     ? crypto::hash_password(attempt.password, password_cost_)
                                     : known.password;
    const internal::SessionRow session{
        .token = fresh.hash,
        .account = known.id,
        .started_at_ms = now,
        .seen_at_ms = now,
        .second_factor_at_ms = step > 0 ? now : 0,
        .address = attempt.address
    };
    store_.write(attempt.org, [&](store::Transaction& tx) {
        internal::AccountRow row = internal::load_account(tx, attempt.org, known.id);
        if (row.locked) {
            throw locked();
        }
        // Another sign-in may have used the code, and a reset the password, since we read them.
        if (row.password != known.password || (step > 0 && step <= row.totp_step)) {
            throw refused();
        }
        row.password = rehashed;
        row.totp_step = std::max(step, row.totp_step);
        internal::save_account(tx, attempt.org, row);
        internal::delete_attempt(tx, attempt.org, internal::name_subject(attempt.name));
        internal::delete_ended_sessions(tx, attempt.org, now);
        internal::save_session(tx, attempt.org, session);
    });
    return {
        .secret = std::move(fresh.text),
        .session =
            {.org = attempt.org,
             .account = known.id,
             .person = known.person,
             .name = known.name,
             .language = known.language,
             .scope = Scope::Session,
             .token = {},
             .must_change = known.must_change,
             .has_totp = known.totp_confirmed,
             .second_factor_at_ms = session.second_factor_at_ms,
             .address = attempt.address}
    };
}

}  // namespace duban::access
