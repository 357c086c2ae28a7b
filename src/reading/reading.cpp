#include "reading/reading.h"

#include <algorithm>

#include "reading/zh/read.h"
#include "text/encoding.h"

namespace duban::reading {

namespace {

/// The parts of a file's name, each a paragraph of its own: what ends or parts them is no word.
std::string name_as_lines(std::string_view file_name) {
    std::string lines;
    for (const char c : file_name) {
        if (c == '-' || c == '_' || c == '.') {
            lines += "\n\n";
        } else {
            lines += c;
        }
    }
    return lines;
}

}  // namespace

bool Document::has(std::string_view code) const {
    return std::ranges::any_of(diagnostics, [&](const Diagnostic& diagnostic) {
        return diagnostic.code == code;
    });
}

bool Document::is_marked_secret() const {
    return has("secrecy.mark");
}

Document read(std::string_view bytes) {
    Document document;
    text::Decoded decoded = text::decode(bytes.substr(0, kReadBytesMax));
    document.text = std::move(decoded.text);
    if (bytes.size() > kReadBytesMax) {
        document.diagnostics.push_back(
            {"document.cut",
             std::to_string(bytes.size()),
             {document.text.size(), document.text.size()}}
        );
    }
    if (decoded.encoding == text::Encoding::Damaged) {
        const std::size_t first = document.text.find("\xEF\xBF\xBD");
        document.diagnostics.push_back({"encoding.damaged", "\xEF\xBF\xBD", {first, first + 3}});
    }
    if (const std::size_t nul = document.text.find('\0'); nul != std::string::npos) {
        document.diagnostics.push_back({"document.not_text", {}, {nul, nul + 1}});
    }
    zh::read_text(document);
    return document;
}

bool bears_secrecy_mark(std::string_view file_name, std::string_view beginning) {
    return read(name_as_lines(file_name)).is_marked_secret() ||
           read(text::decode_beginning(beginning).text).is_marked_secret();
}

}  // namespace duban::reading
