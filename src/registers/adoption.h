// Adoption of packs while the server runs (E10): planned from files, approved by a second
// administrator, migrated, recorded with its differences in plain words, then in force.
//
//     const Plan plan = adoption.plan(declarations::pack_files("packs/foundation"));
//     if (plan.faults.empty()) { adoption.adopt(org, plan, {proposer, approver}); }

#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "declarations/reading.h"
#include "registers/registers.h"

namespace duban::registers {

/// What an adoption would do, before anybody decides.
struct Plan {
    declarations::Pack pack;
    std::string bundle;         ///< canonical JSON {path: text} of the files: what the digest is of
    std::string digest;         ///< SHA-256 of the bundle, hex
    std::string digest_before;  ///< of the version in force; empty: a new pack
    std::vector<declarations::Fault> faults;  ///< errors and warnings
    std::vector<declarations::Difference> differences;
    std::set<std::string> drops;  ///< "register.field" or "register" whose data may be lost

    [[nodiscard]] bool refused() const;  ///< some fault is an error
};

/// What the language knows and this version does not carry out: refused, never half-done.
[[nodiscard]] std::vector<declarations::Fault> unsupported_faults(const declarations::Pack& pack);

/// The two administrators of a change, and the day.
struct Administrators {
    core::Id proposer;
    core::Id approver;
};

/// The parameter `name` of `pack`, whose value may be `value`. Problem{NotFound,
/// "parameter.not_found"}, {Invalid, "parameter.wrong_type"}, {Rejected, "parameter.too_low"}.
[[nodiscard]] const declarations::Parameter& parameter_for(
    const declarations::Model& model,
    const std::string& pack,
    const std::string& name,
    const core::Json& value
);

class Adoption {
public:
    explicit Adoption(Registers& registers) : registers_{registers} {}

    /// Everything that speaks against `files`, and everything they change. What could lose data is
    /// a fault "pack.loses_data" or "pack.narrows_field" that names the field, unless `drops` names
    /// it; what no migration brings over is one in any case ("field.not_convertible",
    /// "field.rename_overlaps", "state.in_use", "register.name_spent").
    [[nodiscard]] Plan plan(
        std::span<const declarations::SourceFile> files, std::set<std::string> drops = {}
    ) const;

    /// A plan as a proposal carries it, and back.
    [[nodiscard]] static std::string payload(const Plan& plan);
    [[nodiscard]] Plan plan_of(const std::string& payload) const;

    /// Migrates, records and keeps the plan inside the transaction of an approval. Throws
    /// Problem{Rejected, "pack.faulty"} when the plan is refused, Problem{Conflict,
    /// "pack.changed_meanwhile"} when another version came into force since it was made, Problem{
    /// Conflict, "state.in_use"} when an entry came since to a state that goes.
    void adopt(
        store::Transaction& tx,
        core::OrgId org,
        const Plan& plan,
        const Administrators& by,
        const std::string& seed
    ) const;

    /// Reads what is adopted and puts it in force: at start and after each adoption. Does nothing
    /// while no pack is adopted.
    void load() const;

    /// The packs in force whose text is not the one that was adopted: its digest is another.
    [[nodiscard]] static std::vector<std::string> altered_packs(store::Reader& reader);

    /// The text of an adopted pack version by its digest, as certificates and verification need it.
    [[nodiscard]] static std::string bundle(store::Reader& reader, const std::string& digest);
    /// The pack that a bundle holds; Problem{Corrupt, "pack.faulty"}.
    [[nodiscard]] static declarations::Pack pack_of(const std::string& bundle);

    /// Sets a parameter of a pack for the org: checked against its declaration, recorded with the
    /// value before. Refuses as parameter_for().
    void set_parameter(
        store::Transaction& tx,
        core::OrgId org,
        const std::string& pack,
        const std::string& name,
        const core::Json& value,
        const Administrators& by,
        const std::string& seed
    ) const;

private:
    Registers& registers_;
};

}  // namespace duban::registers
