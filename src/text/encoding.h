// Bytes of an unknown document to text: UTF-8 where it is well-formed, else GB 18030, else what
// can be saved. "The text as read" of E32: BOM off, CRLF to LF, nothing else.
//
//     const text::Decoded read = text::decode(bytes);
//     read.text;                       // always well-formed UTF-8

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duban::text {

enum class Encoding { Utf8, Gb18030, Utf16, Damaged };

struct Decoded {
    std::string text;
    Encoding encoding = Encoding::Utf8;  ///< Damaged: malformed bytes were replaced by U+FFFD
};

/// Decodes `bytes`, whatever they are. UTF-16 is taken only with its byte order mark.
[[nodiscard]] Decoded decode(std::string_view bytes);
/// Decodes the beginning of something longer: what was cut off within a character falls away.
[[nodiscard]] Decoded decode_beginning(std::string_view bytes);

/// GB 18030 to UTF-8 by ICU; nullopt when some byte is not GB 18030.
[[nodiscard]] std::optional<std::string> from_gb18030(std::string_view bytes);
/// UTF-8 to GB 18030 by ICU, for papers that older programs read.
[[nodiscard]] std::string to_gb18030(std::string_view text);

}  // namespace duban::text
