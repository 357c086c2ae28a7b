// Who may do what: `reach` says which entries somebody's roles cover, `may` asks it for one
// entry, and every list is filtered by it (E19). Roles follow from posts and delegations on the
// day; nobody has a right of his own.
//
//     const Actor actor = access.actor(org, person, today);
//     const std::optional<Standing> as = may(actor, action.by, {entry, unit, opened_by});
//     if (!as) throw core::Problem{core::ProblemKind::Forbidden, "action.not_yours"};

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/directory.h"
#include "core/clock.h"
#include "core/guarded.h"
#include "core/id.h"
#include "core/random.h"
#include "declarations/model.h"
#include "journal/journal.h"
#include "store/store.h"

namespace duban::access {

class RecordedDirectory;

/// The three administrators: roles of posts like others, but the directory watches over them
/// (law 9): at least two persons, audit never with another.
inline constexpr std::string_view kSystemAdmin = "system_admin";
inline constexpr std::string_view kSecurityAdmin = "security_admin";
inline constexpr std::string_view kAuditAdmin = "audit_admin";
/// Whether a role is one of the three.
[[nodiscard]] bool is_administrator(std::string_view role);

/// A post held on the day, in one's own right or under a delegation.
struct Standing {
    core::Id post;  ///< nil for `self`
    core::Id unit;
    std::string role;
    bool outside = false;
    bool office = false;  ///< the post's unit is of kind office
    core::Id signed_for;  ///< delegated: the person whose post it is
    core::Id delegation;
    bool operator==(const Standing&) const = default;
};

/// Somebody who asks: the person counts, not the account (E22).
struct Actor {
    core::OrgId org;
    core::Id person;
    core::Id account;
    std::string name;
    std::string language = "zh";
    std::vector<Standing> standings;  ///< own ones first
    std::vector<core::Id>
        divided_units;  ///< units he holds in the division of work, with all below, sorted
    std::int64_t second_factor_at_ms = 0;  ///< when TOTP was last given in this session
    std::shared_ptr<const Directory> directory;
    /// For delegated standings: what each person signed for holds in the division of work, sorted.
    std::map<core::Id, std::vector<core::Id>> divided_units_of = {};

    [[nodiscard]] bool has_role(std::string_view role) const;  ///< own standing, not delegated
    [[nodiscard]] bool is_administrator() const;               ///< by an own standing
};

/// What of an entry decides about rights.
struct EntryFacts {
    core::Id entry;
    core::Id unit;
    core::Id opened_by;
};

/// Which entries a set of roles covers for an actor.
struct Reach {
    bool all = false;
    bool own = false;             ///< those he opened
    std::vector<core::Id> units;  ///< sorted, ≤ 1,000
    [[nodiscard]] bool none() const { return !all && !own && units.empty(); }
    [[nodiscard]] bool covers(const Actor& actor, const EntryFacts& facts) const;
};

/// Somebody's standings on `day` as `directory` has them; of a stranger, none. Pure: verification
/// asks it of a directory folded from records.
[[nodiscard]] Actor actor_of(
    std::shared_ptr<const Directory> directory,
    core::OrgId org,
    const core::Id& person,
    calendar::Date day
);

inline constexpr std::size_t kReachUnitsMax = 1000;

/// One decision for lists and entries (E19). `may` is `reach` of one role after the other asked
/// about one entry: the first standing that covers it, own ones before delegated ones.
/// A post of kind outside counts for the place `outside` and no other. `reach` throws
/// Problem{Rejected, "reach.too_many_units"} past kReachUnitsMax units that are not all.
[[nodiscard]] Reach reach(const Actor& actor, std::span<const declarations::Role> roles);
[[nodiscard]] std::optional<Standing> may(
    const Actor& actor, std::span<const declarations::Role> roles, const EntryFacts& facts
);
/// Every person who could stand in `role` for an entry of `unit`, delegates too, sorted: for the
/// model check, "who acts next" and the second signer. For `self` there is none.
[[nodiscard]] std::vector<core::Id> holders(
    const Directory& directory,
    const declarations::Role& role,
    const core::Id& unit,
    calendar::Date day
);

/// The five tables of the directory and their typed actions; written in the lane, recorded in the
/// journal as registers unit, person, post, delegation, division (E11).
class Access {
public:
    Access(
        store::Store& store,
        const journal::Journal& journal,
        const core::Clock& clock,
        core::Random& random
    );

