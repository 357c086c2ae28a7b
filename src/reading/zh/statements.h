// Statements inside and at the head of paragraphs: 一是 …; 第一, …; 首先 …; and the words in which
// a document says how far a measure has come.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reading/zh/outline.h"
#include "reading/zh/page.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {

struct Place {
    std::uint32_t paragraph = 0;
    int parent = -1;          ///< index of the nearest item
    std::uint32_t event = 0;  ///< of the marker
    std::uint32_t begin = 0;  ///< of the marker
    std::uint32_t body = 0;   ///< behind the marker
    std::uint32_t end = 0;
};

[[nodiscard]] std::vector<Place> find_statements(
    const Page& page, const Frame& frame, const std::vector<Item>& items, Diagnostics& diagnostics
);

/// A part of a paragraph. `event` is an event of the paragraph that does not stand behind `begin`,
/// and not far before it.
struct Part {
    std::uint32_t event = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The words of the verdict in `part`, as 已完成整改 in …。该问题已完成整改。; nullopt when the
/// text gives none.
[[nodiscard]] std::optional<Mention> find_status(
    const Page& page, const Paragraph& paragraph, const Part& part
);

}  // namespace duban::reading::zh
