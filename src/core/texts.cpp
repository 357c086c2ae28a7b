#include "core/texts.h"

namespace duban::core {

std::string_view Texts::in(std::string_view tag) const {
    const std::string_view primary = tag.substr(0, tag.find('-'));
    for (const std::string_view wanted :
         {tag, primary, std::string_view{"zh"}, std::string_view{"en"}}) {
        if (const auto found = by_tag.find(wanted); found != by_tag.end()) {
            return found->second;
        }
    }
    return by_tag.empty() ? std::string_view{} : by_tag.begin()->second;
}

}  // namespace duban::core
