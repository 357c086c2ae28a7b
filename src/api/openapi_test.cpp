// The table of what endpoints take and answer, by itself. That the routes and their handlers hold
// to it, the scenarios show (tests/scenarios/outlets_test.cpp, contract.h).

#include <set>

#include <gtest/gtest.h>

#include "api/outlets.h"

namespace duban::api {
namespace {

TEST(Outlets, EachHasAnIdOfItsOwnASummaryAndAnAnswer) {
    std::set<std::string_view> ids;
    for (const Outlet& outlet : outlets()) {
        SCOPED_TRACE(outlet.pattern);
        EXPECT_TRUE(ids.insert(outlet.id).second) << outlet.id;
        EXPECT_FALSE(outlet.tag.empty());
        EXPECT_FALSE(outlet.summary.empty());
        EXPECT_FALSE(outlet.answers.empty());
        for (const Parameter& parameter : outlet.query) {
            EXPECT_FALSE(parameter.about.empty()) << parameter.name;
        }
    }
}

TEST(Outlets, EveryShapeIsWellFormed) {
    std::size_t shapes = 0;
    const auto read = [&](std::string_view shape) {
        if (!shape.empty()) {
            EXPECT_TRUE(schema_of_shape(shape).is_object()) << shape;
            ++shapes;
        }
    };
    for (const Outlet& outlet : outlets()) {
        read(outlet.body ? outlet.body->shape : "");
        for (const Answer& answer : outlet.answers) {
            read(answer.shape);
        }
        for (const Parameter& parameter : outlet.query) {
            read(parameter.shape);
        }
    }
    EXPECT_GT(shapes, outlets().size());
}

TEST(Outlets, AreFoundByMethodAndPattern) {
    ASSERT_NE(find_outlet(http::Method::Post, "/api/v1/sessions"), nullptr);
    EXPECT_EQ(find_outlet(http::Method::Post, "/api/v1/sessions")->id, "signIn");
    EXPECT_EQ(find_outlet(http::Method::Get, "/api/v1/sessions"), nullptr);
}

}  // namespace
}  // namespace duban::api
