// Lines to paragraphs: broken lines joined, a document on one line cut apart, page numbers dropped.

#pragma once

#include <vector>

#include "reading/zh/page.h"

namespace duban::reading::zh {

/// The paragraphs of `page`. Where lines were broken to a width, the breaks leave page.folded.
[[nodiscard]] std::vector<Paragraph> find_paragraphs(Page& page, Diagnostics& diagnostics);

/// Cuts a line that holds a whole document before its headings; one paragraph when there is
/// nothing to cut at.
[[nodiscard]] std::vector<Paragraph> cut_apart(const Page& page, const Paragraph& line);

}  // namespace duban::reading::zh
