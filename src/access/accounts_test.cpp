// Accounts, sign-in, sessions and tokens, on both databases.

#include "access/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/internal/test_house.h"
#include "crypto/encoding.h"
#include "crypto/totp.h"

namespace duban::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr store::Query kEverything{
    "test.everything",
    "select name, password, '' from d_account where org = $1 union all "
    "select address, '', '' from d_session where org = $1"
};
constexpr store::Query kSealed{"test.sealed", "select totp from d_account where org = $1"};

class AccountsTest : public internal::TestHouse {
protected:
    void SetUp() override {
        TestHouse::SetUp();
        settle();
        issued_ = accounts_.create(system(), {.person = id(14), .name = "Di.Clerk"});
    }

    Access::Author system() const {
        return {.org = kOrg, .person = id(11), .approved_by = {}, .on = kOn};
    }
    SignIn attempt(std::string password, std::string totp = "") const {
        return {
            .org = kOrg,
            .name = "di.clerk",
            .password = std::move(password),
            .totp = std::move(totp),
            .address = "192.0.2.1",
            .on = kOn
        };
    }
    SignedIn sign_in() { return accounts_.sign_in(attempt(issued_.password)); }
    std::string refusal_of(const SignIn& given) {
        return problem_of([&] { (void)accounts_.sign_in(given); });
    }
    std::vector<std::string> actions() {
        std::vector<std::string> told;
        for (const journal::Draft& draft : history("account", issued_.account)) {
            told.push_back(draft.action);
        }
        return told;
    }
    std::string code(const TotpOffer& offer) {
        return crypto::totp_code(
            crypto::base32_decode(offer.secret).value(), crypto::totp_step(clock_.now())
        );
    }
    /// Signed in with an authenticator enrolled.
    SignedIn enrolled() {
        SignedIn in = sign_in();
        offer_ = accounts_.enrol_totp(in.secret, "Duban");
        accounts_.confirm_totp(in.secret, code(offer_), kOn);
        return in;
    }
    Accounts::Reset reset() const {
        return {.account = issued_.account, .witness = id(15), .on = kOn};
    }

    static constexpr const char* kOn = "2026-11-24";
    Accounts accounts_{
        *store_,
        journal_,
        access_,
        clock_,
        random_,
        crypto::SecretKey::make(random_),
        crypto::kLeastPasswordCost
    };
    OneTimePassword issued_;
    TotpOffer offer_;
};

TEST_F(AccountsTest, TheOneTimePasswordOpensAndMustBeChanged) {
    const SignedIn in = sign_in();
    EXPECT_TRUE(in.session.must_change);
    EXPECT_EQ(in.session.person, id(14));
    const auto found = accounts_.find_session(in.secret);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->account, issued_.account);
    EXPECT_EQ(found->name, "di.clerk");
    const Actor actor = accounts_.actor(*found, day(kOn));
    EXPECT_TRUE(actor.has_role("clerk"));
    EXPECT_EQ(actor.account, issued_.account);
}

TEST_F(AccountsTest, NamesAreUniqueAndAccountsBelongToPeople) {
    const auto create = [&](Access::Author author, std::uint8_t owner, std::string name) {
        return problem_of([&] {
            (void)accounts_.create(author, {.person = id(owner), .name = std::move(name)});
        });
    };
    EXPECT_EQ(create(system(), 15, "DI.CLERK"), "account.name_taken");
    EXPECT_EQ(create(system(), 99, "ghost"), "account.person_unknown");
    EXPECT_EQ(create(system(), 15, "two words"), "account.name_malformed");
    Access::Author clerk = system();
    clerk.person = id(14);
    EXPECT_EQ(create(clerk, 15, "ed"), "administration.not_system_admin");
    EXPECT_THAT(accounts_.accounts(kOrg), SizeIs(1));
}

TEST_F(AccountsTest, NoSecretLiesInTheClear) {
    const SignedIn in = enrolled();
    const std::string totp = crypto::base32_decode(offer_.secret).value();
    store_->read([&](store::Reader& reader) {
        for (const store::Row& row : reader.query(kEverything, {store::value(kOrg)})) {
            EXPECT_THAT(row.text(1), Not(HasSubstr(issued_.password)));
        }
        EXPECT_THAT(
            reader.query(kSealed, {store::value(kOrg)}).at(0).bytes(0), Not(HasSubstr(totp))
        );
    });
    for (const journal::Draft& draft : history("account", issued_.account)) {
        for (const journal::Change& change : draft.changes) {
            EXPECT_THAT(change.field, testing::AnyOf("person", "name", "language"));
        }
    }
}

