// As much of SQLite as the raw programs need, with nothing around it.

#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

namespace duban::bench {

/// A value kept apart from the statement it was read with.
class Value {
public:
    explicit Value(sqlite3_value* value) : value_{sqlite3_value_dup(value)} {}
    [[nodiscard]] const sqlite3_value* get() const { return value_.get(); }

private:
    struct Free {
        void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
    };
    std::unique_ptr<sqlite3_value, Free> value_;
};

using RawRow = std::vector<Value>;

class Statement {
public:
    Statement(sqlite3* database, const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(
                database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr
            ) != SQLITE_OK) {
            throw std::runtime_error{sql + ": " + sqlite3_errmsg(database)};
        }
        statement_.reset(statement);
    }

    [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }
    void bind(int place, std::int64_t value) { sqlite3_bind_int64(get(), place, value); }
    void bind(int place, std::string_view text) {
        sqlite3_bind_text(get(), place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    void bind_blob(int place, std::string_view bytes) {
        sqlite3_bind_blob(
            get(), place, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC
        );
    }
    void bind(int place, const Value& value) { sqlite3_bind_value(get(), place, value.get()); }
    /// True while there is a row.
    bool step() {
        const int code = sqlite3_step(get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            throw std::runtime_error{sqlite3_errmsg(sqlite3_db_handle(get()))};
        }
        return code == SQLITE_ROW;
    }
    void reset() { sqlite3_reset(get()); }
    void run() {
        while (step()) {
        }
        reset();
    }
    [[nodiscard]] std::string_view bytes(int column) const {
        const void* data = sqlite3_column_blob(get(), column);
        const int size = sqlite3_column_bytes(get(), column);
        return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
    }
    [[nodiscard]] std::int64_t integer(int column) const {
        return sqlite3_column_int64(get(), column);
    }
    [[nodiscard]] RawRow row() const {
        RawRow out;
        for (int i = 0; i < sqlite3_column_count(get()); ++i) {
            out.emplace_back(sqlite3_column_value(get(), i));
        }
        return out;
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    /// With the settings the product has for the same work.
    Database(const std::string& path, bool writes) {
        sqlite3* database = nullptr;
        const int flags =
            writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
        if (sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
            SQLITE_OK) {
            throw std::runtime_error{path + " cannot be opened"};
        }
        database_.reset(database);
        run(writes ? "pragma journal_mode = wal; pragma synchronous = full;"
                     "pragma wal_autocheckpoint = 0; pragma cache_size = -16000"
                   : "pragma query_only = on; pragma mmap_size = 1073741824");
    }

    [[nodiscard]] sqlite3* get() const { return database_.get(); }
    void run(const std::string& sql) {
        if (sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error{sql + ": " + sqlite3_errmsg(get())};
        }
    }
    [[nodiscard]] Statement prepare(const std::string& sql) const { return {get(), sql}; }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace duban::bench
