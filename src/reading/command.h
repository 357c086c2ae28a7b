// `duban read FILE… [--json] [--text]`: prints what documents say. It stores nothing.
//
// Exit codes: 0 every file was read; 1 some file could not be opened or is larger than
// kReadBytesMax (the others are still printed); 2 the arguments are wrong.
// A file without an outline, or with a secrecy mark in its place, is read and says so: storing is
// what must be refused.

#pragma once

#include <istream>
#include <ostream>
#include <span>
#include <string>

namespace duban::reading {

/// `args` are the words behind `duban read`. "-" reads `in`. With --json one object a file, one a
/// line when there are several, each then naming its `file`; with --text the text as read.
[[nodiscard]] int read_command(
    std::span<const std::string> args, std::istream& in, std::ostream& out, std::ostream& err
);

}  // namespace duban::reading