TEST_F(AccountsTest, AWrongPasswordAndAnUnknownNameAreRefusedAlike) {
    SignIn stranger = attempt("whatever it is");
    stranger.name = "nobody";
    stranger.address = "192.0.2.9";
    std::vector<std::string> known;
    std::vector<std::string> unknown;
    for (int tries = 0; tries < 18; ++tries) {
        known.push_back(refusal_of(attempt("whatever it is")));
        unknown.push_back(refusal_of(stranger));
        clock_.advance(tries % 2 == 0 ? seconds{0} : seconds{600});
    }
    EXPECT_EQ(known, unknown);
    EXPECT_EQ(known.front(), "sign_in.refused");
    EXPECT_EQ(known.back(), "account.locked");
}

TEST_F(AccountsTest, EachFailureMakesTheNextTryWaitTwiceAsLong) {
    EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused");
    EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused");
    EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused");
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "sign_in.wait");
    clock_.advance(seconds{1});
    EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused");
    clock_.advance(seconds{1});
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "sign_in.wait");
    clock_.advance(seconds{1});
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "");
    EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused") << "counted anew";
}

TEST_F(AccountsTest, AnAddressThatTriesManyNamesWaitsToo) {
    for (int tries = 0; tries < 20; ++tries) {
        SignIn given = attempt("wrong password");
        given.name = "name" + std::to_string(tries);
        EXPECT_EQ(refusal_of(given), "sign_in.refused");
    }
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "sign_in.wait");
    SignIn elsewhere = attempt(issued_.password);
    elsewhere.address = "192.0.2.2";
    EXPECT_EQ(refusal_of(elsewhere), "");
    clock_.advance(minutes{15});
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "");
}

TEST_F(AccountsTest, TenFailuresLockAndTheJournalSaysSo) {
    for (std::int64_t tries = 0; tries < kLockAfter; ++tries) {
        clock_.advance(minutes{2});
        EXPECT_EQ(refusal_of(attempt("wrong password")), "sign_in.refused");
    }
    clock_.advance(hours{48});
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "account.locked");
    EXPECT_TRUE(accounts_.accounts(kOrg).at(0).locked);
    EXPECT_THAT(actions(), ElementsAre("created", "locked"));

    issued_ = accounts_.reset_password(actor(12), reset());
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "");
    const journal::Draft told = history("account", issued_.account).back();
    EXPECT_EQ(told.action, "password_reset");
    EXPECT_EQ(told.actor, id(12));
    EXPECT_EQ(told.state_before, "locked");
    EXPECT_EQ(told.state_after, "active");
    ASSERT_THAT(told.inputs, SizeIs(1));
    EXPECT_EQ(told.inputs[0].value, core::Json(id(15).text()));
}

TEST_F(AccountsTest, AResetNeedsTheSecurityAdministratorAndAWitness) {
    const auto resets = [&](std::uint8_t who, Accounts::Reset wanted) {
        return problem_of([&] { (void)accounts_.reset_password(actor(who), wanted); });
    };
    EXPECT_EQ(resets(11, reset()), "administration.not_security_admin");
    EXPECT_EQ(resets(14, reset()), "administration.same_person");
    Accounts::Reset wanted = reset();
    wanted.witness = id(12);
    EXPECT_EQ(resets(12, wanted), "account.witness_not_apart");
    wanted.witness = id(14);
    EXPECT_EQ(resets(12, wanted), "account.witness_not_apart");
    wanted.witness = id(99);
    EXPECT_EQ(resets(12, wanted), "account.witness_unknown");
    wanted = reset();
    wanted.account = id(99);
    EXPECT_EQ(resets(12, wanted), "account.not_found");
}

TEST_F(AccountsTest, AResetEndsSessionsAndTokens) {
    const SignedIn in = sign_in();
    const IssuedToken token = accounts_.create_token(
        in.secret,
        {.name = "script",
         .scope = Scope::Act,
         .expires_at_ms = core::to_ms(clock_.now()) + 1000,
         .on = kOn}
    );
    (void)accounts_.reset_password(actor(12), reset());
    EXPECT_FALSE(accounts_.find_session(in.secret));
    EXPECT_FALSE(accounts_.find_session(token.secret));
}

