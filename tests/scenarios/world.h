// A house with the demonstration in it, served on a free port, and people who speak to it by HTTP.
//
//     const Reply opened = world().open(world().unit_clerk, "concurrent_post", fields);
//     world().refuse(stranger, {.path = opened.path()}, 404, "entry.not_found");
//
// It is made once and shared by all scenarios: each brings its own people and entries.

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/demo.h"
#include "app/house.h"
#include "contract.h"
#include "http/client.h"
#include "http/server.h"
#include "registers/verification.h"
#include "store/testing.h"

namespace duban::scenarios {

struct Reply {
    int status = 0;
    core::Json body;
    http::Headers headers;

    [[nodiscard]] std::string text(std::string_view member) const;
    [[nodiscard]] std::int64_t integer(std::string_view member) const;
    [[nodiscard]] const core::JsonArray& list(std::string_view member) const&;
    const core::JsonArray& list(std::string_view member) const&& = delete;
    [[nodiscard]] std::string header(std::string_view name) const;
    /// Of an entry.
    [[nodiscard]] std::string id() const { return text("id"); }
    [[nodiscard]] std::string state() const { return text("state"); }
    [[nodiscard]] std::int64_t revision() const { return integer("revision"); }
    [[nodiscard]] std::string path() const;
};

struct Call {
    http::Method method = http::Method::Get;
    std::string path;
    std::string query = {};
    std::optional<core::JsonObject> body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string raw = {};  ///< a body that is no JSON
};

/// Goes on from a Tuesday in a year whose calendar is shipped, so that no scenario depends on the
/// day it is run.
class WorldClock final : public core::Clock {
public:
    [[nodiscard]] core::Instant now() const override {
        return kBegin +
               std::chrono::floor<std::chrono::milliseconds>(
                   std::chrono::steady_clock::now() - begun_
               ) +
               passed_.load();
    }
    void pass(std::chrono::milliseconds time) { passed_ = passed_.load() + time; }

private:
    /// 2026-11-24 09:30 in Asia/Shanghai.
    static constexpr core::Instant kBegin =
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::minutes{90};
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::atomic<std::chrono::milliseconds> passed_ = std::chrono::milliseconds{0};
};

/// A post to be held: the unit and the role.
struct Wanted {
    core::Id unit;
    std::string role;
};

class World {
public:
    World();
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    core::Id system_admin, security_admin, unit_clerk, unit_head, office_clerk, office_head;
    core::Id reviewer, second_reviewer;
    core::Id office, finance, school;

    // The directory, changed by the two administrators.
    core::Id add_person(const std::string& name, const std::vector<Wanted>& posts);
    void delegate(const core::Id& post, const core::Id& to);
    /// A post of kind outside: inspectors, auditors.
    core::Id add_outsider(const std::string& name, const core::Id& unit, const std::string& role);
    /// Below the office where no parent is given.
    core::Id add_unit(const std::string& name, const core::Id& parent, access::UnitKind kind);
    /// The unit's last day was yesterday.
    void abolish_unit(const core::Id& unit);
    [[nodiscard]] std::vector<core::Id> posts_of(const core::Id& person, const std::string& role)
        const;
    /// A new account, its password still the one shown once.
    std::string add_account(const core::Id& person, const std::string& name);

    // Requests. `as` nil: nobody is signed in.
    Reply send(const core::Id& as, const Call& call, const std::string& language = "zh");
    Reply get(const core::Id& as, const std::string& path, const std::string& query = {});
    /// Until search has followed all that was written.
    void wait_for_index();
    Reply open(
        const core::Id& as,
        const std::string& register_name,
        core::JsonObject fields,
        const core::Id& unit = {}
    );
    /// At the entry's newest revision; `body` as docs/formats/api.md, section 7.
    Reply act(
        const core::Id& as,
        const std::string& entry_path,
        const std::string& action,
        core::JsonObject body = {}
    );
    [[nodiscard]] Call action(
        const std::string& entry_path,
        const std::string& action,
        std::int64_t revision,
        core::JsonObject body = {}
    ) const;
    /// The hash of an uploaded paper.
    std::string upload(const core::Id& as, const std::string& bytes);

    /// Sends it in Chinese and in English: status and code are as expected, and the sentence is
    /// one for people, in the language asked for.
    Reply refuse(const core::Id& as, const Call& call, int status, const std::string& code);

    // A concurrent post of the unit's clerk, handed in when `filed`.
    core::JsonObject post_fields(const core::Id& as, const std::string& body);
    Reply application(const core::Id& as, const std::string& body);
    Reply filed(const core::Id& as, const std::string& body);

    /// The org's civil date, `days` from today, ISO.
    [[nodiscard]] std::string day(int days = 0) const;
    /// As if so much time went by; for minutes: other scenarios of this world go on on the same
    /// day.
    void pass(std::chrono::milliseconds time) { clock_.pass(time); }
    /// What a control finds now: the reasons by the entry's id.
    std::map<std::string, std::string> hits(const std::string& control);
    /// Proposed and approved over HTTP; the proposal's id.
    std::string agree(const core::JsonObject& proposal);
    /// The calendar is loaded anew, with one more day of rest, and what waited for it is counted.
    void load_calendar(const std::string& rest_day);
    /// A dated decision on backfill over HTTP, proposed and approved; its id.
    std::string backfill_decision(
        const std::vector<std::string>& registers, const core::Id& recorder, const core::Id& checker
    );
    /// What `duban verify` says.
    registers::Report verified();

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    std::string token(const core::Id& person, const std::string& language);
    /// The secret of a session of his, as the pages carry it in their cookie.
    std::string session(const core::Id& person);
    /// Somebody of another org of this house, who holds `role` in its only unit.
    core::Id add_other_org(core::OrgId org, const std::string& role);
    /// The rooms behind the server: for what a test computes of its own.
    [[nodiscard]] const api::Services& services() const { return house_->services(); }
    [[nodiscard]] const http::Router& router() const { return house_->router(); }
    [[nodiscard]] access::Access::Author author() const;
    /// The OpenAPI document as of what is adopted: all that is sent here is held to it.
    [[nodiscard]] std::shared_ptr<const Contract> contract() const;

private:
    void find_people();
    [[nodiscard]] core::OrgId org_of(const core::Id& person) const;

    store::TestDirectory directory_;
    std::unique_ptr<store::TestSchema> schema_;
    app::Settings settings_;
    WorldClock clock_;
    std::unique_ptr<app::House> house_;
    std::unique_ptr<http::Server> server_;
    std::map<std::pair<core::Id, std::string>, std::string> tokens_;
    std::map<core::Id, std::string> sessions_;
    std::map<core::Id, core::OrgId> others_;  ///< people of other orgs
    int accounts_ = 0;

    struct Current {
        std::shared_ptr<const registers::Adopted> adopted;
        std::shared_ptr<const Contract> contract;
    };
    mutable core::Guarded<Current> current_;
};

class Scenario : public testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    static World& world() { return *world_; }

private:
    static std::unique_ptr<World> world_;
};

[[nodiscard]] std::string entry_path(const std::string& register_name, const std::string& id);
/// The member `name` of an object as text; empty when it is none.
[[nodiscard]] std::string text_of(const core::Json& object, std::string_view name);
/// How long the units, people and posts of these worlds hold.
[[nodiscard]] access::Span since_2020();

}  // namespace duban::scenarios
