// The head and the tail of a document: title, issuer, date, source, signature, secrecy mark.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reading/zh/page.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {

struct Head {
    std::optional<Mention> title;
    std::optional<Mention> issuer;
    std::optional<std::string> date;
    std::optional<Mention> source;
};

/// Finds title and signature, and writes their places into `frame`, before its zones are known.
[[nodiscard]] Head find_head(const Page& page, Frame& frame, Diagnostics& diagnostics);

/// 机密★1年 and the like, in the head of a document only (P14): running text may speak of secrets.
void find_secrecy_mark(const Page& page, std::size_t header_end, Diagnostics& diagnostics);

/// The paragraph where the text begins: a heading or the first long one.
[[nodiscard]] std::size_t header_end(const Page& page);

}  // namespace duban::reading::zh