TEST_F(AccountsTest, ASessionEndsByIdlingAndByAge) {
    const SignedIn idle = sign_in();
    clock_.advance(minutes{29});
    EXPECT_TRUE(accounts_.find_session(idle.secret));
    clock_.advance(minutes{29});
    EXPECT_TRUE(accounts_.find_session(idle.secret)) << "seen meanwhile";
    clock_.advance(minutes{30});
    EXPECT_FALSE(accounts_.find_session(idle.secret));

    const SignedIn busy = sign_in();
    for (int quarter = 1; quarter < 12 * 4; ++quarter) {
        clock_.advance(minutes{15});
        EXPECT_TRUE(accounts_.find_session(busy.secret));
    }
    clock_.advance(minutes{15});
    EXPECT_FALSE(accounts_.find_session(busy.secret));
}

TEST_F(AccountsTest, SigningOutAndRenewingEndTheOldSecret) {
    const SignedIn first = sign_in();
    const SignedIn second = accounts_.renew(first.secret);
    EXPECT_FALSE(accounts_.find_session(first.secret));
    EXPECT_TRUE(accounts_.find_session(second.secret));
    accounts_.sign_out(second.secret, kOn);
    EXPECT_FALSE(accounts_.find_session(second.secret));
    EXPECT_EQ(problem_of([&] { (void)accounts_.renew(second.secret); }), "session.ended");
}

TEST_F(AccountsTest, SeveralAreCreatedTogetherOrNone) {
    const std::vector<NewAccount> wanted{
        {.person = id(13), .name = "Ba"}, {.person = id(15), .name = "di.clerk"}
    };
    EXPECT_EQ(problem_of([&] { (void)accounts_.create(system(), wanted); }), "account.name_taken");
    EXPECT_THAT(accounts_.accounts(kOrg), SizeIs(1)) << "the first of them neither";
    const std::vector<OneTimePassword> made = accounts_.create(
        system(),
        std::vector<NewAccount>{{.person = id(13), .name = "Ba"}, {.person = id(15), .name = "ce"}}
    );
    ASSERT_THAT(made, SizeIs(2));
    EXPECT_NE(made[0].password, made[1].password);
    const SignedIn in = accounts_.sign_in(
        {.org = kOrg,
         .name = "ce",
         .password = made[1].password,
         .totp = {},
         .address = "192.0.2.1",
         .on = kOn}
    );
    EXPECT_EQ(in.session.person, id(15));
    for (const OneTimePassword& one : made) {
        ASSERT_THAT(history("account", one.account), SizeIs(1));
        EXPECT_EQ(history("account", one.account).front().action, "created");
    }
}

TEST_F(AccountsTest, WhoeverHoldsATokenMayGiveItUp) {
    const SignedIn in = sign_in();
    const IssuedToken token = accounts_.create_token(
        in.secret,
        {.name = "script",
         .scope = Scope::Act,
         .expires_at_ms = core::to_ms(clock_.now()) + 3'600'000,
         .on = kOn}
    );
    accounts_.sign_out(token.secret, kOn);
    EXPECT_FALSE(accounts_.find_session(token.secret));
    EXPECT_TRUE(accounts_.find_session(in.secret)) << "the session is another door";
    EXPECT_THAT(actions(), ElementsAre("created", "token_created", "token_revoked"));
    accounts_.sign_out(token.secret, kOn);
    EXPECT_THAT(actions(), SizeIs(3)) << "what has ended leaves no second record";
}

TEST_F(AccountsTest, WhatIsNoSecretFindsNoSession) {
    for (const char* const text :
         {"", "s1.", "s1.7", "s1.7.", "s1.x.y", "x1.7.abc", "s1.99999999999999999999.a"}) {
        EXPECT_FALSE(accounts_.find_session(text)) << text;
    }
    std::string other = sign_in().secret;
    other.back() = other.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(accounts_.find_session(other));
}

