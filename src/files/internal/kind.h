// What a file is, by its content and never by its name.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duban::files {

inline constexpr std::size_t kKindHeadBytes = 4096;
inline constexpr std::size_t kKindTailBytes = 65536;

/// The media type of a file that begins with `head` and ends with `tail`. What is not known, and
/// what a browser could run, is "application/octet-stream" or "text/plain".
[[nodiscard]] std::string kind_of(std::string_view head, std::string_view tail);

/// Whether a file of this kind is read as text, or could be: GB 18030 and UTF-16 have no kind.
[[nodiscard]] bool may_be_text(std::string_view kind);

}  // namespace duban::files
