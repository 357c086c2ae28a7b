// From a notice that was read to what a person confirms: the notice, its items 整改事项 and their
// measures, each with its place in the text (P17, E39). A heading is never turned into a fault.
//
//     const Proposal proposal = propose(reading::read(bytes));
//     proposal.items.size();   // 12 for the sample notice
//     confirm(registers, actor, proposal, {.decision = …, …});

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "access/access.h"
#include "core/id.h"
#include "core/json.h"
#include "reading/reading.h"
#include "registers/registers.h"

namespace duban::rectification {

struct ProposedMeasure {
    std::string marker;    ///< 一是
    std::string heading;   ///< its first sentence, without the marker
    std::string sentence;  ///< all of it, without the marker
    reading::Span span;
};

struct ProposedItem {
    std::string part;    ///< the heading of level 1 above it
    std::string area;    ///< the heading of level 2 above it
    std::string marker;  ///< 1.
    std::string heading;
    reading::Span span;
    std::vector<ProposedMeasure> measures;
};

struct Proposal {
    std::string title;
    std::string issuer;
    std::string source;
    std::string date;  ///< ISO; empty: the document does not say
    std::string window_from;
    std::string window_to;
    std::string inspecting_body;
    std::string feedback_on;
    std::string text_sha256;  ///< of the text as read, hex
    std::string paper;        ///< hash of the document as uploaded; empty: it is not kept
    std::vector<ProposedItem> items;
    std::size_t parts = 0;                ///< headings of level 1
    std::vector<ProposedMeasure> others;  ///< statements outside every item
};

/// Items are the headings that have measures and a heading of level 2 or more above them, or, in a
/// document of fewer levels, every heading that has measures. Statements directly under a part
/// stand in `others`.
[[nodiscard]] Proposal propose(const reading::Document& document);

/// The proposal as `duban import` prints it and a person may correct it, and back.
/// from_json: Problem{Invalid, "notice.proposal_malformed"}.
[[nodiscard]] core::Json to_json(const Proposal& proposal);
[[nodiscard]] Proposal from_json(const core::Json& json);

/// Under which decision and for which units a proposal is confirmed.
struct Confirmation {
    core::Id decision;       ///< of backfill (P08)
    std::string claimed_on;  ///< ISO; the notice's date
    std::string paper;       ///< what the entries refer to
    core::Id unit;           ///< whose entries they become, where `unit_of` says nothing
    std::function<core::Id(const ProposedItem&)> unit_of;  ///< may be empty
};

struct EnteredEntry {
    std::string register_name;
    registers::Applied applied;
};

struct Confirmed {
    core::Id notice;
    std::int64_t items = 0;
    std::int64_t measures = 0;
    std::vector<EnteredEntry> entries;  ///< all of them, in order
};

/// Enters the notice, its items and measures as backfill, each by the one path, with idempotency
/// keys made of the text's digest: confirming twice enters nothing twice. Problem{Rejected,
/// "notice.empty"} when there is nothing to enter.
Confirmed confirm(
    registers::Registers& registers,
    const access::Actor& actor,
    const Proposal& proposal,
    const Confirmation& confirmation
);

}  // namespace duban::rectification
