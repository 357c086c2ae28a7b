#include <fstream>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/locales.h"
#include "app/naming.h"
#include "app/transport.h"
#include "app/wording.h"
#include "core/problem.h"
#include "crypto/digest.h"
#include "exchange/csv.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

constexpr std::size_t kLinesMax = 1'000'000;
constexpr std::size_t kKeyLength = 40;

const Known kSheetOptions{
    .with_value =
        {"data", "as", "register", "unit", "decision", "claimed_on", "paper", "out", "format"},
    .alone = {"yes"},
    .words = 1
};

std::string sheet_path(const std::string& register_name) {
    return "/api/v1/registers/" + http::percent_encode(register_name) + "/sheet";
}

/// Where an export goes: a file, or the terminal.
class Output {
public:
    explicit Output(std::string path) : path_{std::move(path)} {
        if (!path_.empty()) {
            file_.open(path_, std::ios::binary | std::ios::trunc);
        }
    }
    std::ostream& stream() { return path_.empty() ? std::cout : file_; }
    void close() {
        if (!stream().flush()) {
            throw Problem{ProblemKind::Unavailable, "file.not_writable", {{"file", path_}}};
        }
    }

private:
    std::string path_;
    std::ofstream file_;
};

std::string page_query(const std::string& cursor) {
    return "limit=200" + (cursor.empty() ? "" : "&cursor=" + http::percent_encode(cursor));
}

void export_csv(
    Transport& transport, const std::string& as, const std::string& name, std::ostream& to
) {
    std::string cursor;
    do {
        const http::Response page = transport.send(get(sheet_path(name), page_query(cursor)), as);
        if (page.status != 200) {
            throw problem_of(page);
        }
        to << page.body;
        cursor = page.headers.find("Duban-Next").value_or("");
    } while (!cursor.empty());
}

void export_json(
    Transport& transport, const std::string& as, const std::string& name, std::ostream& to
) {
    const std::string path = "/api/v1/registers/" + http::percent_encode(name) + "/entries";
    std::string cursor;
    do {
        const core::Json page = transport.json(get(path, page_query(cursor)), as);
        for (const core::Json& entry : page.at("entries").as_array()) {
            const std::string id = core::find_string(entry, "id").value_or("");
            to << core::json_text(transport.json(get(path + "/" + id), as)) << "\n";
        }
        cursor = core::find_string(page, "next").value_or("");
    } while (!cursor.empty());
}

/// One sheet of a series on its way in.
class SheetImport {
public:
    SheetImport(const Arguments& arguments, const std::string& bytes)
        : settings_{load_settings(arguments.value("data", default_data()))},
          transport_{settings_},
          as_{account_of(arguments, settings_)},
          path_{sheet_path(arguments.value("register", ""))},
          csv_{exchange::read_csv(bytes, kLinesMax)} {
        for (const std::string name : {"unit", "decision", "claimed_on", "paper"}) {
            std::string value = arguments.value(name, "");
            if (!value.empty()) {
                value = name == "unit" ? Naming{transport_, as_}.unit(value) : value;
                query_ += name + "=" + http::percent_encode(value) + "&";
            }
        }
        key_ = crypto::sha256(path_ + query_ + as_ + bytes).hex().substr(0, kKeyLength);
    }

    /// Says what would be refused, line by line; how many would.
    std::size_t check() {
        std::size_t refused = 0;
        for (std::size_t from = 0; from < csv_.rows.size(); from += exchange::kRowsMax) {
            refused += report(send(from, true), from);
            say_progress("sheet_checked", from);
        }
        return refused;
    }

    /// What was entered before an interruption is answered again, not entered twice.
    void enter() {
        for (std::size_t from = 0; from < csv_.rows.size(); from += exchange::kRowsMax) {
            static_cast<void>(send(from, false));
            say_progress("sheet_entered", from);
        }
    }

    [[nodiscard]] std::size_t rows() const { return csv_.rows.size(); }

private:
    /// Of a series of several sheets (E15), beside what the command answers.
    void say_progress(const char* what, std::size_t from) const {
        if (csv_.rows.size() > exchange::kRowsMax) {
            const std::size_t done = std::min(csv_.rows.size(), from + exchange::kRowsMax);
            std::cerr << say(what,
                             {{"done", std::to_string(done)},
                              {"rows", std::to_string(csv_.rows.size())}})
                      << std::endl;
        }
    }

