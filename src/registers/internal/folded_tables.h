// The tables that lie beside the registers: their rows as records tell them, and as they are kept.
// Verification compares the two, replay writes the first (E17).

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registers/internal/folded_law.h"
#include "registers/internal/folding.h"
#include "store/store.h"

namespace duban::registers {

/// One of these tables. Every cell is bound and compared as the value it has in the database.
struct SideTable {
    std::string_view name;
    std::vector<std::string_view> columns;  ///< without org; the key's first
    std::size_t key = 0;                    ///< how many columns are the key
    /// Columns that are drawn anew by each run, or that records need not tell: written, and not
    /// compared.
    std::vector<std::string_view> free = {};
};

using SideRow = std::vector<store::Value>;

namespace side {

extern const SideTable kStep;
extern const SideTable kSignature;
extern const SideTable kDeadline;
extern const SideTable kBackfill;
extern const SideTable kCounter;
extern const SideTable kNumber;
extern const SideTable kParameter;
extern const SideTable kDecision;
extern const SideTable kTold;
extern const SideTable kLoosening;
/// Compared only when a record tells the profile.
extern const SideTable kProfile;
extern const SideTable kDay;

/// Those that a restore empties: all but the last two, which it overwrites when records tell them.
[[nodiscard]] const std::vector<const SideTable*>& all();

}  // namespace side

struct CounterKey {
    std::string register_name;
    core::Id unit;
    std::string state;
    auto operator<=>(const CounterKey&) const = default;
};
using Counters = std::map<CounterKey, std::int64_t>;

/// The last number given, by register and period.
using Numbers = std::map<std::pair<std::string, std::string>, std::int64_t>;

[[nodiscard]] std::vector<SideRow> step_rows(const FoldedEntry& entry, const std::string& name);
[[nodiscard]] std::vector<SideRow> signature_rows(
    const FoldedEntry& entry, const std::string& name
);
[[nodiscard]] std::vector<SideRow> deadline_rows(const FoldedEntry& entry, const std::string& name);
[[nodiscard]] std::vector<SideRow> backfill_rows(const FoldedEntry& entry, const std::string& name);
[[nodiscard]] std::vector<SideRow> counter_rows(const Counters& counters);
[[nodiscard]] std::vector<SideRow> number_rows(const Numbers& numbers);
[[nodiscard]] std::vector<SideRow> parameter_rows(const FoldedLaw& law);
[[nodiscard]] std::vector<SideRow> decision_rows(const FoldedLaw& law);
[[nodiscard]] std::vector<SideRow> told_rows(const FoldedLaw& law);
[[nodiscard]] std::vector<SideRow> loosening_rows(const FoldedLaw& law);
[[nodiscard]] std::vector<SideRow> profile_rows(const OrgProfile& profile);
[[nodiscard]] std::vector<SideRow> day_rows(const OrgProfile& profile);

/// The rows kept of `org`; `where` may narrow them, its parameters from $2 on.
[[nodiscard]] std::vector<SideRow> kept_rows(
    store::Reader& reader,
    const SideTable& table,
    core::OrgId org,
    std::string_view where = {},
    const std::vector<store::Value>& parameters = {}
);
void write_rows(
    store::Transaction& tx,
    const SideTable& table,
    core::OrgId org,
    const std::vector<SideRow>& rows
);

}  // namespace duban::registers
