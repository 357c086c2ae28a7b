// What an org worked under, as its records tell it: adopted declarations, parameters, the
// profile, decisions on backfill. Whoever judges a record asks it for the law of that record's
// position (E10, E17).

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "declarations/reading.h"
#include "journal/record.h"
#include "registers/decisions.h"
#include "registers/org_profile.h"
#include "store/store.h"

namespace duban::registers {

/// A pack's version as it came into force for the org.
struct LawVersion {
    std::int64_t position = 0;  ///< of the record that says so
    std::string digest;
    std::string on;  ///< civil date of the adoption
    /// nullptr: its text is missing, or no longer has this digest.
    std::shared_ptr<const declarations::Pack> pack;
    /// From the version before.
    std::vector<declarations::Difference> differences;
    /// What both administrators read of each, as the record keeps it; empty when this program
    /// no longer tells the same differences apart.
    std::vector<std::string> words;
};

/// For one org and one thread.
class FoldedLaw {
public:
    explicit FoldedLaw(store::Reader& reader) : reader_{&reader} {}

    /// Takes in a record of the registers pack, parameter, profile and backfill_decision; false for
    /// others. Problem{Invalid} when a profile's record names what no profile has.
    bool add(const journal::Draft& record, std::int64_t position);

    /// The pack that was adopted under `digest`; nullptr when its text is gone or altered.
    [[nodiscard]] const declarations::Pack* find_text(const std::string& digest) const;
    /// Versions of a pack in the order in which they came into force; empty: never adopted.
    [[nodiscard]] const std::vector<LawVersion>& versions(std::string_view pack) const;
    /// Whether the text of every version is there and has its digest.
    [[nodiscard]] bool is_legible() const;
    /// The pack in force, after the records taken in, that declares the register; nullptr: none.
    [[nodiscard]] const LawVersion* find_declaring(std::string_view register_name) const;
    [[nodiscard]] const std::map<std::string, std::vector<LawVersion>, std::less<>>& packs() const {
        return versions_;
    }

    /// "pack.name" → value after the records taken in.
    [[nodiscard]] std::map<std::string, core::Json> parameters() const;
    /// The value of a parameter at `position`; nullopt: not set by then.
    [[nodiscard]] std::optional<core::Json> find_parameter(
        const std::string& name, std::int64_t position
    ) const;
    /// Whether the parameters ever had this digest (a request is prepared before the lane).
    [[nodiscard]] bool knows_parameters(const std::string& digest) const {
        return parameter_digests_.contains(digest);
    }
    /// How many signatures `rule` of a pack wanted at `position`.
    [[nodiscard]] std::int64_t wanted(
        const std::string& pack, const declarations::SignatureRule& rule, std::int64_t position
    ) const;

    struct Profile {
        core::Id record;  ///< what a deadline that is counted again names as its cause
        core::Id actor;
        OrgProfile profile;
    };
    /// After the records taken in; nullptr: no record tells one (an org older than such records).
    [[nodiscard]] const Profile* profile() const { return profile_ ? &*profile_ : nullptr; }

    [[nodiscard]] const std::map<core::Id, Decision>& decisions() const { return decisions_; }

private:
    struct Setting {
        std::int64_t position = 0;
        core::Json value;
    };

    void add_version(const journal::Draft& record, std::int64_t position);
    void add_profile(const journal::Draft& record);
    void add_decision(const journal::Draft& record);
    void note_parameters();
    [[nodiscard]] std::shared_ptr<const declarations::Pack> load(const std::string& digest);

    store::Reader* reader_;
    std::map<std::string, std::vector<LawVersion>, std::less<>> versions_;
    std::map<std::string, std::shared_ptr<const declarations::Pack>> loaded_;  ///< by digest
    std::map<std::string, std::vector<Setting>> parameters_;
    std::set<std::string> parameter_digests_;
    std::optional<Profile> profile_;
    std::map<core::Id, Decision> decisions_;
};

/// The text of a change of `record`; empty when it has none.
[[nodiscard]] std::string change_text(const journal::Draft& record, std::string_view field);

}  // namespace duban::registers
