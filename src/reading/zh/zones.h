// Which paragraphs are the text itself, and which stand around it: navigation, contents, lists of
// attachments, tables, what follows the signature.

#pragma once

#include <cstdint>
#include <vector>

#include "reading/zh/page.h"

namespace duban::reading::zh {

enum class Zone : std::uint8_t {
    Body,
    Title,
    Around,    ///< before the title, after the end
    Contents,  ///< table of contents
    List,      ///< list of attachments
    Table
};

/// The parts of a page, found before its outline.
struct Frame {
    std::size_t title_first = 0;  ///< paragraphs [first, last) are the title
    std::size_t title_last = 0;   ///< equal to first when there is none
    std::size_t signature = 0;    ///< paragraph of the signature's date; the count when none
    std::vector<Zone> zones;      ///< of every paragraph
    std::vector<bool> restarts;   ///< an attached document begins at this paragraph

    [[nodiscard]] bool is_text(std::size_t paragraph) const {
        return zones[paragraph] == Zone::Body;
    }
};

/// Gives every paragraph its zone; the title and the signature are known.
void find_zones(const Page& page, Frame& frame);

/// `text` without its blanks.
[[nodiscard]] std::u32string squeezed(std::u32string_view text);

}  // namespace duban::reading::zh
