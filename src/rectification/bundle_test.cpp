#include "rectification/bundle.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scratch_folder.h"

namespace duban::rectification {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

const std::string kHostile = R"(<script>alert(1)</script>" onload='x' & </title>)";

/// A sentence that names itself and its values.
std::string say(std::string_view code, const core::Params& params, std::string_view language) {
    std::string out = std::string{language} + ":" + std::string{code};
    for (const auto& [name, value] : params) {
        out += " " + value;
    }
    return out;
}

const Look kLook{.style = "p { color: inherit; }", .say = say};

core::Json certificate(const std::string& origin = "duban/x/1") {
    return core::JsonObject{{"checkpoint", origin + "\n9\n"}, {"verifier_key", "duban+key"}};
}

PublishedBlock block(const std::string& caption) {
    return {
        .caption = caption,
        .source_words = "Source of " + caption,
        .source_place = "part 2",
        .account = "Account of " + caption,
        .said = "completed",
        .said_title = {{{"zh", "done-zh"}, {"en", "done-en"}}},
        .register_name = "finding",
        .number = "XH-1",
        .certificate = certificate()
    };
}

Publication publication(const std::string& heading = "A notice") {
    Publication out;
    out.id = "id";
    out.number = "GS-2026-001";
    out.heading = heading;
    out.state = "released";
    out.as_of = "2026-01-02";
    out.window_from = "2026-01-03";
    out.window_to = "2026-01-18";
    out.channels.phone = "000-0000";
    out.text = {.bytes = "First.\nSecond.\n", .type = "text/plain", .sha256 = "5f"};
    out.blocks = {block("One"), block("Two")};
    out.certificate = certificate();
    return out;
}

std::string page(const Publication& publication, const std::string& name = "index.html") {
    const Files files = bundle_of({publication}, kLook);
    const auto found = files.find("GS-2026-001/" + name);
    return found == files.end() ? std::string{} : found->second;
}

TEST(Bundle, SaysTextEntriesSourcesAndWhereTheirProofsLie) {
    const std::string html = page(publication());
    EXPECT_THAT(html, HasSubstr("<p lang=\"en\">First.</p>"));
    EXPECT_THAT(html, HasSubstr("Source of Two"));
    EXPECT_THAT(html, HasSubstr("href=\"proofs/2-XH-1.json\""));
    EXPECT_THAT(html, HasSubstr("done-zh"));
    EXPECT_THAT(html, HasSubstr("<html lang=\"zh-CN\">"));
    EXPECT_THAT(page(publication(), "index.en.html"), HasSubstr("done-en"));
    const Files files = bundle_of({publication()}, kLook);
    EXPECT_EQ(files.at("GS-2026-001/text.txt"), "First.\nSecond.\n");
    EXPECT_TRUE(files.contains("GS-2026-001/proofs/2-XH-1.json"));
    EXPECT_TRUE(files.contains("GS-2026-001/proof.json"));
}

TEST(Bundle, SamePublicationsGiveTheSameBytes) {
    EXPECT_EQ(bundle_of({publication()}, kLook), bundle_of({publication()}, kLook));
}

TEST(Bundle, NothingFromOutsideBecomesMarkup) {
    Publication hostile = publication(kHostile);
    hostile.number = kHostile;
    hostile.issuer = kHostile;
    hostile.superseded_on = kHostile;
    hostile.superseded_by = kHostile;
    hostile.supersedes = kHostile;
    hostile.window_from = kHostile;
    hostile.channels = {kHostile, kHostile, kHostile};
    hostile.text.bytes = kHostile + "\n" + kHostile;
    hostile.withheld = {{core::Texts{{{"zh", kHostile}}}, 1}};
    hostile.blocks.front() = {
        .caption = kHostile,
        .source_words = kHostile,
        .source_place = kHostile,
        .account = kHostile,
        .said = kHostile,
        .said_title = {{{"zh", kHostile}}},
        .register_name = "finding",
        .number = "../" + kHostile,
        .certificate = certificate()
    };
    hostile.certificate = core::JsonObject{{"checkpoint", kHostile}, {"verifier_key", kHostile}};
    for (const char* state : {"approved", "released", "superseded", "ended"}) {
        hostile.state = state;
        for (const auto& [name, bytes] : bundle_of({hostile}, kLook)) {
            EXPECT_THAT(name, Not(HasSubstr(".."))) << "no way out of the folder";
            if (name.ends_with(".html")) {
                EXPECT_THAT(bytes, Not(HasSubstr("<script"))) << name;
                EXPECT_THAT(bytes, Not(HasSubstr("onload='"))) << name;
                EXPECT_THAT(bytes, Not(HasSubstr("\" onload"))) << name;
            }
        }
    }
}

