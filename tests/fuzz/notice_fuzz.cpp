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

void check_measures(
    const std::vector<rectification::ProposedMeasure>& measures, const reading::Document& document
) {
    for (const rectification::ProposedMeasure& measure : measures) {
        core::check(
            measure.span.begin < measure.span.end && measure.span.end <= document.text.size(),
            "a measure has its place"
        );
        core::check(
            document.text.find(measure.sentence, measure.span.begin) < measure.span.end ||
                measure.sentence.empty(),
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
