// Any bytes are read: no crash, no throw, and every promise of reading.h about places holds.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reading/reading.h"
#include "text/utf8.h"

namespace {

using duban::reading::Document;
using duban::reading::Span;

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_span(const Document& document, const Span& span) {
    must(span.begin <= span.end && span.end <= document.text.size());
    const std::string_view cut =
        std::string_view{document.text}.substr(span.begin, span.end - span.begin);
    must(!duban::text::find_invalid(cut));
}

void check(const Document& document) {
    int index = 0;
    for (const auto& heading : document.outline) {
        must(heading.parent < index);
        must(
            heading.level ==
            (heading.parent < 0
                 ? 1
                 : document.outline[static_cast<std::size_t>(heading.parent)].level + 1)
        );
        check_span(document, heading.span);
        ++index;
    }
    for (const auto& measure : document.measures) {
        must(measure.parent < index);
        check_span(document, measure.span);
    }
    for (const auto& mention : document.documents) {
        check_span(document, mention.span);
    }
    for (const auto& quantity : document.quantities) {
        check_span(document, quantity.place.span);
    }
    for (const auto& date : document.dates) {
        must(
            date.from.has_value() == date.to.has_value() && (!date.from || *date.from <= *date.to)
        );
        check_span(document, date.place.span);
    }
    for (const auto& diagnostic : document.diagnostics) {
        check_span(document, diagnostic.span);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const Document document = duban::reading::read(bytes);
    must(!duban::text::find_invalid(document.text));
    check(document);
    static_cast<void>(duban::core::json_text(duban::reading::to_json(document)));
    static_cast<void>(duban::reading::tree_text(document));
    return 0;
}
