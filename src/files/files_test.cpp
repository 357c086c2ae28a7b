#include "files/files.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "crypto/random.h"
#include "store/testing.h"

namespace duban::files {

namespace {

using testing::IsEmpty;
using testing::SizeIs;

core::Id test_id(std::uint8_t number) {
    core::Id id;
    id.octets[15] = number;
    return id;
}

class FilesTest : public testing::Test {
protected:
    static constexpr core::OrgId kOrg{7};

    FilesTest() { Files::migrate(*store); }

    FileInfo upload(
        std::string_view content, std::uint8_t person = 1, std::string_view name = "a.txt"
    ) {
        Upload running = files.begin(kOrg, test_id(person));
        for (std::size_t i = 0; i < content.size(); i += 3) {
            running.write(content.substr(i, 3));
        }
        return running.finish(name);
    }

    Claim claim_of(const crypto::Hash& hash, std::uint8_t person = 1) {
        return {
            .org = kOrg,
            .hash = hash,
            .register_name = "measure",
            .entry = test_id(50),
            .field = "evidence",
            .claimed_by = test_id(person)
        };
    }

    void claim(const Claim& claim) {
        store->write(kOrg, [&](store::Transaction& tx) { files.claim(tx, claim); });
    }

    std::vector<Claim> claims(const crypto::Hash& hash) {
        std::vector<Claim> all;
        store->read([&](store::Reader& reader) { all = files.claims(reader, kOrg, hash); });
        return all;
    }

    std::optional<StoredFile> open(const crypto::Hash& hash, core::OrgId org = kOrg) {
        std::optional<StoredFile> file;
        store->read([&](store::Reader& reader) { file = files.open(reader, org, hash); });
        return file;
    }

    std::vector<std::string> faults() {
        std::vector<std::string> codes;
        files.verify(kOrg, [&](const Fault& fault) { codes.push_back(fault.code); });
        return codes;
    }

