#include <set>

#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

constexpr std::size_t kSectionsMax = 20;

}  // namespace

std::vector<Section> read_layout(const Node& node, const Register& declared, const Values& values) {
    std::vector<Section> layout;
    if (!values.is_map(node)) {
        return layout;
    }
    if (node.items.size() > kSectionsMax) {
        values.faults().error(
            node.place, "value.too_many", {{"most", std::to_string(kSectionsMax)}}
        );
        return layout;
    }
    std::vector<std::string_view> known;
    for (const Field& field : declared.fields) {
        known.emplace_back(field.name);
    }
    std::set<std::string> placed;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
        const Node& key = node.keys[at];
        const MapReader map{node.items[at], kSectionKeys, values, key.place};
        Section section;
        section.name = values.name(key).value_or(key.text);
        section.title = map.texts("title");
        section.folded = map.boolean("folded", false);
        static_cast<void>(map.load("fields"));
        for (const Named& field : map.names("fields")) {
            if (known_names({field}, known, "field.unknown", values).empty()) {
                continue;
            }
            if (!placed.insert(field.text).second) {
                values.faults().error(field.place, "layout.field_twice", {{"name", field.text}});
            }
            section.fields.push_back(field.text);
        }
        layout.push_back(std::move(section));
    }
    return layout;
}

}  // namespace duban::declarations
