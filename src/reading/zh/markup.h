// Remains of HTML and Markdown, taken out of folded text.

#pragma once

#include "text/fold.h"

namespace duban::reading::zh {

/// `folded` without tags, entities, emphasis signs and invisible characters; block tags become line
/// breaks. Unknown <words> stay.
[[nodiscard]] text::Folded without_markup(const text::Folded& folded);

}  // namespace duban::reading::zh
