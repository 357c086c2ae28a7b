#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/locales.h"
#include "app/pack_check.h"
#include "app/transport.h"
#include "core/problem.h"
#include "declarations/reading.h"

namespace duban::app {

namespace {

const Known kPackOptions{
    .with_value = {"data", "as", "approve-as", "drop", "title"}, .alone = {}, .words = 2
};

/// Proposed by one administrator and approved by another, each with his own token (E10).
int adopt(const Arguments& arguments) {
    const Settings settings = load_settings(arguments.value("data", default_data()));
    Transport transport{settings};
    core::JsonArray files;
    for (const auto& file : declarations::pack_files(arguments.word(1, "folder"))) {
        files.push_back(core::JsonObject{{"path", file.path}, {"text", file.text}});
    }
    core::JsonArray drops;
    for (const std::string& drop : arguments.values("drop")) {
        drops.emplace_back(drop);
    }
    core::Json proposal = transport.json(
        post(
            "/api/v1/proposals",
            core::JsonObject{
                {"kind", "pack"}, {"files", std::move(files)}, {"drops", std::move(drops)}
            }
        ),
        arguments.value("as", "system.admin")
    );
    for (const core::Json& difference : proposal.at("differences").as_array()) {
        const auto is = [&](std::string_view mark) {
            const core::Json* member = core::find_member(difference, mark);
            return member != nullptr && member->as_bool();
        };
        std::cout << (is("loosens") || is("short") ? "! " : "  ") << difference_text(difference)
                  << "\n";
    }
    const std::string id = core::find_string(proposal, "id").value_or("");
    const std::string approver = arguments.value("approve-as", "");
    if (!approver.empty()) {
        proposal = transport.json(
            post("/api/v1/proposals/" + id + "/approve", core::JsonObject{}), approver
        );
    }
    std::cout << id << "  " << core::find_string(proposal, "state").value_or("") << "\n";
    return 0;
}

int make_new(const Arguments& arguments) {
    const std::string folder = arguments.word(1, "folder");
    const std::string name = std::filesystem::path{folder}.filename().string();
    if (std::filesystem::exists(folder)) {
        throw core::Problem{core::ProblemKind::Conflict, "data.exists", {{"directory", folder}}};
    }
    std::filesystem::create_directories(folder + "/registers");
    std::filesystem::create_directories(folder + "/controls");
    const std::string title = arguments.value("title", name);
    write_file(
        folder + "/pack.yaml",
        "name: " + name + "\nversion: 0.1.0\ntitle: {zh: " + title + ", en: " + title +
            "}\nneeds: organisation\n"
    );
    write_file(
        folder + "/registers/" + name + "_entry.yaml",
        "register: " + name + "_entry\ntitle: {zh: " + title + ", en: " + title +
            "}\nfields:\n  subject: {type: text, required: true, search: true, title_field: true}\n"
            "  happens_on: {type: date}\nread: [unit.clerk, unit.head, office.clerk]\nprocedure:\n"
            "  initial: draft\n  states: {draft: , review: , kept: {final: true}}\n  actions:\n"
            "    open: {by: unit.clerk}\n    amend: {from: draft, by: unit.clerk, fields: "
            "[subject, happens_on]}\n"
            "    file: {from: draft, to: review, by: unit.clerk, need: [happens_on]}\n"
            "    approve: {from: review, to: kept, by: unit.head, apart_from: [open, amend, "
            "file]}\n"
            "    send_back: {from: review, returns: earlier, by: unit.head, inputs: {reason: "
            "{type: long_text, required: true}}}\n"
    );
    std::filesystem::create_directories(folder + "/sample");
    write_file(
        folder + "/sample/" + name + ".yaml",
        "today: 2026-07-01\nentries:\n  " + name + "_entry:\n    in_draft: {subject: " + title +
            "}\n"
            "    on_file: {subject: " +
            title + ", happens_on: 2026-06-15, state: kept}\n"
    );
    write_file(folder + "/README.md", "# " + name + "\n\n" + title + "\n");
    return check_pack(folder);
}

}  // namespace

int pack_command(const Words& words) {
    const Arguments arguments{words, kPackOptions};
    const std::string& verb = arguments.word(0, "check, new, schema, adopt");
    if (verb == "check") {
        return check_pack(arguments.word(1, "folder"));
    }
    if (verb == "schema") {
        std::cout << core::json_text(declarations::register_schema()) << "\n";
        return 0;
    }
    if (verb == "adopt") {
        return adopt(arguments);
    }
    if (verb == "new") {
        return make_new(arguments);
    }
    throw core::Problem{
        core::ProblemKind::Invalid, "command.unknown", {{"command", "pack " + verb}}
    };
}

}  // namespace duban::app