    /// The code of what `work` throws.
    template <typename Work>
    std::string refusal(Work work) {
        try {
            work();
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return "";
    }

    static std::string read_all(const std::string& path) {
        std::ifstream file{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    store::TestDirectory directory;
    std::unique_ptr<store::Store> store = store::open_test_store();
    core::ManualClock clock{core::from_ms(1'764'000'000'000)};
    crypto::SeededRandom random{1};
    Options options{
        .directory = directory.path("files"), .file_bytes_max = 1000, .quota_bytes = 2000
    };
    Files files{options, *store, clock, random};
};

TEST_F(FilesTest, UploadedFileIsKeptUnderItsHash) {
    const FileInfo info = upload("evidence");
    EXPECT_EQ(info.hash, crypto::sha256("evidence"));
    EXPECT_EQ(info.size, 8);
    EXPECT_EQ(info.kind, "text/plain");
    EXPECT_EQ(info.name, "a.txt");
    const auto file = open(info.hash);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(read_all(file->path), "evidence");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(FilesTest, WhatMayNotBeKeptLeavesNothing) {
    Options refusing = options;
    refusing.directory = directory.path("refusing");
    refusing.refuses = [](std::string_view name, std::string_view beginning) {
        return name == "marked.pdf" || beginning.starts_with("MARK");
    };
    Files strict{refusing, *store, clock, random};
    const auto uploaded = [&](std::string_view name, std::string_view content) {
        Upload running = strict.begin(kOrg, test_id(1));
        running.write(content);
        return refusal([&] { static_cast<void>(running.finish(name)); });
    };
    for (const auto& [name, content] :
         {std::pair{"a.txt", "MARK 1"}, {"marked.pdf", "%PDF-1.4"}, {"a.txt", "MARK\xFF\xFE"}}) {
        EXPECT_EQ(uploaded(name, content), "file.marked_secret") << content;
        EXPECT_FALSE(open(crypto::sha256(content)).has_value());
    }
    std::size_t left = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator{refusing.directory}) {
        left += one.is_regular_file() ? 1U : 0U;
    }
    EXPECT_EQ(left, 0U);
    EXPECT_EQ(uploaded("plain.pdf", "%PDF-1.4 MARK"), "");
}

TEST_F(FilesTest, RowThatNamesNoHashIsAFaultAndTheRestIsVerified) {
    const std::string altered = open(upload("evidence").hash)->path;
    std::ofstream{altered} << "evidencf";
    store->write(kOrg, [](store::Transaction& tx) {
        tx.execute(
            {"test.damage",
             "insert into d_file (org, hash, size, kind) values (7, $1, 1, 'text/plain')"},
            {core::Bytes{"short"}}
        );
    });
    EXPECT_THAT(faults(), testing::UnorderedElementsAre("file.malformed", "file.altered"));
}

// Somebody removed it behind the program; the bytes are evidence all the more.
TEST_F(FilesTest, ClaimedFileWhoseRowIsGoneIsFoundAndItsBytesStay) {
    const FileInfo info = upload("evidence");
    claim(claim_of(info.hash));
    const std::string path = open(info.hash)->path;
    store->write(kOrg, [](store::Transaction& tx) {
        tx.execute({"test.remove_row", "delete from d_file where org = 7"}, {});
    });
    EXPECT_EQ(files.remove_unclaimed(kOrg), 0);
    EXPECT_TRUE(std::filesystem::exists(path));
    EXPECT_THAT(faults(), testing::ElementsAre("file.lost"));
}

TEST_F(FilesTest, EveryFileIsVerifiedHoweverManyThereAre) {
    const FileInfo info = upload("evidence");
    store->write(kOrg, [&](store::Transaction& tx) {
        for (int i = 0; i < 600; ++i) {
            tx.execute(
                {"test.add_row",
                 "insert into d_file (org, hash, size, kind) values (7, $1, 1, 'text/plain')"},
                {crypto::sha256("file " + std::to_string(i)).bytes()}
            );
        }
    });
    std::set<std::string> lost;
    const std::int64_t count = files.verify(kOrg, [&](const Fault& fault) {
        EXPECT_EQ(fault.code, "file.lost");
        lost.insert(fault.hash);
    });
    EXPECT_EQ(count, 601);
    EXPECT_THAT(lost, SizeIs(600));
    EXPECT_FALSE(lost.contains(info.hash.hex()));
}

TEST_F(FilesTest, AnotherOrgHasNoneOfIt) {
    EXPECT_EQ(open(upload("evidence").hash, core::OrgId{8}), std::nullopt);
}

TEST_F(FilesTest, SecondUploaderIsToldTheSameAsTheFirst) {
    const FileInfo first = upload("evidence", 1, "first.txt");
    const FileInfo second = upload("evidence", 2, "second.txt");
    EXPECT_EQ(second.hash, first.hash);
    EXPECT_EQ(second.name, "second.txt");
    EXPECT_EQ(second.uploader, test_id(2));
    store->read([&](store::Reader& reader) {
        EXPECT_EQ(files.find_upload(reader, kOrg, first.hash, test_id(1))->name, "first.txt");
    });
}

TEST_F(FilesTest, KnowingAHashGivesNothing) {
    const FileInfo info = upload("evidence", 1);
    const std::string there = refusal([&] { claim(claim_of(info.hash, 2)); });
    const std::string absent = refusal([&] { claim(claim_of(crypto::sha256("x"), 2)); });
    EXPECT_EQ(there, "file.not_found");
    EXPECT_EQ(absent, there);
    EXPECT_THAT(claims(info.hash), IsEmpty());
}

TEST_F(FilesTest, ClaimNamesEntryFieldAndFile) {
    const FileInfo info = upload("evidence", 1, "minutes.pdf");
    claim(claim_of(info.hash));
    claim(claim_of(info.hash));
    ASSERT_THAT(claims(info.hash), SizeIs(1));
    EXPECT_EQ(claims(info.hash)[0].register_name, "measure");
    EXPECT_EQ(claims(info.hash)[0].entry, test_id(50));
    store->read([&](store::Reader& reader) {
        const auto listed = files.claims_of(reader, kOrg, "measure", test_id(50));
        ASSERT_THAT(listed, SizeIs(1));
        EXPECT_EQ(listed[0].claim.name, "minutes.pdf");
        EXPECT_EQ(listed[0].claim.hash, info.hash);
        EXPECT_EQ(listed[0].size, 8);
        EXPECT_EQ(listed[0].kind, "text/plain");
    });
}

TEST_F(FilesTest, VouchedClaimNeedsAnEarlierOne) {
    const FileInfo info = upload("evidence", 1, "minutes.pdf");
    Claim copied = claim_of(info.hash);
    copied.claimed_by = {};
    copied.entry = test_id(51);
    EXPECT_EQ(refusal([&] { claim(copied); }), "file.not_found");
    claim(claim_of(info.hash));
    claim(copied);
    ASSERT_THAT(claims(info.hash), SizeIs(2));
    EXPECT_EQ(claims(info.hash)[1].name, "minutes.pdf");
}

TEST_F(FilesTest, UnclaimedIsRemovedAfterADayAndClaimedStays) {
    const FileInfo loose = upload("loose");
    const FileInfo tied = upload("tied");
    claim(claim_of(tied.hash));
    clock.advance(std::chrono::hours{23});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 0);
    const std::string path = open(loose.hash)->path;
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 1);
    EXPECT_EQ(open(loose.hash), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(open(tied.hash).has_value());
}

// The right of an uploader to claim ends with the day, also where others claim the same file.
TEST_F(FilesTest, UploadIsForgottenAfterADay) {
    const FileInfo info = upload("evidence", 1);
    (void)upload("evidence", 2);
    claim(claim_of(info.hash, 1));
    clock.advance(std::chrono::hours{25});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 0);
    Claim late = claim_of(info.hash, 2);
    late.entry = test_id(51);
    EXPECT_EQ(refusal([&] { claim(late); }), "file.not_found");
}

TEST_F(FilesTest, UploadedAgainIsKeptForAnotherDay) {
    const FileInfo info = upload("evidence", 1);
    clock.advance(std::chrono::hours{20});
    (void)upload("evidence", 2);
    clock.advance(std::chrono::hours{20});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 0);
    EXPECT_TRUE(open(info.hash).has_value());
}

TEST_F(FilesTest, ReleasedFileIsRemovedAndItsBytesAreFreeAgain) {
    const FileInfo info = upload(std::string(900, 'a'));
    claim(claim_of(info.hash));
    store->write(kOrg, [&](store::Transaction& tx) { files.release(tx, claim_of(info.hash)); });
    clock.advance(std::chrono::hours{25});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 1);
    (void)upload(std::string(1000, 'b'));
    (void)upload(std::string(1000, 'c'));
}

TEST_F(FilesTest, NothingIsRemovedDuringABackup) {
    (void)upload("loose");
    clock.advance(std::chrono::hours{25});
    {
        const RemovalPause backup{directory.path("files")};
        EXPECT_EQ(files.remove_unclaimed(kOrg), 0);
    }
    EXPECT_EQ(files.remove_unclaimed(kOrg), 1);
}

TEST_F(FilesTest, FilesAreAddedWhereTheyLackOrAreNotWhatTheirNamesSay) {
    const std::string first = open(upload("first").hash)->path;
    const std::string second = open(upload("second").hash)->path;
    const std::string to = directory.path("copy");
    EXPECT_EQ(add_files(directory.path("files"), to), 2);
    EXPECT_EQ(add_files(directory.path("files"), to), 0);
    const auto copy = [&](const std::string& path) {
        return to + path.substr(directory.path("files").size());
    };
    std::ofstream{copy(first)} << "fir5t";
    std::filesystem::remove(copy(second));
    std::ofstream{to + "/7/note"} << "somebody's";
    EXPECT_EQ(add_files(directory.path("files"), to), 2);
    EXPECT_EQ(std::filesystem::file_size(copy(first)), 5U);
    EXPECT_EQ(add_files(to, directory.path("third")), 2) << "what it added is what it should be";
    EXPECT_TRUE(std::filesystem::exists(to + "/7/note"));
    EXPECT_EQ(refusal([&] { add_files(directory.path("none"), to); }), "file.disk_failed");
}

TEST_F(FilesTest, FileThatTheDiskKeepsIsNamedAndTheRestGoesTheNextTime) {
    const std::string path = open(upload("loose").hash)->path;
    std::filesystem::remove(path);
    std::filesystem::create_directories(path + "/in the way");
    clock.advance(std::chrono::hours{25});
    EXPECT_EQ(refusal([&] { files.remove_unclaimed(kOrg); }), "file.not_removable");
    std::filesystem::remove(path + "/in the way");
    EXPECT_EQ(files.remove_unclaimed(kOrg), 1);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(FilesTest, BytesThatTheDatabaseDoesNotKnowAreLeft) {
    const std::string path = open(upload("evidence").hash)->path;
    const auto folder = std::filesystem::path{path}.parent_path();
    const auto orphan = folder / crypto::sha256("orphan").hex();
    std::ofstream{orphan} << "orphan";
    std::ofstream{folder / "notes.txt"} << "somebody's";
    clock.advance(std::chrono::hours{25});
    EXPECT_EQ(files.remove_unclaimed(kOrg), 1);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(std::filesystem::exists(orphan));
    EXPECT_TRUE(std::filesystem::exists(folder / "notes.txt"));
}

TEST_F(FilesTest, TooLargeEmptyAndBadlyNamedAreRefused) {
    EXPECT_EQ(refusal([&] { (void)upload(std::string(1001, 'x')); }), "file.too_large");
    EXPECT_EQ(refusal([&] { (void)upload(""); }), "file.empty");
    for (const std::string_view name : {"", "..", "a/b", "a\\b", "a\nb"}) {
        EXPECT_EQ(refusal([&] { (void)upload("x", 1, name); }), "file.bad_name");
    }
    EXPECT_EQ(refusal([&] { (void)upload("x", 1, std::string(256, 'n')); }), "file.bad_name");
}

// Also for a file that is there already: the refusal must not tell.
TEST_F(FilesTest, QuotaIsAskedForEveryUpload) {
    const std::string content(900, 'a');
    (void)upload(content);
    (void)upload(std::string(900, 'b'));
    EXPECT_EQ(refusal([&] { (void)upload(content); }), "file.quota_exceeded");
    EXPECT_EQ(refusal([&] { (void)upload(std::string(900, 'c')); }), "file.quota_exceeded");
    (void)upload("small");
}

TEST_F(FilesTest, DroppedUploadLeavesNothing) {
    {
        Upload running = files.begin(kOrg, test_id(1));
        running.write("half");
    }
    EXPECT_TRUE(std::filesystem::is_empty(directory.path("files/incoming")));
}

TEST_F(FilesTest, DiskThatFailsIsNamedAndLeavesNothing) {
    // As root may write anywhere, the folder itself has to be in the way.
    const std::string incoming = directory.path("files/incoming");
    std::filesystem::remove_all(incoming);
    std::ofstream{incoming} << "no folder";
    EXPECT_EQ(refusal([&] { (void)upload("evidence"); }), "file.disk_failed");
    std::filesystem::remove(incoming);
    std::filesystem::create_directory(incoming);
    EXPECT_EQ(refusal([&] { (void)upload("evidence"); }), "");
    EXPECT_THAT(faults(), testing::IsEmpty());
}

TEST_F(FilesTest, HalfUploadsOfAFormerProcessAreRemoved) {
    std::ofstream{directory.path("files/incoming/left")} << "half";
    const Files again{options, *store, clock, random};
    EXPECT_TRUE(std::filesystem::is_empty(directory.path("files/incoming")));
}

TEST_F(FilesTest, AlteredAndMissingBytesAreFound) {
    const std::string altered = open(upload("evidence").hash)->path;
    std::ofstream{altered} << "evidencf";
    EXPECT_THAT(faults(), testing::ElementsAre("file.altered"));
    const FileInfo gone = upload("gone");
    std::filesystem::remove(open(gone.hash)->path);
    EXPECT_THAT(faults(), testing::UnorderedElementsAre("file.altered", "file.lost"));
    EXPECT_EQ(refusal([&] { (void)open(gone.hash); }), "file.missing");
}

TEST_F(FilesTest, UploadsAndRemovalsTogetherLoseNothing) {
    std::vector<std::thread> threads;
    for (std::uint8_t person = 1; person <= 3; ++person) {
        threads.emplace_back([&, person] {
            for (int i = 0; i < 20; ++i) {
                (void)upload("content " + std::to_string(i), person);
            }
        });
    }
    threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) {
            (void)files.remove_unclaimed(kOrg);
        }
    });
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(faults(), IsEmpty());
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(open(crypto::sha256("content " + std::to_string(i))).has_value());
    }
}

}  // namespace

}  // namespace duban::files
