// Members of JSON objects by std::string_view, which the library takes by a type of its own.

#pragma once

#include <string_view>
#include <utility>

#include "core/json.h"

namespace duban::journal {

inline core::Json text_json(std::string_view text) {
    return core::Json(boost::json::string_view{text.data(), text.size()});
}

inline boost::json::string_view key(std::string_view name) {
    return {name.data(), name.size()};
}

inline std::string_view name_of(const boost::json::key_value_pair& member) {
    return {member.key().data(), member.key().size()};
}

inline void put(core::JsonObject& object, std::string_view name, core::Json value) {
    object.insert_or_assign(key(name), std::move(value));
}

}  // namespace duban::journal
