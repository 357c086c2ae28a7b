#include "app/settings.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/json.h"
#include "core/problem.h"

namespace duban::app {

namespace fs = std::filesystem;

bool has_settings(const std::string& directory) {
    return fs::exists(directory + "/duban.json");
}

Settings load_settings(const std::string& directory) {
    if (!has_settings(directory)) {
        throw core::Problem{
            core::ProblemKind::NotFound, "data.not_found", {{"directory", directory}}
        };
    }
    const core::Json json = core::parse_json(read_file(directory + "/duban.json"));
    const core::Json* demo = core::find_member(json, "demo");
    return {
        .directory = directory,
        .installation = core::find_string(json, "installation").value_or(""),
        .postgres = core::find_string(json, "postgres").value_or(""),
        .keys = core::find_string(json, "keys").value_or(directory + ".keys"),
        .demo = demo != nullptr && demo->is_bool() && demo->get_bool()
    };
}

void save_settings(const Settings& settings) {
    const core::JsonObject json = {
        {"installation", settings.installation},
        {"postgres", settings.postgres},
        {"keys", settings.keys},
        {"demo", settings.demo}
    };
    write_file(settings.path("duban.json"), core::json_text(json) + "\n", true);
}

std::string read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in || fs::is_directory(path)) {
        throw core::Problem{core::ProblemKind::NotFound, "file.not_readable", {{"file", path}}};
    }
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write_file(const std::string& path, const std::string& text, bool secret) {
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    if (secret) {
        std::error_code ignored;
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, ignored);
    }
    out << text;
    out.flush();
    if (!out) {
        throw core::Problem{core::ProblemKind::Unavailable, "file.not_writable", {{"file", path}}};
    }
}

}  // namespace duban::app
