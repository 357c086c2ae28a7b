// A register's declaration as a client needs it to draw lists and forms (docs/formats/api.md, 4).

#pragma once

#include "api/services.h"

namespace duban::api {

[[nodiscard]] core::JsonArray names_json(const std::vector<std::string>& names);
[[nodiscard]] core::JsonObject texts_json(const core::Texts& texts);
[[nodiscard]] core::JsonObject field_json(const declarations::Field& field);
[[nodiscard]] core::JsonObject declaration_json(
    const Services& services, core::OrgId org, const declarations::Register& declared
);

/// "link": the word of a field's type in declarations and at the API.
[[nodiscard]] std::string_view text_of(declarations::FieldType type);

}  // namespace duban::api