TEST_F(AccountsTest, ANewPasswordIsLongDifferentAndEndsOtherSessions) {
    const SignedIn other = sign_in();
    const SignedIn in = sign_in();
    const auto change = [&](std::string old_password, std::string fresh) {
        return problem_of([&] {
            (void)accounts_.change_password(
                in.secret,
                {.old_password = std::move(old_password),
                 .new_password = std::move(fresh),
                 .on = kOn}
            );
        });
    };
    EXPECT_EQ(change("not the old one", "a fresh new one"), "password.wrong");
    EXPECT_EQ(change(issued_.password, "nine char"), "password.too_short");
    EXPECT_EQ(change(issued_.password, std::string(1025, 'x')), "password.too_long");
    EXPECT_EQ(change(issued_.password, issued_.password), "password.unchanged");
    const SignedIn changed = accounts_.change_password(
        in.secret, {.old_password = issued_.password, .new_password = "a fresh new one", .on = kOn}
    );
    EXPECT_FALSE(accounts_.find_session(other.secret));
    EXPECT_FALSE(accounts_.find_session(in.secret));
    ASSERT_TRUE(accounts_.find_session(changed.secret));
    EXPECT_FALSE(accounts_.find_session(changed.secret)->must_change);
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "sign_in.refused");
    EXPECT_EQ(refusal_of(attempt("a fresh new one")), "");
    EXPECT_THAT(actions(), ElementsAre("created", "password_changed"));
}

TEST_F(AccountsTest, ANewPasswordIsNotTheName) {
    const auto issued = accounts_.create(system(), {.person = id(15), .name = "Ed.Head.Of.School"});
    SignIn given = attempt(issued.password);
    given.name = "ed.head.of.school";
    const SignedIn in = accounts_.sign_in(given);
    const auto change = [&] {
        (void)accounts_.change_password(
            in.secret,
            {.old_password = issued.password, .new_password = "ED.head.of.SCHOOL", .on = kOn}
        );
    };
    EXPECT_EQ(problem_of(change), "password.is_name");
}

TEST_F(AccountsTest, ARowWhoseSecretIsNoDigestIsCorrupt) {
    const SignedIn in = sign_in();
    (void)accounts_.create_token(
        in.secret,
        {.name = "nightly",
         .scope = Scope::Read,
         .expires_at_ms = core::to_ms(clock_.now()) + 3'600'000,
         .on = kOn}
    );
    store_->write(kOrg, [](store::Transaction& tx) {
        tx.execute({"test.damage", "update d_token set token = $1"}, {core::Bytes{"short"}});
    });
    EXPECT_EQ(
        problem_of([&] { (void)accounts_.tokens(kOrg, issued_.account); }), "account.malformed"
    );
}

TEST_F(AccountsTest, OnceEnrolledATokenAsksForAFreshCode) {
    const SignedIn in = enrolled();
    const auto make = [&] {
        (void)accounts_.create_token(
            in.secret,
            {.name = "nightly",
             .scope = Scope::Read,
             .expires_at_ms = core::to_ms(clock_.now()) + 3'600'000,
             .on = kOn}
        );
    };
    clock_.advance(std::chrono::minutes{6});
    EXPECT_EQ(problem_of(make), "second_factor.stale");
    accounts_.confirm_second_factor(in.secret, code(offer_), kOn);
    EXPECT_EQ(problem_of(make), "");
}

TEST_F(AccountsTest, OnceEnrolledEverySignInAsksForACode) {
    const SignedIn in = enrolled();
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "sign_in.second_factor_required");
    EXPECT_EQ(refusal_of(attempt("wrong password", code(offer_))), "sign_in.refused");
    EXPECT_EQ(refusal_of(attempt(issued_.password, code(offer_))), "sign_in.code_refused")
        << "a code counts once";
    clock_.advance(seconds{30});
    const SignedIn again = accounts_.sign_in(attempt(issued_.password, code(offer_)));
    EXPECT_TRUE(accounts_.has_fresh_second_factor(again.session));
    EXPECT_THAT(actions(), ElementsAre("created", "totp_enrolled"));
    EXPECT_EQ(
        problem_of([&] { (void)accounts_.enrol_totp(in.secret, "Duban"); }), "totp.already_enrolled"
    );
}

