// The twin: an in-memory SQLite with the tables that rules see and no rows. A rule is compiled
// against it, on both databases, under an authorizer that allows what is listed and nothing else.
//
//     const Twin twin{tables};
//     const TwinAnswer answer = twin.compile("select id from leave", {"leave"});

#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rules/columns.h"

struct sqlite3;

namespace duban::rules {

/// A table as rules see it, and where it is kept.
struct RuleTable {
    std::string name = {};
    std::string source = {};         ///< the table behind it; the same name for a register
    std::string register_name = {};  ///< the register it belongs to; empty for built-in ones
    std::string pack = {};
    bool child = false;
    bool sealed = false;               ///< seen by its own pack alone
    std::vector<Column> columns = {};  ///< without org and without sealed ones
};

struct TwinColumn {
    std::string name = {};
    std::string type = {};  ///< of the table's column it shows, or empty
};

struct TwinAnswer {
    std::string error = {};             ///< empty: it compiled
    bool denied = false;                ///< the authorizer said no
    std::set<std::string> tables = {};  ///< that it reads
    std::vector<TwinColumn> columns = {};

    [[nodiscard]] bool ok() const { return error.empty(); }
};

/// Not for several threads at once.
class Twin {
public:
    /// `scoped`: with the tables as they are kept (org, d_day), for texts of our own making.
    enum class Kind { Seen, Scoped };
    Twin(const std::vector<RuleTable>& tables, Kind kind);
    Twin(const Twin&) = delete;
    Twin& operator=(const Twin&) = delete;
    ~Twin();

    /// Compiles one SELECT that may read `visible` tables only; never runs it.
    [[nodiscard]] TwinAnswer compile(const std::string& sql, const std::set<std::string>& visible)
        const;

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    std::set<std::string> known_ = {};  ///< the names of its tables
    std::unique_ptr<sqlite3, Closer> database_ = {};
};

}  // namespace duban::rules
