// The real program on a machine that fails it: a full disk, a sync that fails, a clock put back.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>

#include <gtest/gtest.h>

#include "calendar/calendar.h"
#include "core/clock.h"
#include "ledger.h"
#include "program.h"

namespace duban::kill {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

/// A program that serves, and a ledger with one entry in it that is done.
class FaultTest : public testing::Test {
protected:
    FaultTest() {
        program_.start();
        ledger_ = std::make_unique<Ledger>(program_);
        add("before");
    }

    /// A new entry, taken through all its steps.
    void add(const std::string& name) { finish(ledger_->new_entry(name)); }

    void finish(Entry entry) {
        Answer answer;
        while (entry.steps < kSteps) {
            ASSERT_EQ(ledger_->go_on(entry, &answer), Outcome::Done)
                << entry.name << ": " << core::json_text(answer.body);
        }
        entries_.push_back(entry);
    }

    [[nodiscard]] std::int64_t position() const {
        const Answer list =
            program_.send({.as = "unit.clerk", .path = "/api/v1/registers/concurrent_post/entries"}
            );
        return std::stoll(std::string{list.headers.find("Duban-Position").value_or("-1")});
    }

    /// Everything that must hold at the end.
    void expect_sound() {
        EXPECT_EQ(ledger_->find_loss(entries_), "");
        for (const Entry& entry : entries_) {
            EXPECT_EQ(ledger_->find_repetition(entry), "");
        }
        EXPECT_EQ(ledger_->find_fault(entries_), "");
        EXPECT_EQ(program_.stop(), 0);
        EXPECT_EQ(program_.verify(), "");
    }

    /// The times of the entry's records, in their order.
    std::vector<std::string> times(const Entry& entry) {
        const Answer history = program_.send(
            {.as = "unit.clerk",
             .path = "/api/v1/registers/concurrent_post/entries/" + entry.id + "/history"}
        );
        std::vector<std::string> out;
        for (const core::Json& record : history.body.at("records").as_array()) {
            out.push_back(core::find_string(record, "recorded_at").value_or(""));
        }
        return out;
    }

    Program program_;
    std::unique_ptr<Ledger> ledger_;
    std::vector<Entry> entries_;
};

class DiskTest : public FaultTest {
protected:
    // Somebody who signs in: his session's last sight is written down each minute.
    DiskTest() {
        const std::string password = program_.one_time_password("clerk");
        const std::string kept = "a password of his own";
        take_cookie(change(
            http::Method::Post, "/api/v1/sessions", {{"name", "clerk"}, {"password", password}}
        ));
        take_cookie(change(
            http::Method::Put, "/api/v1/account/password", {{"old", password}, {"new", kept}}
        ));
        change(http::Method::Put, "/api/v1/account/language", {{"language", "en"}});
    }

    Answer change(http::Method method, const std::string& path, const core::JsonObject& body) {
        const Answer answer = program_.send(
            {.as = "",
             .method = method,
             .path = path,
             .body = core::json_text(body),
             .headers = {{"Cookie", cookie_}, {"Sec-Fetch-Site", "same-origin"}}}
        );
        EXPECT_LT(answer.status, 300) << path << ": " << core::json_text(answer.body);
        return answer;
    }

    void take_cookie(const Answer& answer) {
        const std::string set{answer.headers.find("Set-Cookie").value_or("")};
        cookie_ = set.substr(0, set.find(';'));
    }

    /// Of the one who signed in, in English.
    Answer upload() {
        return program_.send(
            {.as = "",
             .method = http::Method::Post,
             .path = "/api/v1/files",
             .query = "name=other.txt",
             .body = "Another paper.",
             .headers = {{"Cookie", cookie_}, {"Sec-Fetch-Site", "same-origin"}}}
        );
    }

    /// What is written over what is there still finds room; soon nothing does.
    Answer work_until_refused(Entry& entry) {
        constexpr int kMost = 2000;
        Answer answer;
        for (int step = 0; step < kMost; ++step) {
            if (ledger_->go_on(entry, &answer) != Outcome::Done) {
                break;
            }
            if (entry.steps == kSteps) {
                entries_.push_back(entry);
                entry = ledger_->new_entry("while-full-" + std::to_string(step));
            }
        }
        return answer;
    }

    std::string cookie_;
};

class ClockTest : public FaultTest {};

// docs/operating.md: "nothing was half written; make room; it goes on by itself".
TEST_F(DiskTest, FullDiskRefusesWritesAndNothingElse) {
    program_.faults().disk_full = true;
    Entry entry = ledger_->new_entry("while-full");
    const Answer refused = work_until_refused(entry);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.text("code"), "store.full");
    EXPECT_NE(refused.text("detail").find("磁盘已满"), std::string::npos);
    const Answer no_file = upload();
    EXPECT_EQ(no_file.status, 503);
    EXPECT_EQ(no_file.text("code"), "file.disk_full");
    EXPECT_NE(no_file.text("detail").find("disk is full"), std::string::npos);

