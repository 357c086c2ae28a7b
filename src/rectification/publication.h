// Approved publications 公示 as they stood on the day of approval (P12), gathered as the account
// that publishes: through the API and nothing else, so that nobody publishes what he may not read.
//
//     const std::vector<Publication> all = gather(desk, {"GS-2026-001"});
//     write_bundle(folder, bundle_of(all, look));       // rectification/bundle.h

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/texts.h"

namespace duban::rectification {

/// How the house is asked: the JSON of a good answer, the bytes of a file. A refusal is thrown.
struct Desk {
    std::function<core::Json(const std::string& path, const std::string& query)> json;
    std::function<std::string(const std::string& path)> bytes;
};

/// One entry of the ledgers as it is published.
struct PublishedBlock {
    std::string caption;
    std::string source_words;  ///< the sentence it goes back to; may be empty
    std::string source_place;
    std::string account;
    std::string said;  ///< code of the state as published
    core::Texts said_title;
    std::string register_name;
    std::string number;      ///< of the entry; its id where it has none
    core::Json certificate;  ///< of the entry until the approval, in part
};

struct Channels {
    std::string phone;
    std::string mail;
    std::string postal;
};

struct PublishedText {
    std::string bytes;
    std::string type;  ///< as found by content: text/plain, application/pdf …
    std::string sha256;
};

struct Publication {
    std::string id;
    std::string number;
    std::string heading;
    std::string issuer;
    std::string state;  ///< approved, released, ended, superseded
    std::string as_of;  ///< ISO dates; empty where there is none
    std::string window_from;
    std::string window_to;
    std::string released_on;
    std::string ended_on;
    std::string superseded_on;
    std::string supersedes;     ///< number
    std::string superseded_by;  ///< number, among those gathered
    Channels channels;
    PublishedText text;
    std::vector<PublishedBlock> blocks;
    /// Ground and how many; empty unless the leading group resolved to say it (P13).
    std::vector<std::pair<core::Texts, std::int64_t>> withheld;
    core::Json certificate;  ///< of the publication until its approval, in part

    /// Its window is over and its page was to be taken down.
    bool taken_down = false;
};

/// All publications that were released, and those of `numbers` that are approved; the newest first.
/// Problem{NotFound, "publication.not_found"} for a number that is none, Problem{Rejected,
/// "publication.not_approved"} for one that was not approved.
[[nodiscard]] std::vector<Publication> gather(
    const Desk& desk, const std::vector<std::string>& numbers
);

}  // namespace duban::rectification
