#include "reading/command.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "reading/reading.h"

namespace duban::reading {
namespace {

enum class Form { Tree, Json, Text };

constexpr int kRead = 0;
constexpr int kUnreadable = 1;
constexpr int kUsage = 2;

constexpr const char* kHelp =
    "usage: duban read FILE... [--json | --text]\n"
    "\n"
    "Reads official documents (UTF-8, GB 18030, UTF-16 with its mark) and prints what they say:\n"
    "title, outline, measures, named documents, figures, dates, contacts, and what is uncertain.\n"
    "\n"
    "  FILE      a text file; - is standard input\n"
    "  --json    one JSON object a file; with several files one a line, each with \"file\"\n"
    "  --text    the text as read, to which the spans of --json belong\n"
    "\n"
    "Exit codes: 0 every file was read, 1 some file could not be read, 2 wrong arguments.\n";

struct Request {
    Form form = Form::Tree;
    bool help = false;
    std::vector<std::string> files;
};

/// nullopt when an option is unknown, or two forms are asked for.
std::optional<Request> parse(std::span<const std::string> args, std::string& wrong) {
    Request request;
    bool options = true;
    for (const std::string& arg : args) {
        if (!options || arg == "-" || !arg.starts_with('-')) {
            request.files.push_back(arg);
        } else if (arg == "--") {
            options = false;
        } else if (arg == "--help" || arg == "-h") {
            request.help = true;
        } else if ((arg == "--json" || arg == "--text") && request.form == Form::Tree) {
            request.form = arg == "--json" ? Form::Json : Form::Text;
        } else {
            wrong = arg;
            return std::nullopt;
        }
    }
    return request;
}

/// All of a stream, and one byte more than is read when there is more.
std::string take_all(std::istream& in) {
    std::string bytes;
    std::vector<char> block(std::size_t{1} << 16U);
    while (bytes.size() <= kReadBytesMax) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const std::streamsize count = in.gcount();
        if (count <= 0) {
            break;
        }
        bytes.append(block.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

std::optional<std::string> find_bytes(
    const std::string& file, std::istream& in, std::ostream& err
) {
    std::string bytes;
    if (file == "-") {
        bytes = take_all(in);
    } else {
        std::error_code error;
        if (std::filesystem::is_directory(file, error)) {
            err << "duban read: " << file << ": is a directory; name a file\n";
            return std::nullopt;
        }
        std::ifstream stream{file, std::ios::binary};
        if (!stream) {
            err << "duban read: " << file << ": " << std::strerror(errno) << "\n";
            return std::nullopt;
        }
        bytes = take_all(stream);
        if (stream.bad()) {
            err << "duban read: " << file << ": could not be read to its end\n";
            return std::nullopt;
        }
    }
    if (bytes.size() > kReadBytesMax) {
        err << "duban read: " << file << ": larger than " << kReadBytesMax / 1024 / 1024
            << " MiB; cut it into parts\n";
        return std::nullopt;
    }
    return bytes;
}

void print(
    const Document& document, const std::string& file, const Request& request, std::ostream& out
) {
    const bool several = request.files.size() > 1;
    switch (request.form) {
        case Form::Text: out << document.text; break;
        case Form::Json: {
            core::Json json = to_json(document);
            if (several) {
                core::JsonObject named{{"file", file}};
                for (auto& member : json.as_object()) {
                    named.insert(std::move(member));
                }
                json = std::move(named);
            }
            out << core::json_text(json) << "\n";
            break;
        }
        case Form::Tree:
            if (several) {
                out << "== " << file << " ==\n";
            }
            out << tree_text(document) << (several ? "\n" : "");
            break;
    }
}

}  // namespace

int read_command(
    std::span<const std::string> args, std::istream& in, std::ostream& out, std::ostream& err
) {
    std::string wrong;
    const std::optional<Request> request = parse(args, wrong);
    if (!request) {
        err << "duban read: " << wrong << ": unknown option, or a second form of output\n" << kHelp;
        return kUsage;
    }
    if (request->help) {
        out << kHelp;
        return kRead;
    }
    if (request->files.empty()) {
        err << "duban read: name a file to read, or - for standard input\n" << kHelp;
        return kUsage;
    }
    int code = kRead;
    for (const std::string& file : request->files) {
        const std::optional<std::string> bytes = find_bytes(file, in, err);
        if (!bytes) {
            code = kUnreadable;
            continue;
        }
        const Document document = read(*bytes);
        print(document, file, *request, out);
        if (document.is_marked_secret()) {
            err << "duban read: " << file
                << ": a secrecy mark stands in its place; this document must not be stored\n";
        }
    }
    out.flush();
    return code;
}

}  // namespace duban::reading
