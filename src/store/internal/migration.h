// The versions of the rooms' own tables, in d_migration: alike on both databases.

#pragma once

#include <span>
#include <string_view>

#include "store/store.h"

namespace duban::store {

/// See Store::migrate. Each step is one job, so that what it did and its number stand or fall
/// together.
void migrate_room(Store& store, std::string_view room, std::span<const Migration> steps);

}  // namespace duban::store
