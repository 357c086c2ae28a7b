// Holds requests and answers to what /api/v1/openapi.json says of them.
//
//     const Contract contract{api::openapi(router, services)};
//     EXPECT_EQ(contract.fault_of(request, answer, body), "");

#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "http/message.h"

namespace duban::scenarios {

class Contract {
public:
    explicit Contract(core::JsonObject document) : document_{std::move(document)} {}

    /// What the answer, or the request that was not refused, has otherwise than the document says;
    /// empty when nothing. What the document does not describe is no fault here.
    [[nodiscard]] std::string fault_of(const http::Request& request, const http::Response& answer)
        const;

    /// What `value` has otherwise than `schema` says, with its place; empty when nothing.
    [[nodiscard]] std::string fault_of(
        const core::Json& schema, const core::Json& value, const std::string& place
    ) const;

private:
    [[nodiscard]] const core::JsonObject* find_operation(const http::Request& request) const;
    [[nodiscard]] std::string fault_of_request(
        const core::JsonObject& operation, const http::Request& request
    ) const;
    [[nodiscard]] std::string fault_of_answer(
        const core::JsonObject& operation, const http::Response& answer
    ) const;
    [[nodiscard]] std::string fault_of_kinds(
        const core::JsonObject& schema, const core::Json& value, const std::string& place
    ) const;
    [[nodiscard]] std::string fault_of_members(
        const core::JsonObject& schema, const core::JsonObject& value, const std::string& place
    ) const;
    [[nodiscard]] const core::Json& resolved(const core::Json& schema) const;

    core::JsonObject document_;
};

}  // namespace duban::scenarios