TEST_F(AccountsTest, TheSecondFactorCountsForFiveMinutes) {
    const SignedIn in = enrolled();
    clock_.advance(minutes{5});
    EXPECT_FALSE(accounts_.has_fresh_second_factor(*accounts_.find_session(in.secret)));
    EXPECT_EQ(
        problem_of([&] { accounts_.confirm_second_factor(in.secret, "000000", kOn); }),
        "second_factor.refused"
    );
    accounts_.confirm_second_factor(in.secret, code(offer_), kOn);
    const std::optional<Session> session = accounts_.find_session(in.secret);
    EXPECT_TRUE(accounts_.has_fresh_second_factor(*session));
    EXPECT_EQ(accounts_.actor(*session, day(kOn)).second_factor_at_ms, core::to_ms(clock_.now()));
    clock_.advance(minutes{5});
    EXPECT_FALSE(accounts_.has_fresh_second_factor(*accounts_.find_session(in.secret)));
}

TEST_F(AccountsTest, ASecondFactorIsConfirmedOnlyAfterItWasOffered) {
    const SignedIn in = sign_in();
    EXPECT_EQ(
        problem_of([&] { accounts_.confirm_totp(in.secret, "123456", kOn); }), "totp.not_offered"
    );
    EXPECT_EQ(
        problem_of([&] { accounts_.confirm_second_factor(in.secret, "123456", kOn); }),
        "second_factor.not_enrolled"
    );
}

TEST_F(AccountsTest, ALostTelephoneIsTakenOffBeforeAWitness) {
    (void)enrolled();
    accounts_.reset_totp(actor(12), reset());
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "");
    EXPECT_THAT(actions(), ElementsAre("created", "totp_enrolled", "totp_reset"));
}

TEST_F(AccountsTest, ATokenHasItsScopeUntilItExpiresOrIsRevoked) {
    const SignedIn in = sign_in();
    const std::int64_t expiry = core::to_ms(clock_.now()) + 3'600'000;
    const auto issue = [&](std::string name, Scope scope, std::int64_t expires) {
        return accounts_.create_token(
            in.secret,
            {.name = std::move(name), .scope = scope, .expires_at_ms = expires, .on = kOn}
        );
    };
    const IssuedToken reads = issue("report", Scope::Read, expiry);
    const IssuedToken acts = issue("script", Scope::Act, expiry);
    EXPECT_EQ(accounts_.find_session(reads.secret)->scope, Scope::Read);
    EXPECT_EQ(accounts_.find_session(acts.secret)->scope, Scope::Act);
    EXPECT_EQ(accounts_.find_session(acts.secret)->second_factor_at_ms, 0);
    EXPECT_EQ(problem_of([&] { (void)accounts_.renew(acts.secret); }), "session.needed");
    EXPECT_EQ(problem_of([&] { issue("", Scope::Read, expiry); }), "token.name_malformed");
    EXPECT_EQ(problem_of([&] { issue("x", Scope::Session, expiry); }), "token.scope");
    EXPECT_EQ(problem_of([&] { issue("x", Scope::Read, 5); }), "token.expiry");
    EXPECT_EQ(
        problem_of([&] { issue("x", Scope::Read, expiry + kTokenLifeMsMax); }), "token.expiry"
    );

    accounts_.revoke_token(in.secret, acts.id, kOn);
    EXPECT_FALSE(accounts_.find_session(acts.secret));
    EXPECT_EQ(
        problem_of([&] { accounts_.revoke_token(in.secret, acts.id, kOn); }), "token.not_found"
    );
    clock_.advance(hours{1});
    EXPECT_FALSE(accounts_.find_session(reads.secret));
    EXPECT_THAT(accounts_.tokens(kOrg, issued_.account), SizeIs(2));
    EXPECT_THAT(
        actions(), ElementsAre("created", "token_created", "token_created", "token_revoked")
    );
}

TEST_F(AccountsTest, WhoHasLeftDoesNotSignIn) {
    Post ends = post(24, 14, 3, "clerk");
    ends.span = between("2020-01-01", "2026-11-20");
    access_.put(two_, std::vector{ends});
    Person leaver = person(14, "Di");
    leaver.span = between("2020-01-01", "2026-11-20");
    access_.put(two_, std::vector{leaver});
    EXPECT_EQ(refusal_of(attempt(issued_.password)), "person.has_left");
}

TEST_F(AccountsTest, TheLanguageIsKept) {
    const SignedIn in = sign_in();
    accounts_.set_language(in.secret, "en");
    EXPECT_EQ(accounts_.find_session(in.secret)->language, "en");
    EXPECT_EQ(
        problem_of([&] { accounts_.set_language(in.secret, "../en"); }),
        "account.language_malformed"
    );
}

}  // namespace
}  // namespace duban::access
