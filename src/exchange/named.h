// Who and what of the directory a person means by what he writes: an id, a unit's code, a name. A
// sheet and the command line mean the same by it.
//
//     const auto people = people_called(directory, "Ann Sample");   // two: the name does not tell

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/directory.h"

namespace duban::exchange {

/// Trimmed, full-width characters as half-width ones: what numbers, dates and names are read from.
[[nodiscard]] std::string plain(std::string_view text);

/// By id or code one at most; by name all that are called so.
[[nodiscard]] std::vector<const access::Unit*> units_called(
    const access::Directory& directory, const std::string& text
);
/// By id one at most; by name all that are called so.
[[nodiscard]] std::vector<const access::Person*> people_called(
    const access::Directory& directory, const std::string& text
);

}  // namespace duban::exchange
