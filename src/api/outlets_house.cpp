#include "api/internal/outlet_sections.h"

namespace duban::api::internal {

namespace {

constexpr std::string_view kLog = "Public log";
constexpr std::string_view kHouse = "House";
constexpr std::string_view kPlain = "text/plain";

}  // namespace

std::vector<Outlet> house_outlets() {
    return {
        {.pattern = "/log/{org}/checkpoint",
         .id = "getCheckpoint",
         .tag = kLog,
         .summary = "The newest signed tree head, a C2SP checkpoint",
         .answers = {{200, "", kPlain}},
         .open = Open::ToAll},
        {.pattern = "/log/{org}/key",
         .id = "getVerifierKey",
         .tag = kLog,
         .summary = "The verifier key of the checkpoints",
         .answers = {{200, "", kPlain}},
         .open = Open::ToAll},
        {.pattern = "/log/{org}/consistency",
         .id = "getConsistency",
         .tag = kLog,
         .summary = "RFC 9162, 2.1.4.1: that the tree of `to` records begins with that of `from`",
         .query =
             {{"from", "integer", "Records of the earlier tree, at least 1"},
              {"to", "integer", "Records of the later tree; all when absent"}},
         .answers = {{200, "{from: integer, to: integer, proof: [hash]}"}},
         .open = Open::ToAll},
        {.pattern = "/log/{org}/tile/{tile...}",
         .id = "getTile",
         .tag = kLog,
         .summary = "A tile of hashes of the tree (C2SP tlog-tiles)",
         .answers = {{200, "", "application/octet-stream"}},
         .open = Open::ToAll},
        {.pattern = "/log/{org}/tile/entries/{tile...}",
         .id = "getEntryBundle",
         .tag = kLog,
         .summary = "The leaves of a tile (C2SP tlog-tiles), to the audit administrator",
         .answers = {{200, "", "application/octet-stream"}}},
        {.pattern = "/api/v1/journal",
         .id = "listRecords",
         .tag = kLog,
         .summary = "The leaves as they are hashed, to the audit administrator",
         .query =
             {{"from", "integer", "The first position; 0 when absent"},
              {"limit", "integer", "1 to 1,000; 100 when absent"}},
         .answers =
             {{200,
               "{size: integer, records: [{position: integer, leaf: text}], words: {..: {title: "
               "texts, actions: {..: texts}}}}"}}},
        {.pattern = "/api/v1/verification",
         .id = "getVerification",
         .tag = kHouse,
         .summary = "Whether a verification runs, and what the last one found; to administrators",
         .answers = {{200, "verification"}}},
        {.method = http::Method::Post,
         .pattern = "/api/v1/verification",
         .id = "beginVerification",
         .tag = kHouse,
         .summary = "Begin what `duban verify` does, unless it runs already",
         .answers = {{202, "verification"}}},
        {.pattern = "/api/v1/openapi.json",
         .id = "getDescription",
         .tag = kHouse,
         .summary = "This document",
         .answers = {{200, "object"}},
         .open = Open::ToAll},
    };
}

}  // namespace duban::api::internal
