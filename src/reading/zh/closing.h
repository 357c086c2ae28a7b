// Who inspected whom and when; until when the public may look; how to reach the issuer.

#pragma once

#include <optional>
#include <vector>

#include "reading/zh/facts.h"
#include "reading/zh/outline.h"
#include "reading/zh/page.h"
#include "reading/zh/zones.h"

namespace duban::reading::zh {

[[nodiscard]] Contacts find_contacts(const Page& page, const Frame& frame);

/// The range behind 公开期限 or the like.
[[nodiscard]] std::optional<Window> find_window(
    const Page& page, const std::vector<DatePlace>& dates
);

/// From the paragraphs before the first heading.
[[nodiscard]] Inspection find_inspection(
    const Page& page,
    const Frame& frame,
    const std::vector<Item>& items,
    const std::vector<DatePlace>& dates
);

}  // namespace duban::reading::zh
