#include "journal/tile_path.h"

#include <gtest/gtest.h>

namespace duban::journal {
namespace {

/// "level/index/width", e before it for entries; "none" for what is no path.
std::string read(std::string_view path) {
    const auto found = parse_tile_path(path);
    return found ? (found->is_entries ? "e" : "") + std::to_string(found->place.level) + "/" +
                       std::to_string(found->place.index) + "/" + std::to_string(found->width)
                 : "none";
}

TEST(TilePath, IsReadAsTheStandardWritesIt) {
    EXPECT_EQ(read("0/000"), "0/0/256");
    EXPECT_EQ(read("3/x001/x234/067"), "3/1234067/256");
    EXPECT_EQ(read("63/005.p/17"), "63/5/17");
    EXPECT_EQ(read("0/x001/234.p/255"), "0/1234/255");
    EXPECT_EQ(read("entries/x001/000"), "e0/1000/256");
    EXPECT_EQ(read("entries/002.p/1"), "e0/2/1");
}

TEST(TilePath, EachTileHasOnePath) {
    for (const char* path :
         {"",
          "0",
          "0/",
          "0/5",
          "0/0005",
          "0/x000/005",
          "0/x001",
          "0/x001/",
          "0/x001/x234",
          "0/001/234",
          "00/000",
          "-1/000",
          "64/000",
          "data/000",
          "entries",
          "0/000.p",
          "0/000.p/",
          "0/000.p/0",
          "0/000.p/256",
          "0/000.p/01",
          "0/000.p/1/2",
          "0/000/",
          "0/+01",
          "0/0x1",
          "0/x001/x000/x000/x000/x000/x000/000"}) {
        EXPECT_EQ(read(path), "none") << path;
    }
}

TEST(TilePath, IsWrittenAsItIsRead) {
    for (const std::int64_t index : {0LL, 5LL, 999LL, 1000LL, 1234067LL, 999'999'999'999LL}) {
        EXPECT_EQ(read("0/" + tile_index_text(index)), "0/" + std::to_string(index) + "/256");
    }
    EXPECT_EQ(tile_index_text(1234067), "x001/x234/067");
}

}  // namespace
}  // namespace duban::journal
