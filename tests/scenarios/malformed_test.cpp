// Requests that are none, and rights that are not there: each with its status, its code and a
// sentence in both languages.

#include <cstdlib>

#include "declarations/reading.h"
#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kEntries = "/api/v1/registers/concurrent_post/entries";

/// Sent as it is: no JSON of ours.
Reply raw(
    World& house, const std::string& body, const std::string& type, const char* path = kEntries
) {
    http::Request request;
    request.method = Method::Post;
    request.path = path;
    request.headers.set("Authorization", "Bearer " + house.token(house.unit_clerk, "zh"));
    request.headers.set("Content-Type", type);
    request.body = body;
    const http::Response answer = http::send("127.0.0.1", house.port(), request);
    return {
        .status = answer.status, .body = core::parse_json(answer.body), .headers = answer.headers
    };
}

TEST_F(Scenario, BodyThatIsNoJsonObjectIsRefused) {
    const auto code = [](const std::string& body, const std::string& type = "application/json") {
        const Reply reply = raw(world(), body, type);
        EXPECT_EQ(reply.status, 400) << body;
        EXPECT_NE(reply.text("detail"), "");
        return reply.text("code");
    };
    EXPECT_EQ(code("{\"fields\":"), "json.malformed");
    EXPECT_EQ(code("{\"fields\":{},\"fields\":{}}"), "json.duplicate_member");
    EXPECT_EQ(code("[1]"), "request.not_an_object");
    EXPECT_EQ(code("{}", "text/plain"), "request.content_type");
}

TEST_F(Scenario, SheetBeyondItsBoundIsRefused) {
    const std::string rows = "body\n" + std::string(8'400'000, 'a') + "\n";
    const Reply reply = raw(world(), rows, "text/csv", "/api/v1/registers/concurrent_post/sheet");
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.text("code"), "csv.too_large");
}

TEST_F(Scenario, MemberOfAnotherTypeIsRefused) {
    const auto opens = [](core::JsonObject body) {
        return Call{.method = Method::Post, .path = kEntries, .body = std::move(body)};
    };
    world().refuse(world().unit_clerk, opens({{"unit", 7}}), 400, "request.wrong_member");
    world().refuse(world().unit_clerk, opens({{"unit", "here"}}), 400, "request.malformed_id");
    Call keyed = opens({{"fields", core::JsonObject{}}});
    keyed.headers = {{"Idempotency-Key", "not a key!"}};
    world().refuse(world().unit_clerk, keyed, 400, "idempotency.key_malformed");
    keyed.headers = {{"Idempotency-Key", std::string(65, 'k')}};
    world().refuse(world().unit_clerk, keyed, 400, "idempotency.key_malformed");
}

TEST_F(Scenario, QuestionBeyondItsBoundsIsRefused) {
    std::string many = "state=draft";
    for (int i = 0; i < 64; ++i) {
        many += "&state=draft";
    }
    world().refuse(
        world().unit_clerk, {.path = kEntries, .query = many}, 400, "query.too_many_values"
    );
    world().refuse(
        world().unit_clerk,
        {.path = "/api/v1/search", .query = "q=" + std::string(201, 'x')},
        400,
        "search.too_long"
    );
}

TEST_F(Scenario, WhatIsForAdministratorsIsNotForOthers) {
    for (const http::Method method : {http::Method::Get, http::Method::Post}) {
        world().refuse(
            world().unit_clerk,
            {.method = method, .path = "/api/v1/verification"},
            403,
            "verification.not_yours"
        );
    }
    EXPECT_EQ(world().get(world().system_admin, "/api/v1/verification").status, 200);
    // Metrics go to this machine, so that the route itself is asked as from another.
    http::Request request;
    request.path = "/metrics";
    request.client_address = "192.0.2.7";
    request.headers.set("Authorization", "Bearer " + world().token(world().unit_clerk, "zh"));
    const http::RouteMatch match = world().router().match(Method::Get, {"metrics"});
    ASSERT_NE(match.route, nullptr);
    const auto& handler = std::get<http::Handler>(match.route->action);
    try {
        static_cast<void>(handler(request, match.params));
        ADD_FAILURE() << "the clerk reads the metrics from elsewhere";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "metrics.not_yours");
    }
    request.headers.set("Authorization", "Bearer " + world().token(world().system_admin, "zh"));
    EXPECT_EQ(handler(request, match.params).status, 200);
}

TEST_F(Scenario, TokenThatReadsDoesNotAct) {
    access::Accounts& accounts = world().services().accounts;
    const auto reading = accounts.create_token(
        world().session(world().unit_clerk),
        {.name = "reads",
         .scope = access::Scope::Read,
         .expires_at_ms = core::to_ms(world().services().clock.now()) + 3600 * 1000,
         .on = world().author().on}
    );
    http::Request request;
    request.method = Method::Post;
    request.path = kEntries;
    request.headers.set("Authorization", "Bearer " + reading.secret);
    request.headers.set("Content-Type", "application/json");
    request.body = "{}";
    const http::Response answer = http::send("127.0.0.1", world().port(), request);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(text_of(core::parse_json(answer.body), "code"), "token.not_enough");
    request.method = Method::Get;
    request.body.clear();
    EXPECT_EQ(http::send("127.0.0.1", world().port(), request).status, 200);
}

TEST_F(Scenario, ProposalSaysWhatItChanges) {
    const auto first_code = [](const Reply& proposed) {
        EXPECT_EQ(proposed.status, 201) << core::json_text(proposed.body);
        const auto& differences = proposed.list("differences");
        return differences.empty() ? std::string{} : text_of(differences.front(), "code");
    };
    const Reply decision = world().send(
        world().system_admin,
        {.method = Method::Post,
         .path = "/api/v1/proposals",
         .body =
             core::JsonObject{
                 {"kind", "backfill"},
                 {"title", "Old papers"},
                 {"paper", "No. 7"},
                 {"registers", core::JsonArray{"measure"}},
                 {"from", "2023-01-01"},
                 {"to", "2023-12-31"},
                 {"recorder", world().office_clerk.text()},
                 {"checker", world().office_head.text()}
             }}
    );
    EXPECT_EQ(first_code(decision), "difference.backfill_decision");
    // The pack that is in force already: nothing else changes.
    core::JsonArray files;
    const char* found = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    const std::string root = found == nullptr ? "." : found;
    for (const auto& file : declarations::pack_files(root + "/packs/organisation")) {
        files.push_back(core::JsonObject{{"path", file.path}, {"text", file.text}});
    }
    const Reply same = world().send(
        world().system_admin,
        {.method = Method::Post,
         .path = "/api/v1/proposals",
         .body = core::JsonObject{{"kind", "pack"}, {"files", files}}}
    );
    EXPECT_EQ(first_code(same), "difference.pack_adopted");
    const auto refuse_parameter = [&](const std::string& name,
                                      const core::Json& value,
                                      int status,
                                      const char* code) {
        world().refuse(
            world().system_admin,
            {.method = Method::Post,
             .path = "/api/v1/proposals",
             .body =
                 core::JsonObject{
                     {"kind", "parameter"}, {"pack", "foundation"}, {"name", name}, {"value", value}
                 }},
            status,
            code
        );
    };
    refuse_parameter("nothing", 1, 404, "parameter.not_found");
    refuse_parameter("reviewers", "three", 400, "parameter.wrong_type");
    refuse_parameter("reviewers", nullptr, 400, "parameter.wrong_type");
    refuse_parameter("reviewers", 0, 422, "parameter.too_low");
    refuse_parameter("reviewers", 2, 422, "proposal.no_difference");
}

}  // namespace

}  // namespace duban::scenarios
