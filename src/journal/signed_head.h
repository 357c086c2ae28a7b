// Tree heads that somebody kept elsewhere, held against the journal that is here (E25).
//
//     for (const std::string& note : journal::notes_in(file)) {
//         const SignedHead head = journal::open_signed_head(note, verifier, origin, "file:3");
//         if (journal::standing_of(reader, org, head) != Standing::Held) …
//     }

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "store/store.h"

namespace duban::journal {

struct SignedHead {
    std::int64_t size = 0;
    crypto::Hash root;
    bool operator==(const SignedHead&) const = default;
};

/// The notes of a text that holds one after another, as they were appended to it; what is no note
/// stands among them as it is.
[[nodiscard]] std::vector<std::string> notes_in(std::string_view text);

/// What `note` says, when the key of `verifier` signed it and it is of the log `origin`. Throws
/// Problem{Invalid, "checkpoint.malformed"}, {Invalid, "checkpoint.unsigned"} with the key's name,
/// or {Invalid, "checkpoint.foreign"} with both origins; each with the `place` where it stood.
[[nodiscard]] SignedHead open_signed_head(
    std::string_view note,
    const crypto::NoteVerifier& verifier,
    const std::string& origin,
    const std::string& place
);

enum class Standing {
    Held,    ///< the journal began so
    Short,   ///< it has fewer records: the last ones were lost
    Forked,  ///< it has as many, and others
};
/// By the stored nodes of the tree; that they are those of the records, verify() says. Throws
/// Problem{Corrupt, "journal.tree_missing"}.
[[nodiscard]] Standing standing_of(store::Reader& reader, core::OrgId org, const SignedHead& head);
/// The root of the first `size` records; throws Problem{NotFound, "journal.size_unknown"} when
/// there are fewer, and as standing_of.
[[nodiscard]] crypto::Hash root_at(store::Reader& reader, core::OrgId org, std::int64_t size);

/// Removes the newest checkpoints that the database keeps and its journal does not hold: somebody
/// recorded that they were given up.
void forget_unheld(store::Transaction& tx, core::OrgId org);

}  // namespace duban::journal
