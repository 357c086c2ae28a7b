// Leaf and blob: a draft written down, and read back from bytes that may have been altered.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "journal/record.h"

namespace duban::journal {

/// The two texts of a record.
struct Texts {
    std::string leaf;
    std::string blob;
};

inline constexpr std::int64_t kRecordVersion = 1;

/// Writes `draft` down, recorded at `recorded_at_ms`. A Bug when the draft has a name twice or a
/// number that is no safe integer.
[[nodiscard]] Texts write_texts(const Draft& draft, std::int64_t recorded_at_ms);

/// A leaf and a blob taken apart, commitments unchecked.
struct Parts {
    core::JsonObject leaf;
    core::JsonObject blob;
};

/// nullopt unless both are canonical JSON objects of safe integers and the leaf is of version 1.
[[nodiscard]] std::optional<Parts> find_parts(const Record& record);

/// The draft that `parts` were written from; nullopt when a member is missing or of a wrong type.
[[nodiscard]] std::optional<Draft> find_draft(const Parts& parts);

/// One commitment of the leaf with what lies for it in the blob.
struct Commitment {
    std::string_view section;     ///< changes, inputs, words, hidden
    std::string name;             ///< within the section
    const core::Json* committed;  ///< in the leaf
    const core::Json* kept;       ///< in the blob; nullptr when the blob lacks it
};

/// A commitment's name as erase() and find_mismatch() call it.
[[nodiscard]] std::string public_name(const Commitment& commitment);

/// All commitments of the leaf. The pointers live as long as `parts`.
[[nodiscard]] std::vector<Commitment> commitments_of(const Parts& parts);

/// Whether salt and value give the commitment; erased ones match.
[[nodiscard]] bool matches(const Commitment& commitment);

/// Whether the blob holds a name that the leaf does not commit to in `all`: its name, or empty.
[[nodiscard]] std::string find_surplus(const Parts& parts, const std::vector<Commitment>& all);

}  // namespace duban::journal
