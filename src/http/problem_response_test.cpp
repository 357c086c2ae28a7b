#include "http/problem_response.h"

#include <gtest/gtest.h>

#include "http/testing.h"

namespace duban::http {
namespace {

class ProblemResponseTest : public testing::Test {
protected:
    PlainSentences sentences_;
    ProblemPlace place_{sentences_, "zh", "/requests/1", std::nullopt};
};

TEST_F(ProblemResponseTest, HoldsAllMembersOfRfc9457AndOurs) {
    core::Problem problem{core::ProblemKind::Invalid, "thing.bad", {{"a", "1"}}};
    problem.errors.push_back({"/fields/x", "field.required", {{"b", "2"}}, {}});
    const Response response = problem_response(problem, place_);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(
        core::parse_json(response.body),
        core::parse_json(R"({"type":"/problems/thing.bad","title":"zh:kind.invalid","status":400,
            "detail":"zh:thing.bad a=1","instance":"/requests/1","code":"thing.bad",
            "params":{"a":"1"},"errors":[{"pointer":"/fields/x","code":"field.required",
            "detail":"zh:field.required b=2","params":{"b":"2"}}]})")
    );
}

TEST_F(ProblemResponseTest, ASentenceOfAPackGoesBeforeThatOfTheCatalogue) {
    core::Problem problem{core::ProblemKind::Rejected, "post.paid"};
    problem.texts.by_tag = {{"en", "Paid posts are not allowed."}, {"zh", "pack"}};
    const core::Json json = core::parse_json(problem_response(problem, place_).body);
    EXPECT_EQ(json.at("detail").as_string(), "pack");
}

TEST_F(ProblemResponseTest, TheSentenceSaysAPacksWordsAndParamsTheNames) {
    core::Problem problem{
        core::ProblemKind::Conflict,
        "thing.bad",
        {{"action", "file"}, {"state", "draft"}},
        {{"action", core::Texts{{{"en", "hand in"}, {"zh", "TIJIAO"}}}}, {"state", {}}}
    };
    const core::Texts reason{{{"en", "Reason"}}};
    problem.errors.push_back({"/x", "field.bad", {{"field", "why"}}, {}, {{"field", reason}}});
    const core::Json json = core::parse_json(problem_response(problem, place_).body);
    EXPECT_EQ(json.at("detail").as_string(), "zh:thing.bad action=TIJIAO state=draft");
    EXPECT_EQ(json.at("params").at("action").as_string(), "file");
    const core::Json& error = json.at("errors").as_array().at(0);
    EXPECT_EQ(error.at("detail").as_string(), "zh:field.bad field=Reason");
    EXPECT_EQ(error.at("params").at("field").as_string(), "why");
}

TEST_F(ProblemResponseTest, ARateLimitSaysWhenToComeBack) {
    const core::Problem problem{
        core::ProblemKind::TooMany, "thing.too_many", {{"retry_after_seconds", "30"}}
    };
    const Response response = problem_response(problem, place_);
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.headers.find("Retry-After"), "30");
}

TEST_F(ProblemResponseTest, EveryKindHasItsStatusAndItsName) {
    using enum core::ProblemKind;
    const std::vector<std::pair<core::ProblemKind, int>> kinds{
        {Invalid, 400},
        {Unauthenticated, 401},
        {Forbidden, 403},
        {NotFound, 404},
        {Conflict, 409},
        {Stale, 412},
        {TooLarge, 413},
        {Rejected, 422},
        {TooMany, 429},
        {Corrupt, 500},
        {NoPrecondition, 428},
        {Unavailable, 503}
    };
    for (const auto& [kind, status] : kinds) {
        EXPECT_EQ(problem_response(core::Problem{kind, "thing.x"}, place_).status, status);
        EXPECT_FALSE(kind_name(kind).empty());
    }
}

TEST_F(ProblemResponseTest, AFailureTellsItsRequestAndNothingElse) {
    const core::Json json = core::parse_json(failure_response("r1", place_).body);
    EXPECT_EQ(json.at("code").as_string(), "server.failed");
    EXPECT_EQ(json.at("detail").as_string(), "zh:server.failed request_id=r1");
}

}  // namespace
}  // namespace duban::http
