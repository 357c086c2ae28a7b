// The title of a document, over one to four lines.

#pragma once

#include <optional>
#include <vector>

#include "reading/zh/page.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {

/// The title's words; its paragraphs go into `frame`. nullopt when no line looks like one.
[[nodiscard]] std::optional<Mention> find_title(
    const Page& page, Frame& frame, Diagnostics& diagnostics
);

/// Whether `line` can be the name of a body: short, one piece, with the ending of one.
[[nodiscard]] bool is_body_name(std::u32string_view line);

}  // namespace duban::reading::zh
