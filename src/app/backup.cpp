#include "app/backup.h"

#include <filesystem>
#include <iostream>

#include "app/house.h"
#include "app/locales.h"
#include "core/json.h"
#include "core/problem.h"

namespace duban::app {

namespace fs = std::filesystem;

void make_backup(const Settings& settings, const std::string& to) {
    if (fs::exists(to)) {
        throw core::Problem{core::ProblemKind::Conflict, "data.exists", {{"directory", to}}};
    }
    const std::unique_ptr<store::ReadableStore> store = open_store_beside(settings);
    const files::RemovalPause nothing_is_removed{settings.path("files")};
    fs::create_directories(to);
    fs::permissions(to, fs::perms::owner_all);
    core::JsonObject about = {{"made_at", core::to_ms(machine_clock().now())}};
    store->backup(to + "/duban.db", [&](store::Reader& reader) {
        const journal::Head head = journal::Journal{}.head(reader, kFirstOrg);
        about["records"] = head.size;
        about["root"] = head.root.hex();
    });
    files::add_files(settings.path("files"), to + "/files");
    write_file(to + "/backup.json", core::json_text(about) + "\n", true);
    fs::copy_file(settings.path("duban.json"), to + "/duban.json");
    std::cout << say("backup_done", {{"directory", to}}) << "\n";
}

Backup load_backup(const std::string& directory) {
    Backup backup;
    backup.directory = directory;
    backup.settings = load_settings(directory);
    if (const std::string about = directory + "/backup.json"; fs::exists(about)) {
        const core::Json json = core::parse_json(read_file(about));
        backup.made_at = core::find_integer(json, "made_at").value_or(0);
        backup.records = core::find_integer(json, "records").value_or(-1);
    }
    return backup;
}

}  // namespace duban::app
