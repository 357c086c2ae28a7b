#include "http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Response nothing(const Request&, const PathParams&) {
    return {};
}

class RouterTest : public testing::Test {
protected:
    void add(std::string_view pattern, Method method = Method::Get) {
        router_.add(method, pattern, nothing);
    }
    /// The pattern that answers a path; empty when none does.
    std::string pattern_of(std::string_view path, Method method = Method::Get) {
        match_ = router_.match(method, split_path(path).value());
        return match_.route == nullptr ? "" : match_.route->pattern;
    }

    Router router_;
    RouteMatch match_;
};

TEST_F(RouterTest, GivesTheParametersOfThePattern) {
    add("/registers/{register}/entries/{id}");
    EXPECT_EQ(pattern_of("/registers/leave/entries/7%C3%A9"), "/registers/{register}/entries/{id}");
    EXPECT_EQ(match_.params.at("register"), "leave");
    EXPECT_EQ(match_.params.at("id"), "7\xC3\xA9");
}

TEST_F(RouterTest, ALiteralGoesBeforeAParameterAndThatBeforeTheRest) {
    add("/a/b");
    add("/a/{x}");
    add("/{rest...}");
    EXPECT_EQ(pattern_of("/a/b"), "/a/b");
    EXPECT_EQ(pattern_of("/a/c"), "/a/{x}");
    EXPECT_EQ(pattern_of("/a"), "/{rest...}");
    EXPECT_EQ(pattern_of("/b/c/d"), "/{rest...}");
    EXPECT_EQ(match_.params.at("rest"), "b/c/d");
    EXPECT_EQ(pattern_of("/"), "/{rest...}");
    EXPECT_EQ(match_.params.at("rest"), "");
}

TEST_F(RouterTest, ABranchThatLeadsNowhereIsLeftAgain) {
    add("/a/b/c");
    add("/a/{x}/d");
    EXPECT_EQ(pattern_of("/a/b/d"), "/a/{x}/d");
    EXPECT_EQ(match_.params.at("x"), "b");
    EXPECT_EQ(pattern_of("/a/b"), "");
    EXPECT_THAT(match_.allowed, IsEmpty());
}

TEST_F(RouterTest, AnEmptySegmentIsNoValue) {
    add("/a/{x}");
    EXPECT_EQ(pattern_of("/a/"), "");
    EXPECT_EQ(pattern_of("/a//"), "");
}

TEST_F(RouterTest, KnowsTheMethodsOfAPath) {
    add("/a", Method::Get);
    add("/a", Method::Post);
    EXPECT_EQ(pattern_of("/a", Method::Head), "/a");
    EXPECT_EQ(pattern_of("/a", Method::Put), "");
    EXPECT_THAT(
        match_.allowed, ElementsAre(Method::Get, Method::Head, Method::Post, Method::Options)
    );
    EXPECT_EQ(router_.routes().size(), 2U);
}

TEST_F(RouterTest, TheRootIsAPath) {
    add("/");
    EXPECT_EQ(pattern_of("/"), "/");
    EXPECT_EQ(pattern_of("/a"), "");
}

TEST_F(RouterTest, WhatARouteReadsOfTheQueryIsDeclaredOfThatRoute) {
    add("/entries");
    add("/entries", Method::Post);
    router_.declare_query(Method::Get, "/entries", {"limit"});
    EXPECT_EQ(pattern_of("/entries"), "/entries");
    EXPECT_THAT(match_.route->query, testing::Optional(ElementsAre("limit")));
    EXPECT_EQ(pattern_of("/entries", Method::Post), "/entries");
    EXPECT_EQ(match_.route->query, std::nullopt);
}

}  // namespace
}  // namespace duban::http
