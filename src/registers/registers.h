// Registers: the one path by which an entry changes (law 1).
//
// `apply` prepares on the caller's thread (parse, authorise, validate, draw ids and salts) and
// commits in the lane of the org: revision and rights, number, rows, guards on the rows as
// written, signatures, deadlines, counters, record, all in one transaction.
//
//     const Applied done = registers.apply(actor, {.register_name = "concurrent_post",
//         .action = "file", .entry = id, .revision = 3});

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "core/clock.h"
#include "core/guarded.h"
#include "core/random.h"
#include "journal/journal.h"
#include "registers/adopted.h"
#include "registers/org_profile.h"
#include "registers/request.h"
#include "store/store.h"

namespace duban::registers {

struct Context;

/// E15: what one job of the lane may hold.
inline constexpr std::size_t kRequestsMax = 2000;

/// Ties an uploaded file to the field of an entry that names it, within the transaction. `actor`
/// is who uploaded it; nil when another entry that claims the file caused this one.
using ClaimFile = std::function<void(
    store::Transaction& tx,
    core::OrgId org,
    const core::Id& actor,
    const std::string& hash,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view field
)>;

/// One entry as it stands, its values in the form in which the API shows them.
struct Entry {
    core::Id id;
    core::Id unit;
    core::Id opened_by;
    std::string number;
    std::string title;  ///< of its title field; empty where it has none, or it is sealed
    std::string state;
    std::int64_t revision = 0;
    std::int64_t opened_at_ms = 0;
    std::int64_t changed_at_ms = 0;
    std::string due_on;       ///< ISO date of the nearest running deadline; empty: none
    core::JsonObject fields;  ///< every field, null where empty
};

/// A deadline of an entry (P11, P22).
struct RunningDeadline {
    std::string name;
    std::string first_on;  ///< the first approved date: never changes
    std::string due_on;    ///< today's
    bool provisional = false;
    std::string started_on;
    std::string paused_on;   ///< empty: runs
    std::string stopped_on;  ///< empty: runs
    std::string holder;      ///< role
    std::string light;       ///< green, blue, yellow, red, paused, stopped
};

class Registers {
public:
    Registers(
        store::Store& store,
        const journal::Journal& journal,
        access::Access& access,
        const core::Clock& clock,
        core::Random& random,
        ClaimFile claim_file
    );

    /// Duban's own tables of this room.
    static void migrate(store::Store& store);

    /// Puts `adopted` in force for all requests that begin from now on.
    void enforce(std::shared_ptr<const Adopted> adopted);
    /// What is in force. Problem{Unavailable, "pack.none_adopted"} before the first adoption.
    [[nodiscard]] std::shared_ptr<const Adopted> adopted() const;
    /// The same, or nullptr before the first adoption.
    [[nodiscard]] std::shared_ptr<const Adopted> find_adopted() const;

    /// The org's profile as kept; cached until `forget_profile`.
    [[nodiscard]] std::shared_ptr<const OrgProfile> profile(core::OrgId org) const;
    void forget_profile(core::OrgId org) const;
    /// The civil date of the org now.
    [[nodiscard]] calendar::Date today(core::OrgId org) const;

    /// The one path. Throws Problem with the codes of docs/formats/api.md.
    Applied apply(const access::Actor& actor, const Request& request);
    /// Whether apply() would carry the request out now: throws what it would throw, and changes
    /// nothing.
    void try_out(const access::Actor& actor, const Request& request) const;
    /// All or none of at most kRequestsMax requests, in one transaction: throws what the first
    /// refused one throws.
    std::vector<Applied> apply_all(const access::Actor& actor, std::span<const Request> requests);

    /// An entry the actor may read; Problem{NotFound, "entry.not_found"} otherwise, also when it
    /// exists and may not be read.
    [[nodiscard]] Entry entry(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const core::Id& id
    ) const;
    /// The same, nullopt where entry() refuses.
    [[nodiscard]] std::optional<Entry> find_entry(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const core::Id& id
    ) const;
    /// The entry of this number that the actor may read; nullopt likewise.
    [[nodiscard]] std::optional<core::Id> find_number(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const std::string& number
    ) const;
    /// The light of the entry's nearest running deadline by its day alone; empty: none runs. Where
    /// a register declares several deadlines, the steps of the first one count.
    [[nodiscard]] std::string light(
        core::OrgId org, const declarations::Register& declared, const Entry& entry
    ) const;
    /// How many signatures the action wants of this org (P35).
    [[nodiscard]] std::int64_t signatures_wanted(
        core::OrgId org, const declarations::Register& declared, const declarations::Action& action
    ) const;
    [[nodiscard]] std::vector<RunningDeadline> deadlines(
        store::Reader& reader, core::OrgId org, std::string_view register_name, const core::Id& id
    ) const;

    /// The actions the actor may take on the entry now, with what is wanted of him.
    struct Offer {
        const declarations::Action* action = nullptr;
        core::Id post;
        std::string role;
        std::int64_t signatures_given = 0;
        std::int64_t signatures_wanted = 0;
    };
    [[nodiscard]] std::vector<Offer> offers(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const Entry& entry
    ) const;

    /// The signatures of the open round of `action` that the actor may see, those recorded from
    /// paper and not yet compared too. While a blind round is open one sees what one signed,
    /// recorded or compared oneself, and, who may not sign, the sheets that wait for a comparison.
    struct GivenSignature {
        core::Id id;
        journal::Signature signature;
        bool counts = false;
    };
    [[nodiscard]] std::vector<GivenSignature> round(
        store::Reader& reader,
        const access::Actor& actor,
        const Entry& entry,
        const declarations::Action& action
    ) const;
    /// The signatures of open blind rounds that the actor may not see: no outlet tells of them.
    [[nodiscard]] std::vector<journal::Signature> unseen(
        store::Reader& reader,
        const access::Actor& actor,
        std::string_view register_name,
        const Entry& entry
    ) const;

    [[nodiscard]] store::Store& store() const { return store_; }
    [[nodiscard]] const journal::Journal& journal() const { return journal_; }
    [[nodiscard]] access::Access& access() const { return access_; }
    [[nodiscard]] const core::Clock& clock() const { return clock_; }
    [[nodiscard]] core::Random& random() const { return random_; }

private:
    [[nodiscard]] Context context_of(const access::Actor& actor, const Request& request) const;
    Applied apply_in(
        store::Transaction& tx,
        const access::Actor& actor,
        const Request& request,
        Context& context,
        const std::string& seed
    ) const;

    store::Store& store_;
    const journal::Journal& journal_;
    access::Access& access_;
    const core::Clock& clock_;
    core::Random& random_;
    ClaimFile claim_file_;
    mutable core::Guarded<std::shared_ptr<const Adopted>> adopted_;
    mutable core::Guarded<std::map<core::OrgId, std::shared_ptr<const OrgProfile>>> profiles_;
};

}  // namespace duban::registers
