#include <algorithm>

#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kViewsMax = 20;
constexpr std::size_t kFiltersMax = 8;

bool has_own_column(const Field& field) {
    return field.type != FieldType::Links && field.type != FieldType::Rows && !field.many;
}

class ViewReader {
public:
    ViewReader(const MapReader& map, const Register& declared, const Values& values)
        : map_{map}, declared_{declared}, values_{values} {}

    void read(View& view) const {
        view.title = map_.texts("title");
        static_cast<void>(map_.load("columns"));
        view.columns = known_names(
            map_.names("columns"), all_fields(kEntryColumns, false), "view.unknown_column", values_
        );
        const auto filters = few("filters");
        view.filters =
            known_names(filters, all_fields(kEntryFilters, true), "view.unknown_filter", values_);
        view.sorts = sorts();
        std::vector<std::string_view> states;
        for (const State& state : declared_.procedure.states) {
            states.push_back(state.name);
        }
        view.states = known_names(map_.names("states"), states, "state.unknown", values_);
    }

private:
    /// `with` and the fields; only those a list can be ordered or narrowed by when `columns_only`.
    [[nodiscard]] std::vector<std::string_view> all_fields(
        std::span<const std::string_view> with, bool columns_only
    ) const {
        std::vector<std::string_view> names{with.begin(), with.end()};
        for (const Field& field : declared_.fields) {
            if (!columns_only || (has_own_column(field) && !field.sealed)) {
                names.push_back(field.name);
            }
        }
        return names;
    }

    [[nodiscard]] std::vector<Named> few(std::string_view key) const {
        auto names = map_.names(key);
        if (names.size() > kFiltersMax) {
            values_.faults().error(
                map_.place_of(key), "value.too_many", {{"most", std::to_string(kFiltersMax)}}
            );
        }
        return names;
    }

    [[nodiscard]] std::vector<std::string> sorts() const {
        std::vector<std::string> read;
        const auto known = all_fields(kEntrySorts, true);
        for (Named name : few("sorts")) {
            const std::string written = name.text;
            if (name.text.starts_with('-')) {
                name.text.erase(0, 1);
            }
            if (!known_names({name}, known, "view.unknown_sort", values_).empty()) {
                read.push_back(written);
            }
        }
        return read;
    }

    const MapReader& map_;
    const Register& declared_;
    const Values& values_;
};

}  // namespace

std::vector<View> read_views(const Node& node, const Register& declared, const Values& values) {
    std::vector<View> views;
    if (!values.is_map(node)) {
        return views;
    }
    if (node.items.size() > kViewsMax) {
        values.faults().error(node.place, "value.too_many", {{"most", std::to_string(kViewsMax)}});
        return views;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        const MapReader map{node.items[at], kViewKeys, values, key.place};
        View view;
        view.name = values.name(key).value_or(key.text);
        view.place = key.place;
        ViewReader{map, declared, values}.read(view);
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace duban::declarations
