// What a page states in figures: dates, quantities, counts of status, named documents.

#pragma once

#include <cstddef>
#include <vector>

#include "reading/zh/outline.h"
#include "reading/zh/page.h"
#include "reading/zh/quantities.h"
#include "reading/zh/zones.h"
#include "text/zh/dates.h"

namespace duban::reading::zh {

/// A date and its place on the page.
struct DatePlace {
    std::size_t paragraph = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    text::zh::DateText date;
};

struct Facts {
    std::vector<DatePlace> dates;
    std::vector<Quantity> quantities;
    std::vector<Count> counts;
    std::vector<Mention> documents;
};

[[nodiscard]] Facts find_facts(
    const Page& page, const Frame& frame, const std::vector<Item>& items, Diagnostics& diagnostics
);

/// The words that an amount counts, as 已完成整改 of 已完成整改19个: behind or before it in its
/// clause.
struct Counted {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< 0: it counts nothing that is known
};
[[nodiscard]] Counted find_counted(
    const Page& page, const Paragraph& paragraph, const Amount& amount
);

}  // namespace duban::reading::zh
