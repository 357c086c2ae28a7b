#include "api/outlets.h"

#include <algorithm>
#include <iterator>

#include "api/internal/outlet_sections.h"

namespace duban::api {

const std::vector<Outlet>& outlets() {
    static const std::vector<Outlet> kOutlets = [] {
        std::vector<Outlet> all;
        for (const auto section :
             {internal::session_outlets,
              internal::register_outlets,
              internal::entry_outlets,
              internal::finding_outlets,
              internal::reading_outlets,
              internal::administration_outlets,
              internal::house_outlets}) {
            std::ranges::move(section(), std::back_inserter(all));
        }
        return all;
    }();
    return kOutlets;
}

const Outlet* find_outlet(http::Method method, std::string_view pattern) {
    const auto found = std::ranges::find_if(outlets(), [&](const Outlet& outlet) {
        return outlet.method == method && outlet.pattern == pattern;
    });
    return found == outlets().end() ? nullptr : &*found;
}

}  // namespace duban::api
