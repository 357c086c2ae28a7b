// `duban read FILE… [--json] [--text]`: prints what documents say. It stores nothing.
//
// Exit codes: 0 every file was read; 1 some file could not be opened or is larger than
// kReadBytesMax (the others are still printed); 2 the arguments are wrong.
// A file without an outline, with a secrecy mark in its place, or that is no text at all, is read
// and says so: storing is what must be refused.

#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "core/problem.h"

namespace duban::reading {

/// The sentence of a code in the language of who reads it.
using Say = std::function<std::string(std::string_view code, const core::Params& params)>;

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// `args` are the words behind `duban read`. "-" reads `in`. With --json one object a file, one a
/// line when there are several, each then naming its `file`; with --text the text as read.
[[nodiscard]] int read_command(
    std::span<const std::string> args, const Streams& streams, const Say& say
);

}  // namespace duban::reading
