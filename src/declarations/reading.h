// From the files of a pack to a Pack, or to every fault with file, line and column.
//
//     const Loaded loaded = read_pack(files);
//     if (!loaded.faults.empty()) { … each fault names file, line, column, code, sentence … }

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/problem.h"
#include "core/texts.h"
#include "declarations/model.h"

namespace duban::declarations {

/// A file of a pack; `path` is relative to the pack's folder: "registers/concurrent_post.yaml".
struct SourceFile {
    std::string path;
    std::string text;
};

struct Fault {
    Place place;
    std::string code;  ///< "field.reserved_name"
    core::Texts text;  ///< what is wrong and what to do, zh and en come from locales; en here
    bool warning = false;
    core::Params params;  ///< values for the placeholders of the sentence
};

struct Loaded {
    std::optional<Pack> pack;  ///< present when no fault is an error
    std::vector<Fault> faults;
};

/// Reads pack.yaml, registers/*.yaml and controls/*.sql out of `files`. Never throws on input:
/// YAML without anchors, ≤ 1 MB a file, depth ≤ 20, no key twice (E30).
[[nodiscard]] Loaded read_pack(std::span<const SourceFile> files);

/// The files of the folder `path` that a pack is made of, sorted by path (≤ 1,000 files).
/// Throws Problem{NotFound, "pack.not_found"}.
[[nodiscard]] std::vector<SourceFile> pack_files(const std::string& path);

/// Faults that only show across packs: a link to an unknown register, `opens` and `acts` deeper
/// than three, an unknown role; and the model check of every procedure: each state reachable and
/// leavable or final, each action with a possible actor, two where two must be apart.
[[nodiscard]] std::vector<Fault> check_model(const Model& model);

/// One difference between two versions of a pack, in plain words (E10).
struct Difference {
    std::string register_name;  ///< empty: the pack itself
    std::string path;           ///< "procedure.actions.approve.signatures"
    core::Texts text;           ///< {en: "approve: 2 → 1 signatures", zh: "approve:签批 2 → 1"}
    /// A signature, check, need or separation fell away: printed on certificates.
    bool loosens = false;
    /// A field or register was dropped or narrowed: refused without a command.
    bool loses_data = false;
    /// What the tables and the records hold cannot be brought over: refused whatever is permitted.
    bool unmovable = false;
    std::string code;     ///< "difference.check_removed": its sentence stands in locales
    core::Params params;  ///< values for the placeholders of the sentence
};

/// The field of `before` that `field` continues: of its name, or of the one it had; or nullptr.
[[nodiscard]] const Field* find_former(const std::vector<Field>& before, const Field& field);
/// The register of `before` that `declared` continues, likewise.
[[nodiscard]] const Register* find_former(const Pack& before, const Register& declared);

/// Every difference from `before` to `after`.
[[nodiscard]] std::vector<Difference> differences(const Pack& before, const Pack& after);

/// The JSON Schema (2020-12) of a register file, for editors.
[[nodiscard]] core::Json register_schema();

}  // namespace duban::declarations
