#include "declarations/internal/faults.h"

#include <algorithm>
#include <tuple>

namespace duban::declarations {

void Faults::error(const Place& place, std::string_view code, core::Params params) {
    ++errors_;
    add(place, code, std::move(params), false);
}

void Faults::warn(const Place& place, std::string_view code, core::Params params) {
    add(place, code, std::move(params), true);
}

void Faults::add(const Place& place, std::string_view code, core::Params params, bool warning) {
    if (faults_.size() >= kFaultsMax) {
        return;
    }
    core::Texts text{{{"en", sentence_of(code, params)}}};
    faults_.push_back(
        {.place = place,
         .code = std::string{code},
         .text = std::move(text),
         .warning = warning,
         .params = std::move(params)}
    );
}

std::vector<Fault> Faults::take() {
    std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) <
               std::tie(b.place.file, b.place.line, b.place.column);
    });
    return std::move(faults_);
}

}  // namespace duban::declarations
