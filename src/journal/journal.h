// The journal: one append-only RFC 6962 tree of records per org, checkpoints as C2SP signed
// notes, proofs, and certificates that can be checked offline (E16, E24, E25).
//
//     store.write(org, [&](store::Transaction& tx) {
//         …rows…
//         const journal::Appended done = journal.append(tx, draft);
//     });

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/id.h"
#include "core/json.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "journal/record.h"
#include "store/store.h"

namespace duban::journal {

inline constexpr std::size_t kLeafBytesMax = 65535;

struct Appended {
    std::int64_t position = 0;
    std::int64_t recorded_at_ms = 0;  ///< max(draft's, the org's last record's): E18
    crypto::Hash leaf;
};

/// The tree as it stands in a reader's snapshot.
struct Head {
    std::int64_t size = 0;
    crypto::Hash root;
    std::int64_t last_recorded_at_ms = 0;
};

/// Where a tile stands (C2SP tlog-tiles).
struct TilePlace {
    unsigned level = 0;
    std::int64_t index = 0;
};

/// A fault that verification found: which record, or which row of the tree.
struct Fault {
    std::int64_t position = -1;  ///< of the record; -1 when it is none
    std::string code;            ///< "journal.leaf_altered"; all of them stand in README.md
    std::string detail;          ///< table, row and field: "d_record 1/17 leaf"
};

class Journal {
public:
    /// Tables d_record, d_tree, d_head, d_checkpoint.
    static void migrate(store::Store& store);

    /// Appends within `tx`: recorded if and only if `tx` commits. Throws
    /// Problem{Rejected, "entry.too_many_changes"} when the leaf would exceed kLeafBytesMax.
    Appended append(store::Transaction& tx, const Draft& draft) const;

    [[nodiscard]] Head head(store::Reader& reader, core::OrgId org) const;
    /// Records from `position` on, in order, until `each` returns false.
    void for_each(
        store::Reader& reader,
        core::OrgId org,
        std::int64_t position,
        const std::function<bool(const Record&)>& each
    ) const;
    /// Records of one entry by revision and position.
    [[nodiscard]] std::vector<Record> history(
        store::Reader& reader,
        core::OrgId org,
        std::string_view register_name,
        const core::Id& entry
    ) const;
    /// Every record of a register by position: of those that hold few, such as the org's profile.
    [[nodiscard]] std::vector<Record> records_of(
        store::Reader& reader, core::OrgId org, std::string_view register_name
    ) const;
    [[nodiscard]] std::optional<Record> find(
        store::Reader& reader, core::OrgId org, std::int64_t position
    ) const;

    /// RFC 9162 2.1.3 and 2.1.4, from stored complete nodes.
    [[nodiscard]] std::vector<crypto::Hash> inclusion_proof(
        store::Reader& reader, core::OrgId org, std::int64_t position, std::int64_t size
    ) const;
    [[nodiscard]] std::vector<crypto::Hash> consistency_proof(
        store::Reader& reader, core::OrgId org, std::int64_t from, std::int64_t to
    ) const;

    /// Up to 256 hashes of complete nodes of tree level 8·`level` from 256·`index` on, as C2SP
    /// tlog-tiles serve them; fewer at the right edge of a tree of `size`.
    [[nodiscard]] std::vector<crypto::Hash> tile(
        store::Reader& reader, core::OrgId org, TilePlace place, std::int64_t size
    ) const;

    /// Nulls the blob's salt and value of `field` (a change, an input, or kSignatureWords) in every
    /// record of the entry; every earlier proof still verifies (E26). The caller decided that it
    /// is lawful, and appends a record of kind `erasure` that names the field (P37), or verify()
    /// reports it. Returns the number of records it changed.
    std::int64_t erase(
        store::Transaction& tx,
        core::OrgId org,
        std::string_view register_name,
        const core::Id& entry,
        std::string_view field
    ) const;

    /// Recomputes every leaf hash, commitment, tree node and the head; the newest checkpoint's root
    /// too. Hands each fault to `found`; returns the number of records read.
    std::int64_t verify(
        store::Reader& reader, core::OrgId org, const std::function<void(const Fault&)>& found
    ) const;
};

/// Signs tree heads. Whoever calls it by the clock does so at most once a second per changed org
/// (E25); a certificate or a printed sheet may ask at any time.
class Checkpoints {
public:
    /// `origin` is "duban/<installation uuid>/<org>" without the org; the key never lies in the
    /// data directory's database.
    Checkpoints(crypto::NoteSigner signer, std::string origin_prefix);

    /// Signs the head when it is newer than the last checkpoint and keeps the note; returns the
    /// newest note text. Throws Problem{Corrupt, "journal.forked"} when the head does not continue
    /// the last checkpoint: an older state was put back, or the tree was changed.
    std::string sign(store::Store& store, core::OrgId org, core::Instant now) const;
    [[nodiscard]] std::optional<std::string> find_newest(store::Reader& reader, core::OrgId org)
        const;
    [[nodiscard]] std::string origin(core::OrgId org) const;
    [[nodiscard]] std::string verifier_key() const;

private:
    crypto::NoteSigner signer_;
    std::string origin_prefix_;
};

/// All that a stranger needs to check one entry: its leaves with their salts and values, the
/// checkpoint that covers them, an inclusion proof for each, and the `declarations` (bundle texts
/// by digest), `loosenings` and `verifier_key` the caller passes in `extra`. Throws
/// Problem{NotFound, "entry.not_found"} without records, and Problem{Conflict,
/// "certificate.not_covered"} when the note is older than the entry's last record: sign first.
/// Format: docs/formats/record.md, "Certificate".
[[nodiscard]] core::Json make_certificate(
    store::Reader& reader,
    const Journal& journal,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view checkpoint_note,
    const core::Json& extra
);

/// The outcome of checking a certificate with nothing but itself and a verifier key.
struct CertificateReport {
    bool valid = false;
    bool key_given = false;  ///< false: the certificate's own key was used, which proves nothing
    std::vector<std::string> faults;  ///< codes, first one first
    std::int64_t records = 0;
    std::int64_t own = 0;  ///< signatures of each kind
    std::int64_t delegated = 0;
    std::int64_t paper = 0;
    std::int64_t backfilled = 0;  ///< records
    std::string origin;
    std::int64_t tree_size = 0;
    std::string root;  ///< hex
};

/// `verifier_key` empty: the key in the certificate is used and named as unproven.
[[nodiscard]] CertificateReport check_certificate(
    const core::Json& certificate, std::string_view verifier_key
);

}  // namespace duban::journal