TEST(Bundle, PagesStayShortAndNothingIsLost) {
    Publication large = publication();
    large.text.bytes = std::string(20'000, '"') + "\n";
    for (int i = 0; i < 60; ++i) {
        large.blocks.push_back(block("Entry " + std::to_string(i) + " " + std::string(300, '&')));
        large.blocks.back().account = std::string(4'000, '\'');
    }
    std::string all;
    for (const auto& [name, bytes] : bundle_of({large}, kLook)) {
        if (name.ends_with(".html")) {
            EXPECT_LE(bytes.size() + kLook.style.size(), kPageBytesMax) << name;
            all += name.ends_with(".en.html") ? "" : bytes;
        }
    }
    for (std::size_t i = 0; i < large.blocks.size(); ++i) {
        EXPECT_THAT(all, HasSubstr("proofs/" + std::to_string(i + 1) + "-XH-1.json"));
    }
    std::size_t quotes = 0;
    for (std::size_t at = all.find("&#34;"); at != std::string::npos;
         at = all.find("&#34;", at + 1)) {
        ++quotes;
    }
    EXPECT_EQ(quotes, 20'000U);
}

TEST(Bundle, WithheldIsSaidOnlyWhereItWasResolved) {
    Publication one = publication();
    EXPECT_THAT(page(one), Not(HasSubstr("publication_withheld")));
    EXPECT_THAT(page(one, "publication.json"), Not(HasSubstr("withheld")));
    one.withheld = {{core::Texts{{{"zh", "a ground"}}}, 2}};
    EXPECT_THAT(page(one), HasSubstr("a ground"));
    EXPECT_THAT(page(one, "publication.json"), HasSubstr(R"("count":2)"));
}

TEST(Bundle, SupersededStaysWithItsDay) {
    Publication old = publication();
    old.state = "superseded";
    old.superseded_on = "2026-03-04";
    old.superseded_by = "GS-2026-002";
    const std::string html = page(old);
    EXPECT_THAT(html, HasSubstr("2026-03-04"));
    EXPECT_THAT(html, HasSubstr("href=\"../GS-2026-002/index.html\""));
    EXPECT_THAT(html, HasSubstr("Account of One"));
    EXPECT_THAT(bundle_of({old}, kLook).at("index.html"), HasSubstr("2026-03-04"));
}

TEST(Bundle, PageTakenDownKeepsItsNameAndProofOnly) {
    Publication over = publication();
    over.state = "ended";
    over.ended_on = "2026-02-01";
    over.taken_down = true;
    over.text = {};
    over.blocks.clear();
    const Files files = bundle_of({over}, kLook);
    EXPECT_FALSE(files.contains("GS-2026-001/text.txt"));
    EXPECT_THAT(files.at("GS-2026-001/index.html"), HasSubstr("publication_taken_down 2026-02-01"));
    EXPECT_THAT(files.at("GS-2026-001/index.html"), Not(HasSubstr("000-0000")));
    EXPECT_TRUE(files.contains("GS-2026-001/proof.json"));
}

class BundleFolder : public testing::Test {
protected:
    static Files bundle(const std::string& origin = "duban/x/1") {
        Publication one = publication();
        one.certificate = certificate(origin);
        return bundle_of({one}, kLook);
    }
    [[nodiscard]] fs::path place() const { return home_ / "public"; }
    void put(const std::string& name, const std::string& words) const {
        std::ofstream{place() / name} << words;
    }
    [[nodiscard]] std::string refusal(const Files& files) const {
        try {
            write_bundle(place(), files);
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return {};
    }
    [[nodiscard]] Files found() const {
        Files files;
        for (const auto& entry : fs::recursive_directory_iterator{place()}) {
            if (entry.is_regular_file()) {
                std::ifstream in{entry.path(), std::ios::binary};
                files[entry.path().lexically_relative(place()).generic_string()] = {
                    std::istreambuf_iterator<char>{in}, {}
                };
            }
        }
        return files;
    }
    [[nodiscard]] std::ptrdiff_t names_in_home() const {
        return std::distance(fs::directory_iterator{home_}, {});
    }

    const core::ScratchFolder scratch_{fs::temp_directory_path() / "duban-bundle-"};
    const fs::path& home_ = scratch_.path();
};

TEST_F(BundleFolder, IsWrittenWholeAndTakesThePlaceOfTheOneBefore) {
    EXPECT_EQ(refusal(bundle()), "");
    EXPECT_EQ(found(), bundle());
    const Files empty = bundle_of({}, kLook);
    EXPECT_EQ(refusal(empty), "");
    EXPECT_EQ(found(), empty) << "nothing of the old one is left";
    EXPECT_EQ(names_in_home(), 1) << "and nothing beside it";
    const auto seen_by_all = fs::status(place()).permissions() & fs::perms::others_exec;
    EXPECT_NE(seen_by_all, fs::perms::none);
}

TEST_F(BundleFolder, EmptyFolderIsTaken) {
    fs::create_directory(place());
    EXPECT_EQ(refusal(bundle()), "");
}

TEST_F(BundleFolder, WhatIsNoBundleIsLeftAlone) {
    fs::create_directory(place());
    put("letter.txt", "mine");
    EXPECT_EQ(refusal(bundle()), "publication.not_a_bundle");
    put("publications.json", "{}");
    EXPECT_EQ(refusal(bundle()), "publication.not_a_bundle");
    EXPECT_EQ(found().at("letter.txt"), "mine");
    EXPECT_EQ(names_in_home(), 1);
    fs::remove_all(place());
    std::ofstream{place()} << "a file";
    EXPECT_EQ(refusal(bundle()), "publication.not_a_bundle");
}

TEST_F(BundleFolder, FileThatNoBundlePutThereOrThatWasChangedIsNotLost) {
    ASSERT_EQ(refusal(bundle()), "");
    put("CNAME", "example.invalid");
    EXPECT_EQ(refusal(bundle()), "publication.foreign_file");
    fs::remove(place() / "CNAME");
    put("style.css", "p { color: red; }");
    EXPECT_EQ(refusal(bundle()), "publication.foreign_file");
}

TEST_F(BundleFolder, BundleOfAnotherLogIsLeftAlone) {
    ASSERT_EQ(refusal(bundle()), "");
    EXPECT_EQ(refusal(bundle("duban/y/1")), "publication.not_a_bundle");
}

TEST_F(BundleFolder, FolderThatCannotBeIsNamed) {
    try {
        write_bundle(home_ / "none" / "public", bundle());
        FAIL() << "there is no folder to write it into";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "file.not_writable");
    }
}

}  // namespace
}  // namespace duban::rectification
