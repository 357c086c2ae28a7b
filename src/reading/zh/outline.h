// The outline of a page: which paragraphs begin with a heading's marker, and how deep each stands.
//
// No marker has a fixed level. A kind of marker met for the first time goes one deeper than the
// heading before it; a kind that is open goes back to its own depth; a kind met again goes where
// this document had put it before.

#pragma once

#include <cstdint>
#include <vector>

#include "reading/zh/page.h"
#include "reading/zh/zones.h"
#include "text/zh/markers.h"

namespace duban::reading::zh {

struct Item {
    std::uint32_t paragraph = 0;
    text::zh::Marker marker;
    int level = 1;
    int parent = -1;
};

[[nodiscard]] std::vector<Item> find_outline(
    const Page& page, const Frame& frame, Diagnostics& diagnostics
);

}  // namespace duban::reading::zh
