// What one action leaves behind: a leaf that is hashed for ever, and a blob of values and salts
// that can be erased lawfully (E16). The bytes are specified in docs/formats/record.md, frozen.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.h"
#include "core/json.h"
#include "crypto/digest.h"

namespace duban::journal {

/// One person's part in an action (P01).
struct Signature {
    core::Id person = {};        ///< who counts as the signer (E22)
    core::Id post = {};          ///< under which post
    std::string role = {};       ///< "office.reviewer"
    std::string kind = {};       ///< own, delegated, paper
    core::Id signed_for = {};    ///< delegated: whose post it is
    core::Id delegation = {};    ///< delegated: under which delegation
    core::Id recorded_by = {};   ///< paper: who recorded the sheet
    core::Id compared_by = {};   ///< paper: who compared it
    std::string signed_on = {};  ///< paper: the civil date on the sheet
    std::string words = {};      ///< what was written beside it
    std::string scan = {};       ///< paper: SHA-256 of the scanned sheet, hex
    std::int64_t at_ms = 0;      ///< when it was given, UTC milliseconds

    bool operator==(const Signature&) const = default;
};

/// A field as it stands after the action. A scalar has `value`; a list has `rows` instead.
/// Numbers are integers ≤ 2⁵³; decimals and money are strings; a sealed value is its ciphertext.
struct Change {
    std::string field = {};
    core::Json value = nullptr;
    bool is_list = false;
    std::vector<core::Json> rows = {};
};

/// The record that caused this one (`opens`, `acts`).
struct Cause {
    std::string register_name = {};
    core::Id entry = {};
    std::int64_t revision = 0;
    bool operator==(const Cause&) const = default;
};

/// What the lane hands to the journal.
struct Draft {
    core::OrgId org = {};
    std::string register_name = {};
    core::Id entry = {};
    std::int64_t revision = 1;  ///< the entry's revision after the action; 1 opens it
    std::string action = {};
    /// action, signature (a part of an open round), backfill, adoption, erasure
    std::string kind = "action";
    core::Id actor = {};
    core::Id post = {};  ///< the post acted for; nil for `self`
    core::Id unit = {};
    std::string number = {};  ///< after the action; empty: none yet
    std::string state_before = {};
    std::string state_after = {};
    std::string declaration = {};  ///< digest in force, hex
    std::string parameters = {};   ///< digest in force, hex
    std::vector<Signature> signatures = {};
    std::vector<Change> changes = {};
    std::vector<Change> inputs = {};
    std::optional<Cause> caused_by = {};
    /// Backfill and paper: when it is said to have happened.
    std::optional<std::int64_t> claimed_at_ms = {};
    std::string decision = {};  ///< backfill: the decision it stands under
    std::string on = {};        ///< the civil date in force, ISO
    /// Kind `erasure`: the fields whose values erase() destroyed in earlier records (P37).
    std::vector<std::string> erases = {};
    /// The register's very name is protected: names and states are committed to, not told (E24).
    bool hidden = false;
    /// Drawn before the lane; the journal never goes back in time.
    std::int64_t recorded_at_ms = 0;
    std::string salt_seed = {};  ///< 32 random bytes drawn before the lane; not stored
};

/// The name under which erase() and Draft::erases mean the words beside every signature.
inline constexpr std::string_view kSignatureWords = "signatures.words";

/// A record as it is kept.
struct Record {
    std::int64_t position = 0;  ///< from 0 in the org's tree
    std::int64_t recorded_at_ms = 0;
    std::string leaf = {};  ///< the canonical JSON that is hashed
    std::string blob = {};  ///< canonical JSON of salts and values

    /// The leaf and blob read back into the form of a draft (without salt_seed). Values that were
    /// erased come back as null. Throws Problem{Corrupt, "record.malformed"}.
    [[nodiscard]] Draft draft() const;
    [[nodiscard]] crypto::Hash leaf_hash() const;
    /// The name of the first field, list or input whose salt and value do not match the
    /// commitment in the leaf, or that the leaf commits to and the blob lacks; erased ones match.
    [[nodiscard]] std::optional<std::string> find_mismatch() const;
    /// The names whose salt and value were erased, each once, as erase() calls them.
    [[nodiscard]] std::vector<std::string> erased() const;
};

}  // namespace duban::journal
