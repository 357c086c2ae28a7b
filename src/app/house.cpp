#include "app/house.h"

#include <chrono>
#include <filesystem>

#include "app/locales.h"
#include "app/presented.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/encoding.h"
#include "reading/reading.h"
#include "registers/decisions.h"
#include "registers/recount.h"
#include "rules/rules.h"
#include "store/versions.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr auto kFollowEvery = std::chrono::milliseconds{100};
constexpr int kTendEvery = 10;  // of these
constexpr std::chrono::hours kRemoveEvery{1};
constexpr const char* kCheckpoints = "checkpoints";

store::SqliteOptions sqlite_options(const Settings& settings) {
    store::SqliteOptions options;
    options.path = settings.path(settings.database);
    options.functions = rules::functions();
    return options;
}

crypto::SecretKey load_sealing_key(const Settings& settings) {
    const std::string file = settings.keys + "/sealing.key";
    const auto bytes = crypto::hex_decode(read_file(file));
    const auto key = bytes ? crypto::SecretKey::from_bytes(*bytes) : std::nullopt;
    if (!key) {
        throw Problem{ProblemKind::Corrupt, "key.malformed", {{"file", file}}};
    }
    return *key;
}

/// What lies in a directory with settings is not begun anew when its database is gone.
std::unique_ptr<store::Store> open_house_store(const Settings& settings) {
    const std::string file = settings.path(settings.database);
    if (settings.postgres.empty() && has_settings(settings.directory) &&
        !std::filesystem::exists(file)) {
        throw Problem{ProblemKind::Corrupt, "data.database_missing", {{"file", file}}};
    }
    return open_store(settings);
}

/// Whoever acts claims only what he uploaded himself.
registers::ClaimFile claimer(files::Files& files) {
    return [&files](
               store::Transaction& tx,
               core::OrgId org,
               const core::Id& actor,
               const std::string& hash,
               std::string_view register_name,
               const core::Id& entry,
               std::string_view field
           ) {
        const auto parsed = crypto::Hash::parse_hex(hash);
        if (!parsed) {
            throw Problem{ProblemKind::NotFound, "file.not_found"};
        }
        files.claim(
            tx,
            {.org = org,
             .hash = *parsed,
             .register_name = std::string{register_name},
             .entry = entry,
             .field = std::string{field},
             .claimed_by = actor}
        );
    };
}

calendar::Date date_member(const core::Json& json, std::string_view name) {
    const auto date = calendar::Date::parse(core::find_string(json, name).value_or(""));
    if (!date) {
        throw Problem{
            ProblemKind::Invalid, "request.wrong_member", {{"member", std::string{name}}}
        };
    }
    return *date;
}

core::Id id_member(const core::Json& json, std::string_view name) {
    const auto id = core::Id::parse(core::find_string(json, name).value_or(""));
    if (!id) {
        throw Problem{
            ProblemKind::Invalid, "request.wrong_member", {{"member", std::string{name}}}
        };
    }
    return *id;
}

registers::Decision decision_of(const access::Proposal& proposal, const std::string& on) {
    const core::Json json = core::parse_json(proposal.payload);
    registers::Decision decision{
        .id = proposal.id,
        .title = core::find_string(json, "title").value_or(""),
        .paper = core::find_string(json, "paper").value_or(""),
        .registers = {},
        .from = date_member(json, "from"),
        .to = date_member(json, "to"),
        .recorder = id_member(json, "recorder"),
        .checker = id_member(json, "checker"),
        .decided_on = *calendar::Date::parse(on)
    };
    const core::Json* names = core::find_member(json, "registers");
    if (names == nullptr || !names->is_array() || names->get_array().empty()) {
        throw Problem{ProblemKind::Invalid, "request.wrong_member", {{"member", "registers"}}};
    }
    for (const core::Json& name : names->get_array()) {
        decision.registers.push_back(name.is_string() ? std::string{name.get_string()} : "");
    }
    return decision;
}

/// Every table, of every room. A new database is made, not migrated, and nothing to be told of.
void migrate(store::Store& store, const core::Clock& clock) {
    auto before = store::versions(store);
    journal::Journal::migrate(store);
    access::Access::migrate(store);
    files::Files::migrate(store);
    rules::migrate(store);
    search::migrate(store);
    registers::Registers::migrate(store);
    if (before.empty()) {
        return;
    }
    for (const auto& [room, version] : store::versions(store)) {
        if (before[room] != version) {
            log_event(
                clock,
                {{"event", "migrated"}, {"room", room}, {"from", before[room]}, {"to", version}}
            );
        }
    }
}

}  // namespace

std::unique_ptr<store::Store> open_store(const Settings& settings) {
    if (settings.postgres.empty()) {
        return store::open_sqlite(sqlite_options(settings));
    }
    return store::open_postgres(postgres_options(settings));
}

