// Row M60, in numbers: what offices publish comes out of the ledger exactly
// (tests/vectors/published).

#include <future>
#include <set>

#include "app/settings.h"
#include "rectification_world.h"
#include "registers/decimal.h"
#include "registers/figures.h"

namespace duban::scenarios {

namespace {

class M60Numbers : public Rectification {
protected:
    static core::JsonArray vectors(const std::string& name) {
        const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
        core::Json all = core::parse_json(app::read_file(
            std::string{source == nullptr ? "." : source} + "/tests/vectors/published/" + name
        ));
        EXPECT_FALSE(all.as_array().empty()) << name;
        return all.as_array();
    }
    static std::int64_t number(const core::Json& json, std::string_view name) {
        return core::find_integer(json, name).value_or(-1);
    }
    static void set_parameter(const std::string& name, std::int64_t value) {
        const Reply proposed = world().send(
            world().system_admin,
            {.method = http::Method::Post,
             .path = "/api/v1/proposals",
             .body =
                 core::JsonObject{
                     {"kind", "parameter"},
                     {"pack", "rectification"},
                     {"name", name},
                     {"value", value}
                 }}
        );
        if (proposed.text("code") == "proposal.no_difference") {
            return;  // as it stands
        }
        EXPECT_EQ(proposed.status, 201) << core::json_text(proposed.body);
        const Reply approved = world().send(
            world().security_admin,
            {.method = http::Method::Post,
             .path = "/api/v1/proposals/" + proposed.id() + "/approve",
             .body = core::JsonObject{}}
        );
        EXPECT_EQ(approved.status, 200) << core::json_text(approved.body);
    }
    /// A node with so many days left; negative: moved there.
    static std::string node(const std::string& measure, int days) {
        std::string made = opened(
            world().unit_clerk,
            "node",
            {{"measure", id_of(measure)},
             {"act", "A step"},
             {"person", world().unit_clerk.text()},
             {"due_by", world().day(std::max(days, 0))}},
            world().finance
        );
        if (days < 0) {
            core::JsonObject body = reason();
            body["fields"] = core::JsonObject{{"due_by", world().day(days)}};
            act(world().office_head, made, "move_date", body);
        }
        return made;
    }
    /// The light of the entry's only deadline, as `language` tells it.
    static core::Json light(const std::string& path, const char* language) {
        const Reply reply = world().send(world().unit_clerk, {.path = path}, language);
        EXPECT_EQ(reply.list("deadlines").size(), 1U) << core::json_text(reply.body);
        return reply.list("deadlines").front();
    }
    /// The same as its row in the list says it.
    static core::Json light_in_list(const std::string& path) {
        const Reply list = world().get(
            world().unit_clerk,
            "/api/v1/registers/node/entries",
            "limit=200&measure=" + field(path, "measure")
        );
        for (const core::Json& row : list.list("entries")) {
            if (text_of(row, "id") == id_of(path)) {
                return row.at("due");
            }
        }
        return core::JsonObject{};
    }
    static std::string drafted_measure(const std::string& finding) {
        return opened(
            world().office_clerk,
            "measure",
            {{"finding", id_of(finding)},
             {"kind", "action"},
             {"heading", "Do it"},
             {"sentence", "It is done."}},
            world().finance
        );
    }
};

TEST_F(M60Numbers, rates_are_those_that_were_published) {
    for (const core::Json& one : vectors("rates.json")) {
        EXPECT_EQ(
            registers::percent(
                number(one, "part"), number(one, "whole"), static_cast<int>(number(one, "places"))
            ),
            text_of(one, "rate")
        );
    }
}

TEST_F(M60Numbers, days_are_told_apart_and_are_their_rows) {
    const std::string finding = issued("Days");
    act(world().unit_clerk, finding, "report", with_inputs({{"done", "Done."}}));
    done_measure(finding);
    applied(finding);
    act(world().unit_head,
        finding,
        "send_back",
        with_inputs({{"to", "in_progress"}, {"reason", "Show the receipts."}}));
    struck_off(finding);
    const Reply days = world().get(world().office_clerk, "/api/v1/figures/days_of_findings");
    std::map<std::string, std::int64_t> sums;
    for (const core::Json& row : days.list("rows")) {
        for (const char* name : {"in_hand_days", "review_days", "paused_days", "returns"}) {
            const core::Json& fact = row.at("facts").at(name);
            sums[name] += fact.is_null() ? 0 : fact.as_int64();
        }
        if (text_of(row, "id") == id_of(finding)) {
            EXPECT_EQ(row.at("facts").at("returns").as_int64(), 1);
            EXPECT_EQ(row.at("facts").at("in_hand_days").as_int64(), 0) << "all in one day";
            EXPECT_EQ(text_of(row, "reason"), "on_time");
        }
    }
    for (const auto& [name, sum] : sums) {
        EXPECT_EQ(days.body.at("sums").at(name).at("sum").as_int64(), sum) << name;
        EXPECT_FALSE(text_of(days.body.at("fact_words").at(name), "zh").empty()) << name;
    }
    EXPECT_GE(sums.at("returns"), 1);
}

/// Figures are counted by few at once: a turn is given back by whoever is refused, too.
TEST_F(M60Numbers, figures_are_counted_in_turn_by_many_at_once) {
    const auto ask = [](const char* query) {
        return world().get(world().office_clerk, "/api/v1/figures/by_finding", query).status;
    };
    EXPECT_EQ(ask(""), 200) << "whose token is known from here on";
    std::vector<std::future<int>> refused;
    std::vector<std::future<int>> counted;
    for (int i = 0; i < 6; ++i) {
        refused.push_back(std::async(std::launch::async, ask, "colour=red"));
        counted.push_back(std::async(std::launch::async, ask, ""));
    }
    for (std::future<int>& one : refused) {
        EXPECT_EQ(one.get(), 400);
    }
    for (std::future<int>& one : counted) {
        EXPECT_EQ(one.get(), 200);
    }
}

TEST_F(M60Numbers, money_balances_to_the_cent) {
    for (const core::Json& one : vectors("money.json")) {
        const int scale = static_cast<int>(number(one, "scale"));
        std::int64_t sum = 0;
        for (const core::Json& part : one.at("parts").as_array()) {
            sum += registers::parse_decimal(std::string{part.as_string()}, scale).value_or(-1);
        }
        EXPECT_EQ(registers::decimal_text(sum, scale), text_of(one, "whole"));
        std::int64_t count = 0;
        for (const core::Json& part : one.at("part_counts").as_array()) {
            count += part.as_int64();
        }
        EXPECT_EQ(count, number(one, "whole_count"));
    }
}

TEST_F(M60Numbers, published_words_count_as_they_should) {
    const core::Id recorder = world().add_person("Recorder", {{world().office, "clerk"}});
    const std::string decision =
        world().backfill_decision({"finding"}, recorder, world().office_head);
    for (const core::Json& one : vectors("states.json")) {
        const std::string word = text_of(one, "word");
        const std::string source = compared_source(word);
        core::JsonObject fields = finding_fields(word, {source});
        for (const auto& more : one.at("fields").as_object()) {
            fields[more.key()] = more.value();
        }
        const Reply entered = backfilled(
            recorder,
            "finding",
            std::move(fields),
            {{"decision", decision},
             {"state", text_of(one, "state")},
             {"claimed_on", "2023-11-30"},
             {"paper", "A sheet"}}
        );
        ASSERT_EQ(entered.status, 201) << word;
        const Reply counted = world().get(
            world().office_clerk,
            "/api/v1/figures/by_finding_of_source",
            "source=" + field(source, "inspection")
        );
        EXPECT_EQ(counted.integer("total"), 1) << word;
        EXPECT_EQ(counted.integer("counted"), one.at("counted").as_bool() ? 1 : 0) << word;
    }
}

TEST_F(M60Numbers, lights_turn_on_the_days_of_the_org) {
    const std::string measure = drafted_measure(issued("Lights"));
    for (const core::Json& steps : vectors("lights.json")) {
        set_parameter("blue_days", number(steps, "blue"));
        set_parameter("yellow_days", number(steps, "yellow"));
        for (const auto& one : steps.at("days_left").as_object()) {
            const std::string path = node(measure, std::stoi(std::string{one.key()}));
            EXPECT_EQ(light(path, "en").at("light"), one.value()) << one.key();
            EXPECT_EQ(text_of(light_in_list(path), "light"), std::string{one.value().as_string()})
                << one.key();
        }
    }
    set_parameter("blue_days", 20);
    set_parameter("yellow_days", 10);
}

TEST_F(M60Numbers, light_has_a_sign_and_a_word_in_the_language_asked_for) {
    const std::string measure = drafted_measure(issued("Signs"));
    std::set<std::string> signs;
    for (const int days : {40, 15, 5, -1}) {
        const std::string path = node(measure, days);
        const core::Json chinese = light(path, "zh");
        const core::Json english = light(path, "en");
        EXPECT_EQ(chinese.at("sign"), english.at("sign"));
        EXPECT_NE(chinese.at("word"), english.at("word"));
        EXPECT_EQ(text_of(english, "word").find("light_word"), std::string::npos);
        EXPECT_TRUE(signs.insert(text_of(chinese, "sign")).second) << "one sign, one light";
        EXPECT_EQ(text_of(light_in_list(path), "sign"), text_of(chinese, "sign"));
    }
}

}  // namespace

}  // namespace duban::scenarios
