// A store of the database under test with three small tables, for the tests of this room.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "store/store.h"
#include "store/testing.h"

namespace duban::store {

inline constexpr core::OrgId kOrg{7};

inline constexpr Query kInsert{
    "test.insert", "insert into item (org, id, name, done) values ($1, $2, $3, $4)"
};
inline constexpr Query kNames{"test.names", "select name from item where org = $1 order by id"};
inline constexpr Query kCount{"test.count", "select count(*) from item"};

class StoreTest : public testing::Test {
protected:
    void SetUp() override {
        const std::vector<Migration> steps{
            {.version = 1,
             .statements =
                 {"create table item (org bigint not null, id bigint not null, name text not null, "
                  "done boolean, primary key (org, id), check (name <> ''))",
                  "create table part (org bigint not null, item bigint not null, id bigint not "
                  "null, "
                  "primary key (org, item, id), foreign key (org, item) references item (org, id))",
                  "create table kept (org bigint not null, id uuid, at date, body bytea, "
                  "size double precision, amount bigint, done boolean, primary key (org))"}}
        };
        store_->migrate("test", steps);
    }

    void insert(std::int64_t id, const std::string& name) {
        store_->write(kOrg, [&](Transaction& tx) {
            tx.execute(kInsert, {value(kOrg), id, name, true});
        });
    }

    std::vector<std::string> names() {
        std::vector<std::string> found;
        store_->read([&](Reader& reader) {
            for (const Row& row : reader.query(kNames, {value(kOrg)})) {
                found.push_back(row.text(0));
            }
        });
        return found;
    }

    std::string problem_of(const Job& job) {
        try {
            store_->write(kOrg, job);
        } catch (const core::Problem& problem) {
            return std::to_string(core::status_of(problem.kind)) + " " + problem.code;
        }
        return "none";
    }

    const std::unique_ptr<Store> store_ = open_test_store();
};

}  // namespace duban::store
