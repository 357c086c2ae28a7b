// The record `store.restored`: that a backup was put in place, of how many records, and with which
// signed heads it was compared (E25). The program writes it itself; nobody is its actor.
//
//     put_restored(tx, journal, org, {.id = id, .records = 1204, …}, at_ms, seed);
//
// It stands at the position that it names, so everybody sees where the journal went on from. Heads
// it does not hold are those of records that were given up knowingly.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.h"
#include "journal/signed_head.h"

namespace duban::registers {

inline constexpr std::string_view kStore = "store";
inline constexpr std::string_view kRestored = "restored";

/// A head that somebody knew of when the store was restored.
struct ComparedHead {
    std::string source;  ///< who knew: docs/formats/record.md
    journal::SignedHead head;
    bool held = true;  ///< false: given up
};

struct RestoredStore {
    core::Id id;
    std::int64_t records = 0;  ///< of the backup
    crypto::Hash root;
    std::int64_t made_at = 0;  ///< UTC milliseconds; 0: not known
    std::vector<ComparedHead> compared;
    std::int64_t faults = 0;  ///< that verification found, and somebody went on from
    std::string decided;      ///< who decided to go on, and why; empty: there was nothing to
    std::string on;           ///< civil date
    std::int64_t position = 0;

    /// Records that a compared head signs and the backup does not have.
    [[nodiscard]] std::int64_t lost() const;
};

void put_restored(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    const RestoredStore& restored,
    std::int64_t at_ms,
    std::string_view salt_seed
);

[[nodiscard]] bool is_restored(const journal::Draft& draft);
/// nullopt when it is none that put_restored could have written.
[[nodiscard]] std::optional<RestoredStore> find_restored(
    const journal::Draft& draft, std::int64_t position
);
/// Every restoring that the journal tells of, in order.
[[nodiscard]] std::vector<RestoredStore> restored_stores(store::Reader& reader, core::OrgId org);
/// The restoring that gave up the records `head` signs: it named this head, or one beyond it.
[[nodiscard]] std::optional<RestoredStore> find_giving_up(
    store::Reader& reader, core::OrgId org, const journal::SignedHead& head
);

}  // namespace duban::registers
