#include "reading/command.h"

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

/// The bytes of a file, or why they cannot be had.
struct Taken {
    std::string bytes;
    std::string_view fault;  ///< a problem code; empty when they are there
};

Taken taken(const std::string& file, std::istream& in) {
    if (file == "-") {
        return {take_all(in), {}};
    }
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) {
        return {{}, "read.directory"};
    }
    std::ifstream stream{file, std::ios::binary};
    if (!stream) {
        return {{}, "file.not_readable"};
    }
    std::string bytes = take_all(stream);
    return {std::move(bytes), stream.bad() ? "file.not_readable" : std::string_view{}};
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

int read_command(std::span<const std::string> args, const Streams& streams, const Say& say) {
    const auto complain = [&](std::string_view code, const core::Params& params) {
        streams.err << "duban read: " << say(code, params) << "\n";
    };
    std::string wrong;
    const std::optional<Request> request = parse(args, wrong);
    if (!request) {
        complain("read.option", {{"option", wrong}});
        streams.err << say("help_read", {});
        return kUsage;
    }
    if (request->help) {
        streams.out << say("help_read", {});
        return kRead;
    }
    if (request->files.empty()) {
        complain("read.no_file", {});
        streams.err << say("help_read", {});
        return kUsage;
    }
    int code = kRead;
    for (const std::string& file : request->files) {
        Taken found = taken(file, streams.in);
        if (found.fault.empty() && found.bytes.size() > kReadBytesMax) {
            found.fault = "read.too_large";
        }
        if (!found.fault.empty()) {
            complain(
                found.fault,
                {{"file", file}, {"limit", std::to_string(kReadBytesMax / 1024 / 1024)}}
            );
            code = kUnreadable;
            continue;
        }
        const Document document = read(found.bytes);
        print(document, file, *request, streams.out);
        if (document.is_marked_secret()) {
            complain("read.secret", {{"file", file}});
        }
        if (document.has("document.not_text")) {
            complain("read.not_text", {{"file", file}});
        }
    }
    streams.out.flush();
    return code;
}

}  // namespace duban::reading
