#include "core/scratch_folder.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::core {

namespace {

namespace fs = std::filesystem;

TEST(ScratchFolder, IsEmptyAndNobodyElsesAndGoesWithWhatIsInIt) {
    fs::path was;
    {
        const ScratchFolder one{fs::temp_directory_path() / "duban-scratch-"};
        const ScratchFolder other{fs::temp_directory_path() / "duban-scratch-"};
        was = one.path();
        EXPECT_NE(one.path(), other.path());
        EXPECT_TRUE(fs::is_empty(one.path()));
        EXPECT_EQ(fs::status(one.path()).permissions(), fs::perms::owner_all);
        fs::create_directory(was / "within");
        std::ofstream{was / "within" / "file"} << "words";
        EXPECT_TRUE(fs::exists(was / "within" / "file"));
    }
    EXPECT_FALSE(fs::exists(was));
}

TEST(ScratchFolder, WhatWasMovedAwayStays) {
    const ScratchFolder home{fs::temp_directory_path() / "duban-scratch-"};
    {
        const ScratchFolder moved{home.path() / "moved-"};
        std::ofstream{moved.path() / "file"} << "words";
        fs::rename(moved.path(), home.path() / "kept");
    }
    EXPECT_TRUE(fs::exists(home.path() / "kept" / "file"));
}

TEST(ScratchFolder, IsNotMadeWhereThereIsNoPlace) {
    const ScratchFolder home{fs::temp_directory_path() / "duban-scratch-"};
    try {
        const ScratchFolder none{home.path() / "none" / "scratch-"};
        FAIL() << none.path();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "file.not_writable");
        EXPECT_EQ(problem.params.at("file"), (home.path() / "none").string());
    }
}

}  // namespace

}  // namespace duban::core
