// A register through the versions of its pack: what its records called its fields, and what each
// adoption did to the entries under way (E01, E10, E17).

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "registers/internal/folded_law.h"

namespace duban::registers {

class FoldedLineage {
public:
    /// One version of the register, from its adoption on.
    struct Epoch {
        std::int64_t position = 0;
        const declarations::Register* declared = nullptr;  ///< nullptr: not there, or not legible
        std::map<std::string, std::string> fields;         ///< name then → name now
        /// Of each rows field, as it is called now: its columns, likewise.
        std::map<std::string, std::map<std::string, std::string>> columns;
        /// Fields, as they are called now, that the adoption filled in old rows.
        std::vector<std::pair<std::string, core::Json>> fills;
        std::set<std::string> voided;  ///< actions whose open rounds began again
    };

    /// Of `declared` as it is in force in the program; `law` must outlive the lineage.
    FoldedLineage(const FoldedLaw& law, const declarations::Register& declared);

    [[nodiscard]] const declarations::Register& declared() const { return *declared_; }
    [[nodiscard]] const std::vector<Epoch>& epochs() const { return epochs_; }
    /// The epoch of a record at `position`; nullptr before the first.
    [[nodiscard]] const Epoch* find_epoch(std::int64_t position) const;
    /// Every name the register had, oldest first.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] const FoldedLaw& law() const { return law_; }

private:
    const FoldedLaw& law_;
    const declarations::Register* declared_;
    std::vector<Epoch> epochs_;
    std::vector<std::string> names_;
};

}  // namespace duban::registers
