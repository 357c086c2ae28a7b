// The packs that travel inside the program.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "declarations/reading.h"

namespace duban::app {

/// Their names, each after those it needs.
[[nodiscard]] std::span<const char* const> offered_packs();

/// The files of one, as a folder would give them; none for another name.
[[nodiscard]] std::vector<declarations::SourceFile> offered_pack_files(const std::string& name);

}  // namespace duban::app
