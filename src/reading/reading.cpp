#include "reading/reading.h"

#include <algorithm>

#include "reading/zh/read.h"
#include "text/encoding.h"

namespace duban::reading {

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

}  // namespace duban::reading
