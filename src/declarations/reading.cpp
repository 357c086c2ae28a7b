#include "declarations/reading.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "declarations/internal/readers.h"
#include "declarations/internal/yaml.h"
#include "declarations/sample.h"

namespace duban::declarations {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 1000;
constexpr std::string_view kPackFile = "pack.yaml";
constexpr std::string_view kRegisters = "registers/";
constexpr std::string_view kControls = "controls/";
constexpr std::string_view kSample = "sample/";

/// The name of `path` inside `folder` without `extension`; nullopt when it is no such file.
std::optional<std::string> name_in(
    std::string_view path, std::string_view folder, std::string_view extension
) {
    if (!path.starts_with(folder) || !path.ends_with(extension)) {
        return std::nullopt;
    }
    path.remove_prefix(folder.size());
    if (path.size() <= extension.size() || path.find('/') != std::string_view::npos) {
        return std::nullopt;
    }
    return std::string{path.substr(0, path.size() - extension.size())};
}

std::optional<Node> read_yaml(const SourceFile& file, Faults& faults) {
    return check_text(file.path, file.text, faults) ? parse_yaml(file.path, file.text, faults)
                                                    : std::nullopt;
}

/// Tables of this pack that would bear one name: registers, and fields with tables of their own.
void check_tables(const Pack& pack, Faults& faults) {
    std::set<std::string> tables;
    const auto add = [&](const std::string& table, const Place& place) {
        if (!tables.insert(table).second) {
            faults.error(place, "register.table_clash", {{"table", table}});
        }
    };
    for (const Register& declared : pack.registers) {
        add(declared.name, declared.place);
    }
    for (const Register& declared : pack.registers) {
        for (const Field& field : declared.fields) {
            if (field.type == FieldType::Links || field.type == FieldType::Rows || field.many) {
                add(declared.name + "_" + field.name, field.place);
            }
        }
    }
}

void read_parts(Pack& pack, std::span<const SourceFile> files, Faults& faults) {
    const Values values{faults};
    for (const SourceFile& file : files) {
        if (name_in(file.path, kRegisters, ".yaml")) {
            const auto root = read_yaml(file, faults);
            auto declared = root ? read_register(*root, pack, values) : std::nullopt;
            if (declared) {
                pack.registers.push_back(std::move(*declared));
            }
        } else if (const auto name = name_in(file.path, kControls, ".sql")) {
            auto control = read_control(file, *name, faults);
            if (control) {
                control->pack = pack.name;
                pack.controls.push_back(std::move(*control));
            }
        } else if (file.path != kPackFile) {
            faults.warn({.file = file.path, .line = 1, .column = 1}, "pack.stray_file");
        }
    }
}

std::string text_of_file(const fs::path& path) {
    // One byte more than is allowed tells a file that is too large without reading all of it.
    std::string text(kFileBytesMax + 1, '\0');
    std::ifstream file{path, std::ios::binary};
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

void add_file(std::vector<SourceFile>& files, const fs::path& file, const std::string& name) {
    std::error_code failure;
    if (files.size() < kFilesMax && fs::is_regular_file(file, failure)) {
        files.push_back({.path = name, .text = text_of_file(file)});
    }
}

void add_files(
    std::vector<SourceFile>& files,
    const fs::path& root,
    std::string_view folder,
    std::string_view extension
) {
    std::error_code failure;
    for (fs::directory_iterator at{root / folder, failure}, end; at != end; at.increment(failure)) {
        if (at->path().extension() == extension) {
            add_file(files, at->path(), std::string{folder} + at->path().filename().string());
        }
    }
}

std::vector<SourceFile> sorted(std::vector<SourceFile> files) {
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace

Loaded read_pack(std::span<const SourceFile> files) {
    Faults faults;
    const Values values{faults};
    std::optional<Pack> pack;
    const auto own = std::find_if(files.begin(), files.end(), [](const SourceFile& file) {
        return file.path == kPackFile;
    });
    if (own == files.end()) {
        faults.error({.file = std::string{kPackFile}, .line = 1, .column = 1}, "pack.no_pack_file");
    } else if (const auto root = read_yaml(*own, faults)) {
        pack = read_pack_file(*root, values);
    }
    // Registers are read even where pack.yaml is broken: all faults are shown at once.
    Pack read = pack.value_or(Pack{});
    read_parts(read, files, faults);
    check_tables(read, faults);
    Loaded loaded;
    if (!faults.has_errors()) {
        loaded.pack = std::move(read);
    }
    loaded.faults = faults.take();
    return loaded;
}

std::vector<SourceFile> pack_files(const std::string& path) {
    std::error_code failure;
    const fs::path root{path};
    if (!fs::is_directory(root, failure)) {
        throw core::Problem{core::ProblemKind::NotFound, "pack.not_found", {{"path", path}}};
    }
    std::vector<SourceFile> files;
    add_file(files, root / kPackFile, std::string{kPackFile});
    add_files(files, root, kControls, ".sql");
    add_files(files, root, kRegisters, ".yaml");
    return sorted(std::move(files));
}

std::vector<SourceFile> sample_files(const std::string& path) {
    std::vector<SourceFile> files;
    add_files(files, path, kSample, ".yaml");
    return sorted(std::move(files));
}

}  // namespace duban::declarations