    core::Json send(std::size_t from, bool check) {
        std::string sheet = exchange::csv_line(csv_.head);
        const std::size_t to = std::min(csv_.rows.size(), from + exchange::kRowsMax);
        for (std::size_t i = from; i < to; ++i) {
            sheet += exchange::csv_line(csv_.rows[i].cells);
        }
        http::Request request = post(path_, nullptr);
        request.query = http::Query::parse(query_ + (check ? "check=true" : "check=false")).value();
        request.headers.set("Content-Type", "text/csv; charset=utf-8");
        request.headers.set("Idempotency-Key", key_ + "-" + std::to_string(from));
        request.body = std::move(sheet);
        return transport_.json(std::move(request), as_);
    }

    std::size_t report(const core::Json& answer, std::size_t from) {
        std::string passed;
        for (const core::Json& column : answer.at("passed_over").as_array()) {
            passed += (passed.empty() ? "" : ", ") + std::string{column.as_string()};
        }
        if (!passed.empty() && from == 0) {
            std::cout << say("sheet_passed_over", {{"columns", passed}}) << "\n";
        }
        for (const core::Json& row : answer.at("refused").as_array()) {
            const auto place = static_cast<std::size_t>(core::find_integer(row, "row").value_or(1));
            const std::size_t line = csv_.rows.at(from + place - 1).line;
            std::cout << say("sheet_line", {{"line", std::to_string(line)}}) << ": "
                      << core::find_string(row, "detail").value_or("") << "\n";
            for (const core::Json& error : row.at("errors").as_array()) {
                const std::string pointer = core::find_string(error, "pointer").value_or("");
                std::cout << "    " << pointer_title(pointer, declared(), "open") << ": "
                          << core::find_string(error, "detail").value_or("") << "\n";
            }
        }
        return answer.at("refused").as_array().size();
    }

    /// Asked for where something is to be named.
    const core::Json& declared() {
        if (declared_.is_null()) {
            const std::string path = path_.substr(0, path_.rfind('/'));
            declared_ = transport_.json(get(path), as_);
        }
        return declared_;
    }

    core::Json declared_;
    Settings settings_;
    Transport transport_;
    std::string as_;
    std::string path_;
    std::string query_;
    std::string key_;
    exchange::Csv csv_;
};

}  // namespace

/// CSV with --format csv or a file that is called so; else one JSON a line.
int export_command(const Words& words) {
    const Arguments arguments{words, kSheetOptions};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string as = account_of(arguments, settings);
    Transport transport{settings};
    const std::string& name = arguments.word(0, "register");
    const std::string out = arguments.value("out", "");
    const std::string format = arguments.value("format", out.ends_with(".csv") ? "csv" : "json");
    if (format != "csv" && format != "json") {
        throw Problem{
            ProblemKind::Invalid,
            "command.value_not_offered",
            {{"option", "--format"}, {"value", format}, {"values", "json, csv"}}
        };
    }
    Output output{out};
    if (format == "csv") {
        export_csv(transport, as, name, output.stream());
    } else {
        export_json(transport, as, name, output.stream());
    }
    output.close();
    return 0;
}

/// Checks every line first; enters only with --yes, and only when nothing is refused.
int import_sheet_command(const Words& words) {
    const Arguments arguments{words, kSheetOptions};
    const std::string& file = arguments.word(0, "file");
    SheetImport sheet{arguments, read_file(file)};
    const std::string rows = std::to_string(sheet.rows());
    if (const std::size_t refused = sheet.check(); refused > 0) {
        std::cout << say("sheet_refused", {{"refused", std::to_string(refused)}, {"rows", rows}})
                  << "\n";
        return 1;
    }
    if (!arguments.has("yes")) {
        std::cout << say("sheet_fit", {{"rows", rows}}) << "\n";
        return 0;
    }
    sheet.enter();
    std::cout << say("sheet_done", {{"rows", rows}}) << "\n";
    return 0;
}

}  // namespace duban::app
