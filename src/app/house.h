// The whole house, built from the general to the specific: the only place where objects are made
// and wired (design, "Rooms").

#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "api/routes.h"
#include "app/settings.h"
#include "app/upkeep.h"
#include "crypto/random.h"

namespace duban::app {

inline constexpr core::OrgId kFirstOrg{1};

/// The machine's own, which every program but a test goes by.
[[nodiscard]] const core::Clock& machine_clock();

class House {
public:
    /// Opens or creates the database of `settings` and brings its tables up to date. Takes the
    /// data directory's lock: Problem{Unavailable, "store.in_use"} while a server has it.
    /// `web`: the web application to answer at `/`. It and the clock outlive the house.
    explicit House(
        const Settings& settings,
        std::span<const api::WebFile> web = {},
        const core::Clock& clock = machine_clock()
    );
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    ~House();

    /// Starts what follows the journal, search and checkpoints, and tends files. Stops with the
    /// house.
    void start_followers();
    /// Follows until nothing is left, in this thread.
    void catch_up();
    /// What is done beside answering, once, in this thread: a checkpoint when the tree has grown,
    /// kept beside the key too, and each hour the removal of uploads that nothing claimed within a
    /// day. What fails is logged and never thrown.
    void tend();

    [[nodiscard]] const api::Services& services() const { return *services_; }
    [[nodiscard]] const http::Router& router() const { return router_; }
    [[nodiscard]] core::Random& random() { return random_; }
    [[nodiscard]] http::Metrics& metrics() { return metrics_; }
    [[nodiscard]] const core::Clock& clock() const { return clock_; }

private:
    void offer_proposals();
    void change_profile(
        store::Transaction& tx, const access::Proposal& proposal, const access::Approval& approval
    );
    void recount();
    void follow();
    bool follow_batch();
    void sign_checkpoint();
    void remove_unclaimed_files();

    const core::Clock& clock_;
    Settings settings_;
    std::string kept_note_;  ///< the checkpoint that was last kept beside the key
    crypto::SystemRandom random_;
    std::unique_ptr<store::Store> store_;
    journal::Journal journal_;
    std::unique_ptr<journal::Checkpoints> checkpoints_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<access::Accounts> accounts_;
    std::unique_ptr<access::Proposals> proposals_;
    std::unique_ptr<files::Files> files_;
    search::Search search_;
    std::unique_ptr<registers::Registers> registers_;
    std::unique_ptr<registers::Adoption> adoption_;
    std::unique_ptr<registers::SearchFollower> follower_;
    std::unique_ptr<registers::Listing> listing_;
    std::unique_ptr<registers::Figures> figures_;
    http::EventHub events_;
    http::Metrics metrics_;
    std::unique_ptr<api::Verifications> verifications_;
    std::unique_ptr<api::Services> services_;
    http::Router router_;
    api::StoppedWork stopped_;
    Upkeep upkeep_;
    core::Instant removal_due_{};
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> recount_due_ = true;  ///< what a stop interrupted is finished
    std::thread follower_thread_;
};

/// The database of `settings` as it is: no table is made or changed. Problem{Unavailable,
/// "store.in_use"} when another process holds it (SQLite).
[[nodiscard]] std::unique_ptr<store::Store> open_store(const Settings& settings);
[[nodiscard]] store::PostgresOptions postgres_options(const Settings& settings);
/// The same to be read and copied beside a server that may have it open.
[[nodiscard]] std::unique_ptr<store::ReadableStore> open_store_beside(const Settings& settings);

/// "duban/<installation>": the name of the key, and before "/<org>" the origin of each log (E25).
[[nodiscard]] std::string log_name(const Settings& settings);
/// The key that signs the log. Problem{Corrupt, "key.malformed"} with the file when it is none.
[[nodiscard]] crypto::NoteSigner load_signer(const Settings& settings);

/// Makes the keys of a new installation in settings.keys, unless they are there.
void make_keys(const Settings& settings, core::Random& random);

}  // namespace duban::app