    // Reading goes on for as long as that lasts: by a token, and by a session whose last sight
    // would be written down each minute.
    const std::int64_t position_at_refusal = position();
    for (int minutes = 0; minutes < 5; ++minutes) {
        program_.faults().clock_ms = minutes * kMinuteMs;
        EXPECT_EQ(ledger_->find_loss(entries_), "");
        EXPECT_EQ(position(), position_at_refusal);
        const Call search{.as = "office.clerk", .path = "/api/v1/search", .query = "q=a"};
        EXPECT_EQ(program_.send(search).status, 200);
        const Call session{.as = "", .path = "/api/v1/session", .headers = {{"Cookie", cookie_}}};
        EXPECT_EQ(program_.send(session).text("account"), "clerk");
    }

    program_.faults().disk_full = false;
    EXPECT_EQ(upload().status, 201);
    finish(entry);
    add("after");
    expect_sound();
}

TEST_F(DiskTest, FullDiskMayBeFollowedByAnEnd) {
    program_.faults().disk_full = true;
    Entry entry = ledger_->new_entry("while-full");
    EXPECT_EQ(work_until_refused(entry).text("code"), "store.full");
    program_.kill();
    EXPECT_NE(program_.verify().find("store.full"), std::string::npos);
    program_.faults().disk_full = false;
    EXPECT_EQ(program_.verify(), "");
    program_.start();
    finish(entry);
    expect_sound();
}

// E14: what is on disk is then unknown, so the process stops, as it must.
TEST_F(DiskTest, FailedSyncStopsTheProgramAndLosesNothing) {
    Entry entry = ledger_->new_entry("at-the-sync");
    ASSERT_EQ(ledger_->go_on(entry), Outcome::Done);
    program_.faults().sync_fails = true;
    while (ledger_->go_on(entry) == Outcome::Done) {
        ASSERT_LT(entry.steps, kSteps);
    }
    EXPECT_EQ(program_.wait(), SIGABRT);
    EXPECT_EQ(program_.faults().refusals, 1);
    EXPECT_EQ(program_.verify(), "");

    program_.start();
    EXPECT_EQ(ledger_->find_loss(entries_), "");
    finish(entry);
    add("after");
    expect_sound();
}

// E18: a record's time is the later of the clock's and of the last record's.
TEST_F(ClockTest, ClockPutBackAnHourRefusesNothingAndTimeNeverGoesBack) {
    Entry entry = ledger_->new_entry("across");
    ASSERT_EQ(ledger_->go_on(entry), Outcome::Done);
    ASSERT_EQ(ledger_->go_on(entry), Outcome::Done);
    program_.faults().clock_ms = -kHourMs;
    ASSERT_EQ(ledger_->go_on(entry), Outcome::Done);
    ASSERT_EQ(ledger_->go_on(entry), Outcome::Done);
    entries_.push_back(entry);
    add("after");
    for (const Entry& one : entries_) {
        const std::vector<std::string> all = times(one);
        EXPECT_EQ(all.size(), kSteps);
        EXPECT_TRUE(std::ranges::is_sorted(all)) << one.name;
    }
    EXPECT_GE(times(entries_.back()).front(), times(entry).back());
    expect_sound();
}

// The hour in which another day and another year begin: numbers are counted by year.
TEST_F(ClockTest, ClockPutBackOverTheNewYearKeepsNumbersAndDays) {
    const std::int64_t now = core::to_ms(core::SystemClock{}.now());
    const auto today = calendar::civil_date(core::from_ms(now), "Asia/Shanghai");
    const auto new_year =
        calendar::Date::parse(std::to_string(today.year() + 1) + "-01-01").value();
    // Midnight there is 16:00 UTC of the day before.
    const std::int64_t midnight =
        (new_year.days - std::chrono::sys_days{}).count() * kDayMs - 8 * kHourMs;
    program_.faults().clock_ms = midnight - now + 30 * kMinuteMs;
    add("in-the-new-year");
    program_.faults().clock_ms = midnight - now - 30 * kMinuteMs;
    add("after-the-clock-was-put-back");
    program_.faults().clock_ms = midnight - now + 31 * kMinuteMs;
    add("in-the-new-year-again");
    EXPECT_EQ(entries_[1].number, "JZ-" + std::to_string(new_year.year()) + "-0001");
    EXPECT_EQ(entries_[3].number.substr(0, 7), "JZ-" + std::to_string(new_year.year()));
    std::string last;
    for (const Entry& one : entries_) {
        for (const std::string& time : times(one)) {
            EXPECT_GE(time, last) << one.name;
            last = time;
        }
    }
    expect_sound();
}

}  // namespace
}  // namespace duban::kill
