// A document for people, in Chinese.

#pragma once

#include <string>
#include <string_view>

#include "reading/reading.h"

namespace duban::reading::zh {

/// The sentence for a diagnostic's code: what is uncertain and why.
[[nodiscard]] std::string_view explanation(std::string_view code);

[[nodiscard]] std::string tree_text(const Document& document);

}  // namespace duban::reading::zh
