// What rules of packs may read of the directory: which units there are, who holds which post, who
// is in charge of what (E11). Names and accounts of people are not in it.

#pragma once

#include <array>
#include <span>
#include <string_view>

namespace duban::access {

struct ReadColumn {
    std::string_view name;
    std::string_view type;  ///< as rules name it: uuid, text, boolean, date
};

struct ReadTable {
    std::string_view name;    ///< in rules
    std::string_view source;  ///< the table of this room
    std::span<const ReadColumn> columns;
};

inline constexpr std::array kUnitColumns = std::to_array<ReadColumn>({
    {"id", "uuid"},
    {"parent", "uuid"},
    {"code", "text"},
    {"kind", "text"},
    {"starts_on", "date"},
    {"ends_on", "date"},
});

inline constexpr std::array kPostColumns = std::to_array<ReadColumn>({
    {"id", "uuid"},
    {"person", "uuid"},
    {"unit", "uuid"},
    {"role", "text"},
    {"outside", "boolean"},
    {"starts_on", "date"},
    {"ends_on", "date"},
});

inline constexpr std::array kDivisionColumns = std::to_array<ReadColumn>({
    {"id", "uuid"},
    {"leader", "uuid"},
    {"unit", "uuid"},
    {"area", "text"},
    {"starts_on", "date"},
    {"ends_on", "date"},
});

inline constexpr std::array kReadTables = std::to_array<ReadTable>({
    {"unit", "d_unit", kUnitColumns},
    {"post", "d_post", kPostColumns},
    {"division", "d_division", kDivisionColumns},
});

}  // namespace duban::access
