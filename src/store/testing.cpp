#include "store/testing.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <utility>

#include <libpq-fe.h>
#include <unistd.h>

namespace duban::store {

namespace {

/// A store and the place it is kept in, which goes after it.
template <typename Place>
class TestStore final : public Store {
public:
    explicit TestStore(std::unique_ptr<Place> place)
        : place_{std::move(place)}, store_{place_->open()} {}

    [[nodiscard]] Dialect dialect() const override { return store_->dialect(); }
    void write(core::OrgId org, const Job& job) override { store_->write(org, job); }
    void read(const std::function<void(Reader&)>& work) override { store_->read(work); }
    void migrate(std::string_view room, std::span<const Migration> steps) override {
        store_->migrate(room, steps);
    }
    void backup(const std::string& path, const std::function<void(Reader&)>& seen) override {
        store_->backup(path, seen);
    }

private:
    std::unique_ptr<Place> place_;
    std::unique_ptr<Store> store_;
};

struct SqlitePlace {
    TestDirectory directory;
    std::vector<ScalarFunction> functions;

    [[nodiscard]] std::unique_ptr<Store> open() const {
        return open_sqlite(
            {.path = directory.path("test.db"),
             .readers_max = 4,
             .vfs = {},
             .functions = functions,
             .on_fatal = {}}
        );
    }
};

std::string environment(const char* name, const char* otherwise) {
    const char* found = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return found == nullptr || *found == '\0' ? otherwise : found;
}

std::string cluster() {
    std::string connection = environment("DUBAN_TEST_POSTGRES", "");
    if (connection.empty()) {
        throw std::runtime_error{
            "DUBAN_TEST_POSTGRES is not set: start a cluster with "
            "export DUBAN_TEST_POSTGRES=\"$(tools/test_postgres.sh start /tmp/duban-pg)\""
        };
    }
    return connection;
}

std::string name_of_its_own() {
    std::random_device random;
    return "test_" + std::to_string(::getpid()) + "_" + std::to_string(random());
}

bool run_sql(const std::string& connection, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> opened{
        PQconnectdb(connection.c_str()), &PQfinish
    };
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{
        PQexec(opened.get(), sql.c_str()), &PQclear
    };
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK;
}

struct PostgresPlace {
    TestSchema schema;

    [[nodiscard]] std::unique_ptr<Store> open() const {
        return open_postgres(
            {.connection = schema.connection(),
             .schema = schema.name(),
             .readers_max = 4,
             .lanes_max = 2}
        );
    }
};

}  // namespace

TestDirectory::TestDirectory()
    : scratch_{
          (std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path()
          ) /
          "duban-test-"
      } {}

TestSchema::TestSchema() : connection_{cluster()}, name_{name_of_its_own()} {}

TestSchema::~TestSchema() {
    run_sql(
        connection_, "set client_min_messages = error; drop schema if exists " + name_ + " cascade"
    );
}

TestDatabase::TestDatabase() : server_{cluster()}, name_{name_of_its_own()} {
    if (!run_sql(server_, "create database " + name_)) {
        throw std::runtime_error{"no database for a test can be made in " + server_};
    }
}

TestDatabase::~TestDatabase() {
    run_sql(server_, "drop database " + name_ + " with (force)");
}

std::unique_ptr<Store> open_test_store(std::vector<ScalarFunction> functions) {
    const std::string database = environment("DUBAN_TEST_STORE", "sqlite");
    if (database == "sqlite") {
        auto place = std::make_unique<SqlitePlace>();
        place->functions = std::move(functions);
        return std::make_unique<TestStore<SqlitePlace>>(std::move(place));
    }
    if (database == "postgres") {
        return std::make_unique<TestStore<PostgresPlace>>(std::make_unique<PostgresPlace>());
    }
    throw std::runtime_error{"DUBAN_TEST_STORE is sqlite or postgres, not " + database};
}

}  // namespace duban::store
