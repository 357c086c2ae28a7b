#include "journal/internal/erasures.h"

namespace duban::journal {

void Erasures::add(
    std::int64_t position, const Draft& draft, const std::vector<std::string>& erased
) {
    for (const std::string& name : draft.erases) {
        recorded_[{draft.register_name, draft.entry, name}] = position;
    }
    for (const std::string& name : erased) {
        erased_.push_back({position, draft.register_name, draft.entry, name});
    }
}

std::vector<Erased> Erasures::unrecorded() const {
    std::vector<Erased> without;
    for (const Erased& one : erased_) {
        const auto found = recorded_.find({one.register_name, one.entry, one.name});
        if (found == recorded_.end() || found->second <= one.position) {
            without.push_back(one);
        }
    }
    return without;
}

}  // namespace duban::journal