    static void migrate(store::Store& store);

    /// The newest snapshot of an org.
    [[nodiscard]] std::shared_ptr<const Directory> directory(core::OrgId org) const;
    /// Forgets the snapshot: after restore, replay or a write by another room.
    void forget(core::OrgId org) const;
    /// Somebody's standings on `day`. Throws Problem{NotFound, "person.not_found"} for a stranger,
    /// {Forbidden, "person.has_left"} outside his own dates.
    [[nodiscard]] Actor actor(core::OrgId org, const core::Id& person, calendar::Date day) const;

    /// Who writes and on which day; `approved_by` is the second administrator for posts,
    /// delegations and the division of work (E10), nil in `init` and where one is enough.
    struct Author {
        core::OrgId org;
        core::Id person;
        core::Id approved_by;
        std::string on;
    };
    /// Opens the rows that are new and amends those that differ, each with its record; rows that
    /// are as they stand leave none. All or nothing up to kRowsPerJob rows, in such portions
    /// beyond. Throws the Problems of internal/row_rules.h and internal/administrators.h.
    void put(const Author& author, const std::vector<Unit>& units);
    void put(const Author& author, const std::vector<Person>& people);
    void put(const Author& author, const std::vector<Post>& posts);
    void put(const Author& author, const std::vector<Delegation>& delegations);
    void put(const Author& author, const std::vector<Division>& divisions);

    static constexpr std::size_t kRowsPerJob = 2000;  ///< E15

    /// What the records of one change need, drawn before the lane (E15).
    struct Drawn {
        std::int64_t at_ms = 0;
        std::string seed;  ///< 32 bytes
    };
    [[nodiscard]] Drawn draw() const;
    /// The id of a row that is to be opened.
    [[nodiscard]] core::Id make_id() const;
    /// As put, within the transaction of the caller, who calls forget() once it is durable.
    void put_in(
        store::Transaction& tx,
        const Author& author,
        const std::vector<Post>& posts,
        const Drawn& drawn
    ) const;
    void put_in(
        store::Transaction& tx,
        const Author& author,
        const std::vector<Delegation>& delegations,
        const Drawn& drawn
    ) const;
    void put_in(
        store::Transaction& tx,
        const Author& author,
        const std::vector<Division>& divisions,
        const Drawn& drawn
    ) const;

    /// Replay: applies one record of these five registers to the tables. False for another
    /// register.
    static bool replay(store::Transaction& tx, const journal::Draft& record);
    /// Replay, after its records: removes rows of the five tables that no record made, all but a
    /// person who has an account.
    static void remove_unrecorded(
        store::Transaction& tx, core::OrgId org, const RecordedDirectory& recorded
    );
    /// Folds the records (see RecordedDirectory) and compares them with the tables: table, row and
    /// field of each difference. Codes "directory.row_altered", "directory.row_missing",
    /// "directory.row_unrecorded".
    [[nodiscard]] std::vector<journal::Fault> compare_with_records(
        store::Reader& reader, core::OrgId org
    ) const;
    /// The same with records that were folded already.
    [[nodiscard]] static std::vector<journal::Fault> compare_with_records(
        store::Reader& reader, core::OrgId org, const RecordedDirectory& recorded
    );

private:
    /// `generation` grows with each forget(): a snapshot read before it is not kept after it.
    struct Kept {
        std::uint64_t generation = 0;
        std::shared_ptr<const Directory> directory;
    };

    template <typename Thing>
    void put_portions(const Author& author, const std::vector<Thing>& rows);
    template <typename Thing>
    void put_rows(
        store::Transaction& tx,
        const Author& author,
        const std::vector<Thing>& rows,
        const Drawn& drawn
    ) const;

    store::Store& store_;
    const journal::Journal& journal_;
    const core::Clock& clock_;
    core::Random& random_;
    mutable core::Guarded<std::map<core::OrgId, Kept>> snapshots_;
};

}  // namespace duban::access
