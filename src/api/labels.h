// The names behind the ids of an answer (docs/formats/api.md, "labels"): each once, and of an
// entry that may not be read only that it is restricted (E23).

#pragma once

#include <set>
#include <string>

#include "api/asking.h"

namespace duban::api {

class Labels {
public:
    Labels(const Services& services, store::Reader& reader, const Asker& asker)
        : services_{services}, reader_{reader}, asker_{asker} {}

    void person(const core::Id& id);
    void unit(const core::Id& id);
    void entry(const std::string& register_name, const core::Id& id);
    /// A file that a field of the entry names.
    void file(const std::string& register_name, const core::Id& entry, const std::string& hash);
    /// Whatever a field's value names.
    void value(
        const declarations::Field& field,
        const std::string& register_name,
        const core::Id& entry,
        const core::Json& value
    );

    [[nodiscard]] core::JsonObject json() const { return labels_; }

private:
    const Services& services_;
    store::Reader& reader_;
    const Asker& asker_;
    core::JsonObject labels_;
};

/// What an entry is called: its title field, else its number, else its id.
[[nodiscard]] std::string title_of(const registers::Entry& entry);

}  // namespace duban::api
