// What somebody asks of an entry, and what comes of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/id.h"
#include "core/json.h"

namespace duban::registers {

/// A pen's signature, recorded by one person and compared by another (P01).
struct PaperSignature {
    core::Id signer;        ///< who signed the sheet
    std::string signed_on;  ///< ISO date on the sheet
    std::string words;      ///< what he wrote
    std::string scan;       ///< SHA-256 of the uploaded scan, hex
    core::Id compares;      ///< the recorded signature that this request confirms; nil: records one
};

/// Recording what was done before (P08).
struct Backfill {
    core::Id decision;       ///< the dated decision it stands under
    std::string state;       ///< the state the entry is set to
    std::string claimed_on;  ///< ISO date on which it is said to have happened
    std::string paper;       ///< 文号 or 档号
};

struct Request {
    std::string register_name;
    std::string action;
    core::Id entry;                        ///< nil for `open` and for a backfill that opens
    std::optional<std::int64_t> revision;  ///< If-Match; required unless the entry is opened
    core::Id unit;                         ///< open: whose entry it is; nil: the unit of the post
    core::Id post;                         ///< act for this post; nil: the first that may
    core::Json fields = core::JsonObject{};
    core::Json inputs = core::JsonObject{};
    std::string words;  ///< what a signer adds
    std::optional<PaperSignature> paper;
    std::optional<Backfill> backfill;
    std::string idempotency_key;  ///< empty: none
    bool from_sheet = false;      ///< the extract of a system that keeps the register (P04)
};

struct Applied {
    core::Id entry;
    std::int64_t revision = 0;
    std::string state;
    std::string number;
    std::int64_t position = 0;         ///< of its last record in the journal
    std::int64_t signatures_open = 0;  ///< still wanted before the action takes effect
    bool repeated = false;             ///< the idempotency key was seen; this is the first answer
};

}  // namespace duban::registers
