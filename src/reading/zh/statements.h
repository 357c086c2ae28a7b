// Statements inside and at the head of paragraphs: 一是 …; 第一, …; 首先 …; and the words in which
// a document says how far a measure has come.

#pragma once

#include <optional>
#include <vector>

#include "reading/zh/outline.h"
#include "reading/zh/page.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {

struct Place {
    std::size_t paragraph = 0;
    int parent = -1;        ///< index of the nearest item
    std::size_t begin = 0;  ///< of the marker
    std::size_t body = 0;   ///< behind the marker
    std::size_t end = 0;
};

[[nodiscard]] std::vector<Place> find_statements(
    const Page& page, const Frame& frame, const std::vector<Item>& items, Diagnostics& diagnostics
);

/// The words of the verdict in [begin, end), as 已完成整改 in …。该问题已完成整改。; nullopt when
/// the text gives none.
[[nodiscard]] std::optional<Mention> find_status(
    const Page& page, const Paragraph& paragraph, std::size_t begin, std::size_t end
);

}  // namespace duban::reading::zh
