// tests/declarations/: every broken pack is reported with exactly the faults it has.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "declarations/reading.h"

namespace duban::declarations {
namespace {

namespace fs = std::filesystem;

fs::path source_dir() {
    const char* root = std::getenv("DUBAN_SOURCE_DIR");
    return root == nullptr ? "." : root;
}

Pack pack_at(const fs::path& path) {
    Loaded loaded = read_pack(pack_files(path.string()));
    EXPECT_TRUE(loaded.pack.has_value()) << path;
    return loaded.pack.value_or(Pack{});
}

std::string errors_of(const std::vector<Fault>& faults) {
    std::string lines;
    for (const Fault& fault : faults) {
        if (!fault.warning) {
            lines += fault.place.file + ":" + std::to_string(fault.place.line) + ":" +
                     std::to_string(fault.place.column) + " " + fault.code + "\n";
        }
    }
    return lines;
}

std::vector<fs::path> broken_packs() {
    std::vector<fs::path> packs;
    for (const auto& entry : fs::directory_iterator{source_dir() / "tests/declarations/broken"}) {
        packs.push_back(entry.path());
    }
    std::sort(packs.begin(), packs.end());
    return packs;
}

TEST(BrokenDeclarations, AreReportedWithEveryFaultInItsPlace) {
    const Pack organisation = pack_at(source_dir() / "packs/organisation");
    const auto packs = broken_packs();
    EXPECT_GE(packs.size(), 60U);
    for (const fs::path& path : packs) {
        const Loaded loaded = read_pack(pack_files(path.string()));
        std::string errors = errors_of(loaded.faults);
        EXPECT_EQ(loaded.pack.has_value(), errors.empty()) << path;
        if (loaded.pack) {
            errors += errors_of(check_model(Model{{organisation, *loaded.pack}}));
        }
        std::ifstream file{path / "expected.txt"};
        std::stringstream expected;
        expected << file.rdbuf();
        EXPECT_EQ(errors, expected.str()) << path;
        EXPECT_NE(errors, "") << path;
    }
}

TEST(BrokenDeclarations, EveryFaultHasASentenceWithoutGaps) {
    for (const fs::path& path : broken_packs()) {
        for (const Fault& fault : read_pack(pack_files(path.string())).faults) {
            const std::string text{fault.text.in("en")};
            EXPECT_GT(text.size(), 15U) << fault.code;
            for (const auto& [name, value] : fault.params) {
                EXPECT_EQ(text.find("{" + name + "}"), std::string::npos) << fault.code;
            }
        }
    }
}

TEST(ValidDeclarations, TheExampleOfTheSpecificationIsRead) {
    const Pack pack = pack_at(source_dir() / "tests/declarations/valid/example");
    ASSERT_EQ(pack.registers.size(), 1U);
    EXPECT_EQ(pack.registers[0].fields.size(), 8U);
    EXPECT_EQ(pack.registers[0].procedure.actions.size(), 6U);
}

TEST(ValidDeclarations, TheShippedPacksAreCleanTogether) {
    std::vector<Pack> packs;
    for (const auto* name : {"organisation", "foundation"}) {
        const Loaded loaded = read_pack(pack_files((source_dir() / "packs" / name).string()));
        EXPECT_EQ(loaded.faults.size(), 0U) << name;
        ASSERT_TRUE(loaded.pack.has_value()) << name;
        packs.push_back(*loaded.pack);
    }
    EXPECT_EQ(errors_of(check_model(Model{packs})), "");
    EXPECT_TRUE(check_model(Model{packs}).empty());
}

/// Whoever reads either language is told why: of what is found, and of each group of a figure.
TEST(ValidDeclarations, EveryReasonOfTheShippedPacksHasWordsInBothLanguages) {
    for (const auto* name : {"foundation", "rectification"}) {
        for (const Control& control : pack_at(source_dir() / "packs" / name).controls) {
            if (control.kind == ControlKind::Figure) {
                continue;
            }
            EXPECT_FALSE(control.reasons.empty()) << control.name;
            for (const Choice& reason : control.reasons) {
                EXPECT_TRUE(reason.title.by_tag.contains("zh")) << control.name;
                EXPECT_TRUE(reason.title.by_tag.contains("en")) << control.name;
            }
        }
    }
}

}  // namespace
}  // namespace duban::declarations
