#include "api/list_request.h"

#include <charconv>
#include <map>

#include "core/problem.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;

void add_filter(
    std::map<std::string, registers::Filter>& filters,
    const std::string& name,
    const std::string& value
) {
    constexpr std::size_t kValuesMax = 64;
    const auto [field, bound] = filter_name(name);
    registers::Filter& filter = filters[field];
    filter.field = field;
    if (bound == Bound::From) {
        filter.from = value;
    } else if (bound == Bound::To) {
        filter.to = value;
    } else if (filter.values.size() < kValuesMax) {
        filter.values.push_back(value);
    } else {
        throw Problem{ProblemKind::Invalid, "query.too_many_values", {{"field", field}}};
    }
}

}  // namespace

FilterName filter_name(const std::string& parameter) {
    for (const auto& [end, bound] :
         {std::pair{std::string_view{".from"}, Bound::From}, {".to", Bound::To}}) {
        if (parameter.ends_with(end)) {
            return {.field = parameter.substr(0, parameter.size() - end.size()), .bound = bound};
        }
    }
    return {.field = parameter};
}

registers::ListRequest list_request(
    const http::Request& request, const std::string& register_name
) {
    registers::ListRequest out;
    out.register_name = register_name;
    std::map<std::string, registers::Filter> filters;
    for (const auto& [name, value] : request.query.parameters()) {
        if (name == "view") {
            out.view = value;
        } else if (name == "sort") {
            out.sort = value;
        } else if (name == "at") {
            out.at = value;
        } else if (name == "cursor") {
            out.cursor = value;
        } else if (name == "below") {
            out.below = value == "true";
        } else if (name == "limit") {
            out.limit = limit_of(request, out.limit, registers::kPageMax);
        } else {
            add_filter(filters, name, value);
        }
    }
    for (auto& [name, filter] : filters) {
        out.filters.push_back(std::move(filter));
    }
    return out;
}

std::size_t limit_of(const http::Request& request, std::size_t initial, std::size_t most) {
    const auto value = request.query.find("limit");
    if (!value) {
        return initial;
    }
    std::size_t limit = 0;
    const auto end = std::from_chars(value->data(), value->data() + value->size(), limit);
    if (end.ec != std::errc{} || end.ptr != value->data() + value->size() || limit < 1 ||
        limit > most) {
        throw Problem{ProblemKind::Invalid, "query.value_malformed", {{"field", "limit"}}};
    }
    return limit;
}

}  // namespace duban::api
