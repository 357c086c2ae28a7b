// Notices of strangers, read into what a person confirms: every place lies in the text, and the
// proposal comes back from the JSON that the person gets to correct.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "core/json.h"
#include "reading/reading.h"
#include "rectification/notice.h"

namespace {

using namespace duban;

/// Whether `words` stand in `place` in their order, with what reading takes out between them: line
/// breaks, markup, invisible characters. An entity stands for another character: not compared.
bool stand_in(std::string_view words, std::string_view place) {
    std::size_t at = 0;
    for (const char c : words) {
        at = c == ' ' ? at : place.find(c, at);
        if (at == std::string_view::npos) {
            return false;
        }
        at += c == ' ' ? 0U : 1U;
    }
    return true;
}

void check_measures(
    const std::vector<rectification::ProposedMeasure>& measures, const reading::Document& document
) {
    for (const rectification::ProposedMeasure& measure : measures) {
        core::check(
            measure.span.begin < measure.span.end && measure.span.end <= document.text.size(),
            "a measure has its place"
        );
        const std::string_view place = std::string_view{document.text}.substr(
            measure.span.begin, measure.span.end - measure.span.begin
        );
        core::check(
            place.find('&') != std::string_view::npos || stand_in(measure.sentence, place),
            "a measure's sentence stands there"
        );
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const reading::Document document = reading::read(bytes);
    const rectification::Proposal proposal = rectification::propose(document);
    for (const rectification::ProposedItem& item : proposal.items) {
        core::check(!item.measures.empty(), "an item has measures");
        check_measures(item.measures, document);
    }
    check_measures(proposal.others, document);
    const core::Json json = rectification::to_json(proposal);
    core::check(
        rectification::to_json(rectification::from_json(json)) == json, "a proposal comes back"
    );
    return 0;
}
