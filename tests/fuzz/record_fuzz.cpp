// Records whose bytes were altered: read, matched and written again without a fault of ours. The
// same bytes as the path of a tile: each tile has one.
// Input: the leaf, a zero byte, the blob.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/problem.h"
#include "journal/record.h"
#include "journal/tile_path.h"

namespace {

void read_tile_path(std::string_view input) {
    const auto tile = duban::journal::parse_tile_path(input);
    if (!tile) {
        return;
    }
    std::string path = tile->is_entries ? "entries" : std::to_string(tile->place.level);
    path += "/" + duban::journal::tile_index_text(tile->place.index);
    if (tile->width < duban::journal::kTileWidth) {
        path += ".p/" + std::to_string(tile->width);
    }
    duban::core::check(path == input, "a tile's path comes back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    read_tile_path(input);
    const std::size_t zero = input.find('\0');
    duban::journal::Record record;
    record.leaf = input.substr(0, zero);
    record.blob = zero == std::string_view::npos ? "{}" : input.substr(zero + 1);
    (void)record.find_mismatch();
    (void)record.erased();
    try {
        const duban::journal::Draft draft = record.draft();
        duban::core::check(draft.salt_seed.empty(), "a seed is never kept");
    } catch (const duban::core::Problem& problem) {
        duban::core::check(problem.code == "record.malformed", "what is no record is malformed");
    }
    return 0;
}
