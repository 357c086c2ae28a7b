#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>

#include <openssl/sha.h>

#include "raw/commands.h"
#include "raw/sqlite.h"

namespace duban::bench {

namespace {

/// Rows that one transaction of the raw copy holds.
constexpr std::size_t kGroupRows = 1000;

const std::vector<std::string>& replayed_tables() {
    static const std::vector<std::string> kTables = {
        "notice", "item", "measure", "progress", "d_step", "d_signature", "d_deadline", "d_counter"
    };
    return kTables;
}

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// The empty tables of `from` with their indexes.
void copy_schema(const Database& from, Database& to) {
    for (const std::string& table : replayed_tables()) {
        Statement statements = from.prepare(
            "select sql from sqlite_schema where tbl_name = ?1 and sql is not null order by type "
            "desc"
        );
        statements.bind(1, std::string_view{table});
        while (statements.step()) {
            to.run(std::string{statements.bytes(0)});
        }
    }
}

}  // namespace

int copy_rows(const Options& options) {
    const Database from{option(options, "--db", ""), false};
    Database to{option(options, "--to", ""), true};
    copy_schema(from, to);
    double cpu = 0;
    double wall = 0;
    std::int64_t rows = 0;
    for (const std::string& table : replayed_tables()) {
        Statement read = from.prepare("select * from " + table);
        std::string places = "?";
        for (int i = 1; i < sqlite3_column_count(read.get()); ++i) {
            places += ", ?";
        }
        Statement write = to.prepare("insert into " + table + " values (" + places + ")");
        for (bool more = true; more;) {
            std::vector<RawRow> group;
            while (group.size() < kGroupRows && (more = read.step())) {
                group.push_back(read.row());
            }
            const double cpu_before = cpu_seconds();
            const double wall_before = seconds();
            to.run("begin immediate");
            for (const RawRow& row : group) {
                for (std::size_t i = 0; i < row.size(); ++i) {
                    write.bind(static_cast<int>(i + 1), row[i]);
                }
                write.run();
            }
            to.run("commit; pragma wal_checkpoint(passive)");
            cpu += cpu_seconds() - cpu_before;
            wall += seconds() - wall_before;
            rows += static_cast<std::int64_t>(group.size());
        }
    }
    std::cout << "{\"rows\":" << rows << ",\"cpu_seconds\":" << cpu << ",\"seconds\":" << wall
              << "}\n";
    return 0;
}

int hash(const Options& options) {
    const Database database{option(options, "--db", ""), false};
    Statement records = database.prepare(
        "select position, register, entry, revision, action, kind, recorded_at, hash, leaf, blob"
        " from d_record where org = 1 order by position"
    );
    const double before = cpu_seconds();
    std::int64_t count = 0;
    std::int64_t wrong = 0;
    while (records.step()) {
        const std::string_view leaf = records.bytes(8);
        const std::string_view blob = records.bytes(9);
        std::string hashed = std::string(1, '\0');
        hashed += leaf;
        unsigned char digest[SHA256_DIGEST_LENGTH];
        SHA256(reinterpret_cast<const unsigned char*>(hashed.data()), hashed.size(), digest);
        wrong += std::memcmp(digest, records.bytes(7).data(), sizeof digest) == 0 ? 0 : 1;
        SHA256(reinterpret_cast<const unsigned char*>(blob.data()), blob.size(), digest);
        ++count;
    }
    std::cout << "{\"records\":" << count << ",\"wrong\":" << wrong
              << ",\"cpu_seconds\":" << cpu_seconds() - before << "}\n";
    return wrong == 0 ? 0 : 1;
}

int open(const Options& options) {
    const Database database{option(options, "--db", ""), false};
    Statement bundles = database.prepare("select bundle from d_declaration where in_force");
    std::size_t bytes = 0;
    while (bundles.step()) {
        bytes += bundles.bytes(0).size();
    }
    std::cout << "{\"bytes\":" << bytes << "}\n";
    return 0;
}

int truth(const Options& options) {
    const Database database{option(options, "--db", ""), false};
    std::vector<std::string> words;
    std::ifstream file{option(options, "--words", "")};
    for (std::string line; std::getline(file, line);) {
        words.push_back(line);
    }
    std::vector<std::int64_t> found(words.size());
    for (const char* sql :
         {"select heading, '' from notice",
          "select heading, number from item",
          "select heading, number || char(10) || sentence || char(10) || coalesce(result, '')"
          " from measure",
          "select '', done from progress"}) {
        Statement rows = database.prepare(sql);
        while (rows.step()) {
            for (std::size_t i = 0; i < words.size(); ++i) {
                const bool holds = rows.bytes(0).find(words[i]) != std::string_view::npos ||
                                   rows.bytes(1).find(words[i]) != std::string_view::npos;
                found[i] += holds ? 1 : 0;
            }
        }
    }
    std::cout << "[";
    for (std::size_t i = 0; i < found.size(); ++i) {
        std::cout << (i == 0 ? "" : ",") << found[i];
    }
    std::cout << "]\n";
    return 0;
}

}  // namespace duban::bench
