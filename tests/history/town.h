// The house of the history: an org with districts and schools, people in every role, the shipped
// packs and the trial pack, evidence on disk, a search index that follows, and a key that signs
// checkpoints. Clock, ids and salts come from a seed, so that two towns differ in their database
// alone.
//
//     Town town{Database::Postgres, 42};
//     town.house.open("matter", town.house.clerk, {{"heading", "苏州"}});

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chance.h"
#include "files/files.h"
#include "registers/follower.h"
#include "registers/testing.h"
#include "search/search.h"
#include "store/testing.h"

namespace duban::history {

enum class Database { Sqlite, Postgres };

class Town {
public:
    Town(Database database, std::uint64_t seed);

    static constexpr core::OrgId kOrg = registers::House::kOrg;

    [[nodiscard]] calendar::Date today() const { return house.registers->today(kOrg); }
    [[nodiscard]] access::Access::Author author() const;
    [[nodiscard]] std::shared_ptr<const access::Directory> directory() const {
        return house.access->directory(kOrg);
    }
    /// Everybody the directory knows, whether he holds a post or not.
    [[nodiscard]] std::vector<core::Id> people() const;
    /// The hash of a file that `person` uploaded now.
    std::string upload(const core::Id& person, const std::string& bytes);
    /// Adopts `files`; the codes that speak against them, empty when they are in force.
    std::string adopt(const std::vector<declarations::SourceFile>& files);
    void follow();

private:
    // What they lie in goes last.
    store::TestDirectory directory_;
    std::unique_ptr<store::TestSchema> schema_;
    std::unique_ptr<files::Files> files_;

    [[nodiscard]] std::unique_ptr<store::Store> open(Database database);
    void claim(
        store::Transaction& tx,
        const core::Id& actor,
        const std::string& hash,
        std::string_view register_name,
        const core::Id& entry,
        std::string_view field
    );
    void settle_people();

public:
    registers::House house;
    search::Search search;
    journal::Checkpoints checkpoints;
    std::unique_ptr<registers::SearchFollower> follower;
    files::Files& files() { return *files_; }
};

}  // namespace duban::history
