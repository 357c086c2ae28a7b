// That what holds all other scenarios to the OpenAPI document finds what is wrong.

#include "contract.h"

#include <gtest/gtest.h>

#include "api/outlets.h"
#include "world.h"

namespace duban::scenarios {

namespace {

class ContractTest : public Scenario {
protected:
    static const Contract& contract() { return *world().contract(); }

    /// What is wrong with an answer that the server might have given.
    static std::string fault_of(const std::string& path, int status, const core::Json& body) {
        http::Request request;
        request.path = path;
        http::Response answer = http::json_response(status, body);
        answer.headers.set("Content-Type", answer.content_type);
        return contract().fault_of(request, answer);
    }
};

TEST_F(ContractTest, EachRouteIsDescribedAndNothingElseIs) {
    std::size_t described = 0;
    for (const http::Route* route : world().router().routes()) {
        if (route->pattern.starts_with("/api/") || route->pattern.starts_with("/log/")) {
            EXPECT_NE(api::find_outlet(route->method, route->pattern), nullptr)
                << http::method_name(route->method) << " " << route->pattern
                << ": describe it in src/api/outlets_*.cpp";
            ++described;
        }
    }
    EXPECT_EQ(described, api::outlets().size());
}

TEST_F(ContractTest, AnAnswerHasTheMembersThatAreDescribedAndNoOthers) {
    core::JsonObject list = {{"tokens", core::JsonArray{}}};
    EXPECT_EQ(fault_of("/api/v1/tokens", 200, list), "");
    list["more"] = 1;
    EXPECT_EQ(fault_of("/api/v1/tokens", 200, list), "listTokens: answer/more is not described");
    EXPECT_EQ(
        fault_of("/api/v1/tokens", 200, core::JsonObject{}), "listTokens: answer lacks tokens"
    );
    EXPECT_EQ(fault_of("/api/v1/tokens", 202, list), "listTokens: the status 202");
    list = {{"tokens", core::JsonArray{core::JsonObject{{"id", "7"}}}}};
    EXPECT_EQ(fault_of("/api/v1/tokens", 200, list), "listTokens: answer/tokens/0 lacks title");
}

TEST_F(ContractTest, AnEntryIsOfItsRegister) {
    core::Json entry = world().application(world().unit_clerk, "Contract Society").body;
    const std::string path = entry_path("concurrent_post", text_of(entry, "id"));
    EXPECT_EQ(fault_of(path, 200, entry), "");
    entry.as_object().at("fields").as_object()["begins_on"] = "tomorrow";
    EXPECT_EQ(
        fault_of(path, 200, entry), "getEntry: answer/fields/begins_on is \"tomorrow\", not date"
    );
    entry.as_object()["register"] = "nonsense";
    EXPECT_EQ(fault_of(path, 200, entry), "getEntry: answer is of no kind that the document names");
}

TEST_F(ContractTest, AnActionsBodyIsDescribedByItsRegister) {
    const core::Json schema =
        core::JsonObject{{"$ref", "#/components/schemas/concurrent_post.actions.open"}};
    core::JsonObject body = {{"fields", core::JsonObject{{"begins_on", "2026-10-01"}}}};
    EXPECT_EQ(contract().fault_of(schema, body, "body"), "");
    body["fields"] = core::JsonObject{{"approved_on", "2026-10-01"}};
    EXPECT_EQ(
        contract().fault_of(schema, body, "body"), "body/fields/approved_on is not described"
    );
}

}  // namespace

}  // namespace duban::scenarios
