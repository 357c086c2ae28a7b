// A small org for the tests of this room: its directory, clock and journal, on a test store.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "access/access.h"
#include "core/problem.h"
#include "crypto/random.h"
#include "store/testing.h"

namespace duban::access::internal {

class TestHouse : public testing::Test {
protected:
    static core::Id id(std::uint8_t last) {
        core::Id made;
        made.octets[15] = last;
        return made;
    }
    static calendar::Date day(const char* text) { return *calendar::Date::parse(text); }
    static Span since(const char* from) { return {.from = day(from), .to = {}}; }
    static Span between(const char* from, const char* to) {
        return {.from = day(from), .to = day(to)};
    }

    static Unit unit(std::uint8_t own, std::uint8_t parent, UnitKind kind, std::string name) {
        return {
            .id = id(own),
            .parent = parent == 0 ? core::Id{} : id(parent),
            .name = std::move(name),
            .code = "U" + std::to_string(own),
            .kind = kind,
            .span = since("2020-01-01")
        };
    }
    static Person person(std::uint8_t own, std::string name) {
        return {.id = id(own), .name = std::move(name), .mobile = "", .span = since("2020-01-01")};
    }
    static Post post(
        std::uint8_t own, std::uint8_t holder, std::uint8_t unit_of_post, std::string role
    ) {
        return {
            .id = id(own),
            .person = id(holder),
            .unit = id(unit_of_post),
            .role = std::move(role),
            .outside = false,
            .span = since("2020-01-01")
        };
    }

    void SetUp() override {
        journal::Journal::migrate(*store_);
        Access::migrate(*store_);
    }

    /// Bureau 1 with office 2 and school 3; Ada (11) system, Bo (12) security, Cy (13) audit
    /// administrator, Di (14) clerk and Ed (15) head of the school.
    void settle() {
        access_.put(
            first_,
            std::vector{
                unit(1, 0, UnitKind::Root, "Bureau"),
                unit(2, 1, UnitKind::Office, "Office"),
                unit(3, 1, UnitKind::School, "School")
            }
        );
        access_.put(
            first_,
            std::vector{
                person(11, "Ada"),
                person(12, "Bo"),
                person(13, "Cy"),
                person(14, "Di"),
                person(15, "Ed")
            }
        );
        access_.put(
            first_,
            std::vector{
                post(21, 11, 1, "system_admin"),
                post(22, 12, 1, "security_admin"),
                post(23, 13, 1, "audit_admin"),
                post(24, 14, 3, "clerk"),
                post(25, 15, 3, "head")
            }
        );
    }

    static std::string problem_of(const std::function<void()>& work) {
        try {
            work();
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return "";
    }

    std::vector<journal::Draft> history(std::string_view register_name, const core::Id& entry) {
        std::vector<journal::Draft> drafts;
        store_->read([&](store::Reader& reader) {
            for (const journal::Record& record :
                 journal_.history(reader, kOrg, register_name, entry)) {
                drafts.push_back(record.draft());
            }
        });
        return drafts;
    }
    std::int64_t records() {
        std::int64_t size = 0;
        store_->read([&](store::Reader& reader) { size = journal_.head(reader, kOrg).size; });
        return size;
    }
    Actor actor(std::uint8_t own) { return access_.actor(kOrg, id(own), day("2026-11-24")); }

    static constexpr core::OrgId kOrg{7};
    std::unique_ptr<store::Store> store_ = store::open_test_store();
    core::ManualClock clock_{core::from_ms(1'795'500'000'000)};
    crypto::SeededRandom random_{20261124};
    journal::Journal journal_;
    Access access_{*store_, journal_, clock_, random_};
    const Access::Author first_{.org = kOrg, .person = {}, .approved_by = {}, .on = "2026-11-24"};
    const Access::Author two_{
        .org = kOrg, .person = id(11), .approved_by = id(12), .on = "2026-11-24"
    };
};

}  // namespace duban::access::internal
