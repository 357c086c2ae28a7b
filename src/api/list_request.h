// The query of a list: filters, sort, page (docs/formats/api.md, section 5).

#pragma once

#include <string>

#include "http/message.h"
#include "registers/listing.h"

namespace duban::api {

/// Which values of a field a filter asks for: this one, or those from or up to it.
enum class Bound { Equal, From, To };

struct FilterName {
    std::string field;
    Bound bound = Bound::Equal;
};

/// What a parameter of a list filters: `x.from` and `x.to` bound the field x.
[[nodiscard]] FilterName filter_name(const std::string& parameter);

/// Parameters view, sort, at, cursor, below, limit; every other is a filter, `x.from` and `x.to` a
/// range. Problem{Invalid}: query.too_many_values, query.value_malformed.
[[nodiscard]] registers::ListRequest list_request(
    const http::Request& request, const std::string& register_name
);

/// The parameter limit, `initial` when absent: 1 to `most`, else Problem{Invalid,
/// "query.value_malformed"}.
[[nodiscard]] std::size_t limit_of(
    const http::Request& request, std::size_t initial, std::size_t most
);

}  // namespace duban::api
