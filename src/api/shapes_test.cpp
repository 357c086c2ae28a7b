#include "api/shapes.h"

#include <gtest/gtest.h>

#include "core/check.h"

namespace duban::api {
namespace {

std::string schema(std::string_view shape, Members members = Members::Open) {
    return core::canonical_json(schema_of_shape(shape, members));
}

TEST(Shapes, AMemberIsRequiredUnlessItMayBeAbsent) {
    EXPECT_EQ(
        schema("{id: id, number?: text}"),
        R"({"properties":{"id":{"format":"uuid","type":"string"},"number":{"type":"string"}},)"
        R"("required":["id"],"type":"object"})"
    );
}

TEST(Shapes, WhatMayBeNullSaysSo) {
    EXPECT_EQ(schema("text?"), R"({"type":["string","null"]})");
    EXPECT_EQ(schema("a|b?"), R"({"enum":["a","b",null],"type":["string","null"]})");
    EXPECT_EQ(schema("row?"), R"({"anyOf":[{"$ref":"#/components/schemas/row"},{"type":"null"}]})");
}

TEST(Shapes, ListsMapsConstantsAndAlternatives) {
    EXPECT_EQ(schema("[integer]"), R"({"items":{"type":"integer"},"type":"array"})");
    EXPECT_EQ(
        schema("{..: boolean}"), R"({"additionalProperties":{"type":"boolean"},"type":"object"})"
    );
    EXPECT_EQ(schema("=pack"), R"({"const":"pack"})");
    EXPECT_EQ(schema("=true"), R"({"const":true})");
    EXPECT_EQ(schema("text or null"), R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
}

TEST(Shapes, ARequestHasNoOtherMembers) {
    EXPECT_EQ(
        schema("{a?: any}", Members::Closed),
        R"({"additionalProperties":false,"properties":{"a":{}},"type":"object"})"
    );
}

TEST(Shapes, EveryNamedShapeIsWellFormed) {
    const core::JsonObject all = named_schemas();
    EXPECT_TRUE(all.contains("problem"));
    EXPECT_TRUE(all.contains("any_entry"));
}

}  // namespace
}  // namespace duban::api
