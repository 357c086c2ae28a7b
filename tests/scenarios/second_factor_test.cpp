// A signature that asks the second factor (E22): a pack of its own, for no shipped one asks it.

#include "crypto/encoding.h"
#include "crypto/totp.h"
#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kPack = R"(name: vault
version: 1.0.0
title: {zh: ZH-VAULT, en: Vault}
needs: organisation
)";

constexpr const char* kRegister = R"(register: vault_key
title: {zh: ZH-KEYS, en: Keys}
entry_title: {zh: ZH-KEY, en: key}
number: {format: "V-{year}-{seq:3}", at: open}
fields:
  why: {type: text, max: 80, required: true, title_field: true, title: {zh: ZH-WHY, en: Why}}
read: [unit.clerk, office.reviewer]
procedure:
  initial: asked
  states:
    asked: {title: {zh: ZH-ASKED, en: Asked}}
    given: {title: {zh: ZH-GIVEN, en: Given}, final: true}
  actions:
    open: {title: {zh: ZH-ASK, en: Ask}, by: unit.clerk, fields: [why]}
    give:
      title: {zh: ZH-GIVE, en: Give}
      from: asked
      to: given
      signatures: [{by: office.reviewer, count: 2, title: {zh: ZH-REVIEWER, en: Reviewer}}]
      kinds: [own]
      second_factor: true
)";

/// A reviewer who signs in with a second factor, as the pages do it.
class Signer {
public:
    Signer(World& world, const std::string& name)
        : world_{world}, person_{world.add_person(name, {{world.office, "reviewer"}})} {
        const std::string account = "vault." + name;
        const std::string once = world.add_account(person_, account);
        take(send(
            Method::Post,
            "/api/v1/sessions",
            core::JsonObject{{"name", account}, {"password", once}}
        ));
        take(send(
            Method::Put,
            "/api/v1/account/password",
            core::JsonObject{{"old", once}, {"new", "a password of one's own"}}
        ));
    }

    void enrol() {
        const Reply offer = send(Method::Post, "/api/v1/account/second-factor", core::JsonObject{});
        secret_ = crypto::base32_decode(offer.text("secret")).value_or("");
        take(send(Method::Put, "/api/v1/account/second-factor", code()));
    }

    void give_code() { take(send(Method::Post, "/api/v1/session/second-factor", code())); }

    void refuse(const Call& call) const {
        const Reply refused = world_.send({}, as_he(call));
        EXPECT_EQ(refused.status, 403) << core::json_text(refused.body);
        EXPECT_EQ(refused.text("code"), "signature.second_factor");
    }

    [[nodiscard]] Reply sign(const Call& call) const { return world_.send({}, as_he(call)); }

private:
    [[nodiscard]] Call as_he(Call call) const {
        call.headers.emplace_back("Cookie", cookie_);
        call.headers.emplace_back("Sec-Fetch-Site", "same-origin");
        return call;
    }

    Reply send(Method method, const char* path, core::JsonObject body) const {
        Reply reply =
            world_.send({}, as_he({.method = method, .path = path, .body = std::move(body)}));
        EXPECT_LT(reply.status, 300) << path << ": " << core::json_text(reply.body);
        return reply;
    }

    /// What allows more is another session.
    void take(const Reply& reply) {
        const std::string set = reply.header("Set-Cookie");
        cookie_ = set.substr(0, set.find(';'));
    }

    /// One that was not used before.
    core::JsonObject code() {
        step_ = std::max(step_ + 1, crypto::totp_step(world_.services().clock.now()));
        return {{"code", crypto::totp_code(secret_, step_)}};
    }

    World& world_;
    core::Id person_;
    std::string cookie_;
    std::string secret_;
    std::int64_t step_ = 0;
};

void adopt_vault(World& world) {
    const auto file = [](const char* path, const char* text) {
        return core::JsonObject{{"path", path}, {"text", text}};
    };
    const Reply proposed = world.send(
        world.system_admin,
        {.method = Method::Post,
         .path = "/api/v1/proposals",
         .body =
             core::JsonObject{
                 {"kind", "pack"},
                 {"files",
                  core::JsonArray{
                      file("pack.yaml", kPack), file("registers/vault_key.yaml", kRegister)
                  }}
             }}
    );
    ASSERT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    const Reply approved = world.send(
        world.security_admin,
        {.method = Method::Post,
         .path = proposed.header("Location") + "/approve",
         .body = core::JsonObject{}}
    );
    ASSERT_EQ(approved.status, 200) << core::json_text(approved.body);
}

TEST_F(Scenario, SignatureThatAsksTheSecondFactorTakesAFreshOneAlone) {
    ASSERT_NO_FATAL_FAILURE(adopt_vault(world()));
    const Reply opened = world().open(world().unit_clerk, "vault_key", {{"why", "The safe"}});
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    const Call first = world().action(opened.path(), "give", 1);

    // Neither a session without one, nor a token, which never has one.
    Signer signer{world(), "first"};
    signer.refuse(first);
    world().refuse(world().reviewer, first, 403, "signature.second_factor");

    signer.enrol();
    signer.give_code();
    world().pass(std::chrono::minutes{4});
    world().pass(std::chrono::minutes{2});
    signer.refuse(first);
    EXPECT_EQ(world().get(world().unit_clerk, opened.path()).revision(), 1) << "nothing was signed";

    signer.give_code();
    world().pass(std::chrono::minutes{4});
    const Reply signed_once = signer.sign(first);
    ASSERT_EQ(signed_once.status, 200) << core::json_text(signed_once.body);
    EXPECT_EQ(signed_once.state(), "asked");

    Signer second{world(), "second"};
    const Call last = world().action(opened.path(), "give", signed_once.revision());
    second.refuse(last);
    second.enrol();
    const Reply given = second.sign(last);
    ASSERT_EQ(given.status, 200) << core::json_text(given.body);
    EXPECT_EQ(given.state(), "given");
    EXPECT_EQ(world().verified().faults_total, 0);
}

}  // namespace

}  // namespace duban::scenarios
