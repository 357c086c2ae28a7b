#include "core/id.h"

#include <gtest/gtest.h>

namespace duban::core {
namespace {

/// Every byte the same: what is left is the layout.
class ConstantRandom final : public Random {
public:
    [[nodiscard]] std::string bytes(std::size_t count) override {
        return std::string(count, '\xFF');
    }
};

TEST(Id, TimeStandsInTheFirstSixBytesAndVersionAndVariantInTheirPlaces) {
    ConstantRandom random;
    EXPECT_EQ(
        make_id(from_ms(0x0123456789AB), random).text(), "01234567-89ab-7fff-bfff-ffffffffffff"
    );
}

TEST(Id, TextComesBackAsTheSameId) {
    ConstantRandom random;
    const Id id = make_id(from_ms(1), random);
    EXPECT_EQ(Id::parse(id.text()), id);
    EXPECT_EQ(Id::from_bytes(id.bytes().data), id);
}

TEST(Id, OtherTextIsNoId) {
    EXPECT_EQ(Id::parse(""), std::nullopt);
    EXPECT_EQ(Id::parse("01234567-89ab-7fff-bfff-fffffffffff"), std::nullopt);
    EXPECT_EQ(Id::parse("01234567x89ab-7fff-bfff-ffffffffffff"), std::nullopt);
    EXPECT_EQ(Id::parse("g1234567-89ab-7fff-bfff-ffffffffffff"), std::nullopt);
}

}  // namespace
}  // namespace duban::core
