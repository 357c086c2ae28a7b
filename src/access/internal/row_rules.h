// What a row of the directory must be, given all the others as they stand after the change.

#pragma once

#include <vector>

#include "access/directory.h"

namespace duban::access::internal {

inline constexpr std::size_t kNameBytesMax = 600;

/// Each throws Problem{Rejected, …} for the first row that cannot be: codes `directory.*`,
/// `unit.*`, `person.*`, `post.*`, `delegation.*`, `division.*`. `before` is the directory as it
/// stood, `after` as it would be.
void check_rows(const std::vector<Unit>& rows, const Directory& before, const Directory& after);
void check_rows(const std::vector<Person>& rows, const Directory& before, const Directory& after);
void check_rows(const std::vector<Post>& rows, const Directory& before, const Directory& after);
void check_rows(
    const std::vector<Delegation>& rows, const Directory& before, const Directory& after
);
void check_rows(const std::vector<Division>& rows, const Directory& before, const Directory& after);

}  // namespace duban::access::internal