store::PostgresOptions postgres_options(const Settings& settings) {
    return {.connection = settings.postgres, .schema = settings.schema};
}

std::unique_ptr<store::ReadableStore> open_store_beside(const Settings& settings) {
    if (settings.postgres.empty()) {
        return store::open_sqlite_beside(sqlite_options(settings));
    }
    return open_store(settings);
}

std::string log_name(const Settings& settings) {
    return "duban/" + settings.installation;
}

crypto::NoteSigner load_signer(const Settings& settings) {
    const auto signer = crypto::NoteSigner::parse(read_file(settings.keys + "/log.key"));
    if (!signer) {
        throw Problem{
            ProblemKind::Corrupt, "key.malformed", {{"file", settings.keys + "/log.key"}}
        };
    }
    return *signer;
}

void make_keys(const Settings& settings, core::Random& random) {
    std::filesystem::create_directories(settings.keys);
    std::filesystem::permissions(settings.keys, std::filesystem::perms::owner_all);
    const std::string log_key = settings.keys + "/log.key";
    if (!std::filesystem::exists(log_key)) {
        write_file(
            log_key, crypto::NoteSigner::make(log_name(settings), random).secret_text(), true
        );
    }
    const std::string sealing_key = settings.keys + "/sealing.key";
    if (!std::filesystem::exists(sealing_key)) {
        write_file(sealing_key, crypto::hex_encode(random.bytes(crypto::SecretKey::kBytes)), true);
    }
}

const core::Clock& machine_clock() {
    static const core::SystemClock clock;
    return clock;
}

House::House(const Settings& settings, std::span<const api::WebFile> web, const core::Clock& clock)
    : clock_{clock},
      settings_{settings},
      store_{open_house_store(settings)},
      upkeep_{clock, stopped_, log_line} {
    migrate(*store_, clock_);
    checkpoints_ =
        std::make_unique<journal::Checkpoints>(load_signer(settings), log_name(settings));
    access_ = std::make_unique<access::Access>(*store_, journal_, clock_, random_);
    accounts_ = std::make_unique<access::Accounts>(
        *store_,
        journal_,
        *access_,
        clock_,
        random_,
        load_sealing_key(settings),
        settings.password_cost
    );
    proposals_ = std::make_unique<access::Proposals>(*store_, journal_, *access_, clock_, random_);
    files_ = std::make_unique<files::Files>(
        files::Options{.directory = settings.path("files"), .refuses = reading::bears_secrecy_mark},
        *store_,
        clock_,
        random_
    );
    registers_ = std::make_unique<registers::Registers>(
        *store_, journal_, *access_, clock_, random_, claimer(*files_)
    );
    adoption_ = std::make_unique<registers::Adoption>(*registers_);
    follower_ = std::make_unique<registers::SearchFollower>(*registers_, search_);
    listing_ = std::make_unique<registers::Listing>(*registers_);
    figures_ = std::make_unique<registers::Figures>(*registers_);
    verifications_ = std::make_unique<api::Verifications>(clock_);
    adoption_->load();
    offer_proposals();
    services_ = std::unique_ptr<api::Services>{new api::Services{
        .store = *store_,
        .journal = journal_,
        .checkpoints = *checkpoints_,
        .access = *access_,
        .accounts = *accounts_,
        .proposals = *proposals_,
        .registers = *registers_,
        .adoption = *adoption_,
        .follower = *follower_,
        .listing = *listing_,
        .figures = *figures_,
        .files = *files_,
        .search = search_,
        .sentences = sentences(),
        .events = events_,
        .metrics = metrics_,
        .clock = clock_,
        .stopped = stopped_,
        .verifications = *verifications_,
        .demo = settings.demo,
        .web = web
    }};
    api::add_routes(router_, *services_);
}

House::~House() {
    verifications_.reset();  // what runs reads in rooms that are about to go
    stopping_ = true;
    if (follower_thread_.joinable()) {
        follower_thread_.join();
    }
}

