// Units, people, posts and accounts of a house from sheets: what an administrator has in a
// spreadsheet already is not typed again.

#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/locales.h"
#include "app/transport.h"
#include "core/problem.h"
#include "exchange/csv.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

const Known kDirectoryOptions{
    .with_value = {"data", "as", "approve-as", "out"}, .alone = {"check"}, .words = 2
};

std::string path_of(const std::string& table) {
    if (table == "accounts") {
        return "/api/v1/accounts/sheet";
    }
    if (table != "units" && table != "people" && table != "posts") {
        throw Problem{ProblemKind::Invalid, "directory.no_such_table", {{"table", table}}};
    }
    return "/api/v1/directory/" + table + "/sheet";
}

std::string number(const core::Json& answer, const char* member) {
    return core::json_text(answer.at(member));
}

/// "line 3, Code: …", one for each faulty cell.
void print_faults(const core::Json& answer) {
    for (const core::Json& row : answer.at("refused").as_array()) {
        const auto line = core::find_integer(row, "line");
        for (const core::Json& error : row.at("errors").as_array()) {
            const std::string key = core::find_string(error, "pointer").value_or("");
            const core::Json* const column =
                key.empty() ? nullptr : core::find_member(answer.at("columns"), key.substr(1));
            const std::string detail = core::find_string(error, "detail").value_or("");
            std::cout << (line ? say("directory_line",
                                     {{"line", std::to_string(*line)},
                                      {"column",
                                       column == nullptr ? std::string{}
                                                         : " " + std::string{column->as_string()}},
                                      {"detail", detail}})
                               : say("directory_whole", {{"detail", detail}}))
                      << "\n";
        }
    }
}

/// Of the words that a column may be called by, the one that is shown.
std::string column_text(const char* code) {
    const std::string words = say(code);
    return words.substr(0, words.find('|'));
}

/// The passwords as a sheet, for the administrator to hand out: readable by him alone.
void write_passwords(const std::string& file, const core::Json& accounts) {
    std::string sheet{exchange::kCsvMark};
    sheet += exchange::csv_line(
        {column_text("directory_person"),
         column_text("directory_account"),
         say("directory_password")}
    );
    for (const core::Json& one : accounts.as_array()) {
        sheet += exchange::csv_line(
            {core::find_string(one, "person").value_or(""),
             core::find_string(one, "name").value_or(""),
             core::find_string(one, "password").value_or("")}
        );
    }
    write_file(file, sheet, true);
}

/// Where passwords go is made first: they are shown once.
std::string password_file(const Arguments& arguments) {
    std::string file = arguments.value("out", "");
    if (file.empty()) {
        throw Problem{ProblemKind::Invalid, "command.value_missing", {{"option", "--out"}}};
    }
    if (std::filesystem::exists(file)) {
        throw Problem{ProblemKind::Conflict, "file.exists", {{"file", file}}};
    }
    write_file(file, "", true);
    return file;
}

void print_outcome(const core::Json& answer) {
    const bool has_written = number(answer, "added") != "0" || number(answer, "changed") != "0";
    if (!has_written) {
        std::cout << say("directory_nothing") << "\n";
    } else if (const auto proposal = core::find_string(answer, "proposal")) {
        std::cout << say("directory_proposed", {{"proposal", *proposal}}) << "\n";
    } else {
        std::cout << say("directory_done") << "\n";
    }
}

/// By the other administrator, where his token lies here too.
void approve(Transport& transport, const core::Json& answer, const std::string& approver) {
    const core::Json* const made = core::find_member(answer, "proposal");
    if (made == nullptr || !made->is_string() || approver.empty()) {
        return;
    }
    static_cast<void>(transport.json(
        post(
            "/api/v1/proposals/" + std::string{made->as_string()} + "/approve", core::JsonObject{}
        ),
        approver
    ));
    std::cout << say("directory_approved") << "\n";
}

}  // namespace

/// Checks first; writes all of it, or with --check or a fault nothing.
int directory_command(const Words& words) {
    const Arguments arguments{words, kDirectoryOptions};
    const std::string& table = arguments.word(0, "table");
    http::Request request = post(path_of(table), nullptr);
    request.headers.set("Content-Type", "text/csv; charset=utf-8");
    request.body = read_file(arguments.word(1, "file"));
    const Settings settings = load_settings(arguments.value("data", default_data()));
    Transport transport{settings};
    const std::string as = account_of(arguments, settings, "system.admin");
    const core::Json looked = transport.json(request, as);
    std::cout << say("directory_plan",
                     {{"added", number(looked, "added")},
                      {"changed", number(looked, "changed")},
                      {"waiting", number(looked, "waiting")},
                      {"unchanged", number(looked, "unchanged")}})
              << "\n";
    if (const auto& refused = looked.at("refused").as_array(); !refused.empty()) {
        print_faults(looked);
        std::cout << say("directory_refused",
                         {{"refused", std::to_string(refused.size())},
                          {"lines", std::to_string(looked.at("lines").as_array().size())}})
                  << "\n";
        return 1;
    }
    if (arguments.has("check")) {
        std::cout << say("directory_fit") << "\n";
        return 0;
    }
    const std::string file =
        table == "accounts" && number(looked, "added") != "0" ? password_file(arguments) : "";
    request.query = http::Query::parse("check=false").value();
    const core::Json written = transport.json(request, as);
    if (!file.empty()) {
        write_passwords(file, written.at("accounts"));
        std::cout << say("directory_accounts", {{"file", file}}) << "\n";
    }
    print_outcome(written);
    approve(transport, written, arguments.value("approve-as", ""));
    return 0;
}

}  // namespace duban::app
