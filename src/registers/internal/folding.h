// An entry as its records tell it, with everything that lies beside it in other tables: what
// verification compares with the tables, and what replay writes into them (E17).

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "registers/internal/folded_lineage.h"

namespace duban::registers {

struct FoldedStep {
    std::int64_t revision = 0;
    std::string action;
    core::Id actor;
    std::string state_before;
    std::string state_after;
};

struct FoldedSignature {
    std::int64_t revision = 0;  ///< of the record that gave it
    std::string action;
    std::size_t rule = 0;
    std::string standing;  ///< recorded, open, counted, void
    journal::Signature signature;
};

struct FoldedBackfill {
    std::int64_t revision = 0;
    core::Id decision;
    core::Id recorder;
    core::Id checker;  ///< nil: not yet confirmed
    std::string claimed_on;
    std::string paper;
    bool paper_known = false;  ///< records of early versions do not say it
};

/// A column of every register's table: the nearest of its deadlines.
inline constexpr const char* kDueOn = "due_on";

struct FoldedEntry {
    core::Id id;
    /// A record of it cannot be read or was altered, which is told elsewhere: nothing can be said.
    bool broken = false;
    std::int64_t position = -1;  ///< of its last record
    std::int64_t revision = 0;
    std::string state;
    std::string number;
    core::Id unit;
    core::Id opened_by;
    std::int64_t opened_at_ms = 0;
    std::int64_t changed_at_ms = 0;
    std::string due_on;
    std::map<std::string, core::Json> values;  ///< by the names of today; lists as arrays
    /// Fields whose values were erased or altered in the record; kDueOn: by an illegible version.
    std::set<std::string> unknown;
    /// A record of it stands under a version whose text is gone or altered. What its fields were
    /// called, and what the next version filled in, nobody can say.
    bool illegible = false;
    std::map<std::string, core::JsonObject> deadlines;
    std::vector<FoldedStep> steps;
    std::vector<FoldedSignature> signatures;
    std::vector<FoldedBackfill> backfills;

    /// A field's value; null or an empty list when no record tells one.
    [[nodiscard]] core::Json value(const declarations::Field& field) const;
};

/// Records whose bytes are not what was hashed: whole ones, or single names of the blob.
struct Tainted {
    std::set<std::int64_t> leaves;
    std::map<std::int64_t, std::set<std::string>> values;
};

/// Reads the entries of a register by portions, in the order of their ids. Of the store it needs
/// the reader of each call only.
class FoldedEntries {
public:
    FoldedEntries(core::OrgId org, const FoldedLineage& lineage, const Tainted& tainted);

    /// The next entries, at most `count`; fewer when these are the last.
    [[nodiscard]] std::vector<FoldedEntry> next(store::Reader& reader, std::size_t count);

private:
    /// The records of one name of the register, in order of entry, revision and position.
    struct Source {
        std::string name;
        core::Id entry;  ///< of the last record read
        std::int64_t revision = 0;
        std::int64_t position = -1;
        bool at_end = false;
        std::vector<std::pair<core::Id, journal::Record>> ahead;  ///< from `at` on not yet folded
        std::size_t at = 0;
    };

    void fill(store::Reader& reader, Source& source) const;
    [[nodiscard]] std::optional<core::Id> find_first(store::Reader& reader);

    core::OrgId org_;
    const FoldedLineage* lineage_;
    const Tainted* tainted_;
    std::vector<Source> sources_;
};

}  // namespace duban::registers