void House::offer_proposals() {
    proposals_->offer_directory_kinds();
    const auto reload = [this](core::OrgId org, const access::Proposal&) {
        adoption_->load();
        registers_->forget_profile(org);
    };
    proposals_->offer(
        "adopt",
        {.apply =
             [this](
                 store::Transaction& tx,
                 const access::Proposal& proposal,
                 const access::Approval& approval
             ) {
                 adoption_->adopt(
                     tx,
                     approval.author.org,
                     adoption_->plan_of(proposal.payload),
                     {approval.author.person, approval.author.approved_by},
                     approval.drawn.seed
                 );
             },
         .after_commit = reload}
    );
    proposals_->offer(
        "parameter",
        {.apply =
             [this](
                 store::Transaction& tx,
                 const access::Proposal& proposal,
                 const access::Approval& approval
             ) {
                 const core::Json json = core::parse_json(proposal.payload);
                 const core::Json* value = core::find_member(json, "value");
                 adoption_->set_parameter(
                     tx,
                     approval.author.org,
                     core::find_string(json, "pack").value_or(""),
                     core::find_string(json, "name").value_or(""),
                     value == nullptr ? core::Json(nullptr) : *value,
                     {approval.author.person, approval.author.approved_by},
                     approval.drawn.seed
                 );
             },
         .after_commit = reload}
    );
    proposals_->offer(
        "profile",
        {.apply = [this](
                      store::Transaction& tx,
                      const access::Proposal& proposal,
                      const access::Approval& approval
                  ) { change_profile(tx, proposal, approval); },
         .after_commit =
             [this](core::OrgId org, const access::Proposal&) {
                 registers_->forget_profile(org);
                 recount_due_ = true;
             }}
    );
    proposals_->offer(
        "backfill_decision",
        {.apply =
             [this](
                 store::Transaction& tx,
                 const access::Proposal& proposal,
                 const access::Approval& approval
             ) {
                 registers::put_decision(
                     tx,
                     journal_,
                     approval.author.org,
                     decision_of(proposal, approval.author.on),
                     approval.author.person,
                     approval.author.approved_by,
                     approval.drawn.at_ms,
                     approval.drawn.seed
                 );
             }}
    );
}

void House::change_profile(
    store::Transaction& tx, const access::Proposal& proposal, const access::Approval& approval
) {
    const core::OrgId org = approval.author.org;
    registers::change_profile(
        tx,
        journal_,
        {.org = org,
         .after = registers::agreed_change(
             registers::load_profile(tx, org), core::parse_json(proposal.payload)
         ),
         .actor = approval.author.person,
         .approved_by = approval.author.approved_by,
         .on = *calendar::Date::parse(approval.author.on),
         .now_ms = approval.drawn.at_ms,
         .seed = approval.drawn.seed}
    );
}

void House::catch_up() {
    recount();
    while (follower_->follow(kFirstOrg) > 0) {
    }
}

/// From the first entry on, for who was interrupted does not know how far it came.
void House::recount() {
    recount_due_ = false;
    try {
        std::optional<core::Id> after{core::Id{}};
        while (after && !stopping_) {
            after = registers::recount(*registers_, kFirstOrg, *after).after;
        }
    } catch (...) {
        recount_due_ = true;
        throw;
    }
}

void House::start_followers() {
    metrics_.gauge("duban_journal_position", "Records of the journal", [this] {
        std::int64_t size = 0;
        store_->read([&](store::Reader& reader) { size = journal_.head(reader, kFirstOrg).size; });
        return static_cast<double>(size);
    });
    metrics_.gauge("duban_search_position", "Records that search has followed", [this] {
        std::int64_t position = 0;
        store_->read([&](store::Reader& reader) {
            position = follower_->position(reader, kFirstOrg);
        });
        return static_cast<double>(position);
    });
    follower_thread_ = std::thread{[this] { follow(); }};
}

void House::sign_checkpoint() {
    const std::string note = checkpoints_->sign(*store_, kFirstOrg, clock_.now());
    if (note != kept_note_) {
        keep_checkpoint(settings_, note);
        kept_note_ = note;
    }
}

void House::tend() {
    upkeep_.attend(kCheckpoints, [&] { sign_checkpoint(); });
    // A journal that contradicts its checkpoint may be an older one than the files beside it.
    if (clock_.now() >= removal_due_ && !upkeep_.has_stopped(kCheckpoints)) {
        removal_due_ = clock_.now() + kRemoveEvery;
        upkeep_.attend("files", [&] { remove_unclaimed_files(); });
    }
}

/// A database without a record is not the one that evidence belongs to: somebody is still putting
/// a backup in its place, and no row says what is kept.
void House::remove_unclaimed_files() {
    std::int64_t records = 0;
    store_->read([&](store::Reader& reader) { records = journal_.head(reader, kFirstOrg).size; });
    if (records > 0) {
        files_->remove_unclaimed(kFirstOrg);
    }
}

/// Search, and what is tended: at most one signature a second.
void House::follow() {
    int rounds = 0;
    while (!stopping_) {
        bool is_behind = false;
        if (recount_due_) {
            upkeep_.attend("deadlines", [&] { recount(); });
        }
        upkeep_.attend("search", [&] { is_behind = follow_batch(); });
        if (is_behind) {
            continue;
        }
        if (++rounds % kTendEvery == 0) {
            tend();
        }
        std::this_thread::sleep_for(kFollowEvery);
    }
}

/// False: nothing was left to follow.
bool House::follow_batch() {
    std::int64_t behind = 0;
    store_->read([&](store::Reader& reader) {
        behind = journal_.head(reader, kFirstOrg).size - follower_->position(reader, kFirstOrg);
    });
    if (behind > 0) {
        follower_->follow(kFirstOrg);
    }
    return behind > 0;
}

}  // namespace duban::app
