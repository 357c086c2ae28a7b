// How far the tables of each room are (Store::migrate).
//
//     const auto before = store::versions(store);
//     journal::Journal::migrate(store);  …
//     for (const auto& [room, version] : store::versions(store)) …

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "store/store.h"

namespace duban::store {

/// The last step of each room that migrate() has brought here; none in a new database.
[[nodiscard]] std::map<std::string, std::int64_t> versions(Store& store);

}  // namespace duban::store
