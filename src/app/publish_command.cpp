#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/embedded.h"
#include "app/locales.h"
#include "app/transport.h"
#include "core/problem.h"
#include "rectification/bundle.h"

namespace duban::app {

namespace {

const Known kPublishOptions{.with_value = {"data", "as", "to"}, .alone = {}, .words = kAnyWords};

/// The bytes of a file that an entry names.
std::string bytes_of(Transport& transport, const std::string& path, const std::string& as) {
    http::Response response = transport.send(get(path), as);
    if (response.status != 200) {
        // Only json() knows how to throw a problem again as it came.
        static_cast<void>(transport.json(get(path), as));
    }
    return response.file ? read_file(response.file->path.string()) : std::move(response.body);
}

}  // namespace

/// What was released, and the approved ones named, as pages for any site (P12).
int publish_command(const Words& words) {
    const Arguments arguments{words, kPublishOptions};
    const std::string folder = arguments.value("to", "");
    if (folder.empty()) {
        throw core::Problem{
            core::ProblemKind::Invalid, "command.value_missing", {{"option", "--to"}}
        };
    }
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string as = account_of(arguments, settings);
    Transport transport{settings};
    const rectification::Desk desk{
        .json = [&](const std::string& path,
                    const std::string& query) { return transport.json(get(path, query), as); },
        .bytes = [&](const std::string& path) { return bytes_of(transport, path, as); }
    };
    const auto publications = rectification::gather(desk, arguments.words());
    const rectification::Look look{
        .style = embedded_file("data/publication/style.css"),
        .say = [](std::string_view code, const core::Params& params, std::string_view language
               ) { return sentences().sentence(code, params, language); }
    };
    const rectification::Files files = rectification::bundle_of(publications, look);
    rectification::write_bundle(folder, files);
    const core::Params done = {
        {"publications", std::to_string(publications.size())},
        {"files", std::to_string(files.size())},
        {"folder", folder}
    };
    std::cout << sentences().sentence("publish_done", done, terminal_language()) << "\n";
    return 0;
}

}  // namespace duban::app
