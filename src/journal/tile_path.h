// The path of a tile below `tile/`, as C2SP tlog-tiles writes it: "0/x001/234.p/17" is the first 17
// hashes of tile 1234 of level 0; "entries/005" the whole bundle of entries 5.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "journal/journal.h"

namespace duban::journal {

inline constexpr std::int64_t kTileWidth = 256;

struct TilePath {
    TilePlace place;  ///< of a bundle of entries: level 0
    bool is_entries = false;
    std::int64_t width = kTileWidth;  ///< 1 to 255 of a partial tile
};

/// nullopt for what is no such path; each tile has one.
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view path);

/// "x001/234"
[[nodiscard]] std::string tile_index_text(std::int64_t index);

}  // namespace duban::journal
