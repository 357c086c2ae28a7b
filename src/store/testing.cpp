#include "store/testing.h"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include <stdlib.h>

namespace duban::store {

namespace {

/// A store and the place it is kept in, which goes after it.
class SqliteTestStore final : public Store {
public:
    explicit SqliteTestStore(std::vector<ScalarFunction> functions)
        : store_{open_sqlite(
              {.path = directory_.path("test.db"),
               .readers_max = 4,
               .vfs = {},
               .functions = std::move(functions)}
          )} {}

    [[nodiscard]] Dialect dialect() const override { return store_->dialect(); }
    void write(core::OrgId org, const Job& job) override { store_->write(org, job); }
    void read(const std::function<void(Reader&)>& work) override { store_->read(work); }
    void migrate(std::string_view room, std::span<const Migration> steps) override {
        store_->migrate(room, steps);
    }
    void backup(const std::string& path) override { store_->backup(path); }

private:
    TestDirectory directory_;
    std::unique_ptr<Store> store_;
};

std::string environment(const char* name, const char* otherwise) {
    const char* found = ::getenv(name);
    return found == nullptr || *found == '\0' ? otherwise : found;
}

}  // namespace

TestDirectory::TestDirectory() {
    path_ =
        std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    path_ += "/duban-test-XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) {
        throw std::runtime_error{"no directory for a test can be made as " + path_};
    }
}

TestDirectory::~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<Store> open_test_store(std::vector<ScalarFunction> functions) {
    const std::string database = environment("DUBAN_TEST_STORE", "sqlite");
    if (database == "sqlite") {
        return std::make_unique<SqliteTestStore>(std::move(functions));
    }
    throw std::runtime_error{"DUBAN_TEST_STORE is sqlite or postgres, not " + database};
}

}  // namespace duban::store
