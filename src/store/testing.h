// A store for tests, on the database that DUBAN_TEST_STORE names (E07): "sqlite" (the default) in
// a file of its own under /dev/shm, "postgres" in a schema of its own in the cluster of
// DUBAN_TEST_POSTGRES, a libpq connection string (tools/test_postgres.sh starts one).
//
//     const std::unique_ptr<store::Store> store = store::open_test_store();
//
// Not part of the program: link duban::store_testing.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/scratch_folder.h"
#include "store/store.h"

namespace duban::store {

/// An empty store, which is removed at its destruction. Throws std::runtime_error that says what
/// is missing when the database asked for cannot be had: the test fails, it is not skipped.
[[nodiscard]] std::unique_ptr<Store> open_test_store(std::vector<ScalarFunction> functions = {});

/// An empty directory, removed with all it holds at its destruction.
class TestDirectory {
public:
    TestDirectory();

    /// The path of `name` in it.
    [[nodiscard]] std::string path(const std::string& name) const {
        return (scratch_.path() / name).string();
    }

private:
    core::ScratchFolder scratch_;
};

/// The name of a schema in the cluster of DUBAN_TEST_POSTGRES that no one else uses; what has been
/// made under it is dropped at its destruction.
class TestSchema {
public:
    TestSchema();
    TestSchema(const TestSchema&) = delete;
    TestSchema& operator=(const TestSchema&) = delete;
    ~TestSchema();

    [[nodiscard]] const std::string& connection() const { return connection_; }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    std::string connection_;
    std::string name_;
};

/// A database of its own in the cluster of DUBAN_TEST_POSTGRES, for what takes whole schemas; it is
/// dropped at its destruction.
class TestDatabase {
public:
    TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    [[nodiscard]] std::string connection() const { return server_ + " dbname=" + name_; }

private:
    std::string server_;
    std::string name_;
};

}  // namespace duban::store
