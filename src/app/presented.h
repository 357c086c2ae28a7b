// Checkpoints that came from elsewhere, as files that somebody kept: `curl …/checkpoint >> FILE`
// leaves several in one (E25).

#pragma once

#include <string>
#include <vector>

#include "app/house.h"
#include "app/settings.h"
#include "crypto/note.h"
#include "journal/signed_head.h"
#include "registers/verification.h"

namespace duban::app {

/// Whose signature counts: the key given, or the one in the directory of keys.
/// Problem{Corrupt, "key.malformed"} when it is none.
[[nodiscard]] crypto::NoteVerifier log_verifier(const Settings& settings, const std::string& key);
/// Of the first org.
[[nodiscard]] std::string log_origin(const Settings& settings);

/// The heads in `files`, in their order. What is none of this log is a fault of `report`: its code,
/// and the file with its place among the notes there.
[[nodiscard]] std::vector<journal::SignedHead> presented_heads(
    const Settings& settings,
    const std::vector<std::string>& files,
    const std::string& key,
    registers::Report& report
);

/// Holds the heads in `files` against the journal; what does not fit is a fault of `report`:
/// "checkpoint.records_lost", "checkpoint.forked", or "checkpoint.given_up" when a restoring says
/// that it was known.
void check_presented(
    const Settings& settings,
    const std::vector<std::string>& files,
    const std::string& key,
    registers::Report& report
);

/// One line for each fault, on standard output.
void print_faults(const registers::Report& report);

/// The newest checkpoint in the database, if the log's key signed it.
[[nodiscard]] std::vector<journal::SignedHead> newest_signed(
    const Settings& settings, store::Reader& reader
);

/// The newest checkpoint of this house, kept beside the key, where no backup of the data comes: it
/// tells when the data were put back (E25).
[[nodiscard]] std::string kept_checkpoint_file(const Settings& settings);
/// Problem{Unavailable, "file.not_writable"}.
void keep_checkpoint(const Settings& settings, const std::string& note);
/// Empty: none is kept.
[[nodiscard]] std::vector<std::string> kept_checkpoint(const Settings& settings);

/// Refuses to serve by a pack whose text was altered: Problem{Corrupt,
/// "serve.declaration_altered"}; and where records are missing: {Corrupt, "serve.records_lost"} or
/// {Corrupt, "serve.forked"} when the journal does not continue its newest checkpoint, or the one
/// kept beside the key, unless a restoring gave that up; {Corrupt, "serve.checkpoint_malformed"}
/// when the latter is none (E25).
void require_continued(const House& house, const Settings& settings);

}  // namespace duban::app
