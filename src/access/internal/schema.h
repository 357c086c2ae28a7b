// The tables of this room, and the salts of its records.

#pragma once

#include <span>
#include <string>

#include "store/store.h"

namespace duban::access::internal {

[[nodiscard]] std::span<const store::Migration> migrations();

/// The salt seed of the `place`-th record of a change, from the one seed drawn for all: a job that
/// runs twice writes the same bytes.
[[nodiscard]] std::string seed_for(const std::string& seed, std::size_t place);

}  // namespace duban::access::internal
