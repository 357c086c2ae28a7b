// Files that travel inside the program: locales, offered packs, calendars and, when it was built,
// the web application (E33). Made by CMake with .incbin.

#pragma once

#include <span>
#include <string_view>

#include "api/web.h"

namespace duban::app {

struct EmbeddedFile {
    std::string_view path;  ///< relative to the project: "locales/zh/problems.yaml"
    std::string_view bytes;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_files();
/// The file of this path; a Bug when the program holds none.
[[nodiscard]] std::string_view embedded_file(std::string_view path);
/// The files of the web application, by their path in it; empty when it was not built.
[[nodiscard]] std::span<const api::WebFile> web_files();

}  // namespace duban::app
