// Reading Chinese official documents.

#pragma once

#include <string>

#include "reading/reading.h"

namespace duban::reading::zh {

/// Fills `document` from its own text.
void read_text(Document& document);

}  // namespace duban::reading::zh
