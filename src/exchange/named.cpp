#include "exchange/named.h"

#include <algorithm>

#include "text/fold.h"

namespace duban::exchange {

namespace {

template <typename Row>
std::vector<const Row*> rows_called(const std::vector<Row>& rows, const std::string& name) {
    std::vector<const Row*> out;
    for (const Row& row : rows) {
        if (plain(row.name) == name) {
            out.push_back(&row);
        }
    }
    return out;
}

}  // namespace

std::string plain(std::string_view text) {
    const std::string folded = text::nfkc(text);
    const auto first = folded.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return {};
    }
    return folded.substr(first, folded.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<const access::Unit*> units_called(
    const access::Directory& directory, const std::string& text
) {
    const auto id = core::Id::parse(text);
    if (const access::Unit* unit = id ? directory.find_unit(*id) : nullptr) {
        return {unit};
    }
    const auto coded = std::ranges::find(directory.units(), text, &access::Unit::code);
    if (coded != directory.units().end()) {
        return {&*coded};
    }
    return rows_called(directory.units(), plain(text));
}

std::vector<const access::Person*> people_called(
    const access::Directory& directory, const std::string& text
) {
    const auto id = core::Id::parse(text);
    if (const access::Person* person = id ? directory.find_person(*id) : nullptr) {
        return {person};
    }
    return rows_called(directory.people(), plain(text));
}

}  // namespace duban::exchange
