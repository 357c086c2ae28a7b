// What the API answers, as the commands say it at a terminal.

#include "app/wording.h"

#include <gtest/gtest.h>

#include "app/locales.h"

namespace duban::scenarios {

namespace {

core::JsonObject titled(const std::string& title) {
    return {{app::terminal_language(), title}};
}

core::Json choice(const std::string& code, const std::string& title) {
    return core::JsonObject{{"code", code}, {"name", code}, {"title", titled(title)}};
}

core::Json field(const std::string& name, const std::string& type, const std::string& title) {
    return core::JsonObject{
        {"name", name}, {"type", type}, {"title", titled(title)}, {"choices", core::JsonArray{}}
    };
}

core::Json declared() {
    core::Json source = field("source", "choice", "Source");
    source.at("choices").as_array().push_back(choice("inspection", "An inspection"));
    core::Json reason = field("reason", "long_text", "Why");
    core::JsonObject give_back = {
        {"name", "give_back"},
        {"title", titled("Give back")},
        {"inputs", core::JsonArray({std::move(reason)})}
    };
    return core::JsonObject{
        {"fields", core::JsonArray({std::move(source), field("item", "link", "Item")})},
        {"states", core::JsonArray({choice("draft", "A draft"), choice("review", "In review")})},
        {"deadlines", core::JsonArray{}},
        {"actions", core::JsonArray({std::move(give_back)})}
    };
}

TEST(Wording, ValuesAreWordsAndNotCodes) {
    const core::Json law = declared();
    const core::Json& source = law.at("fields").at(0);
    EXPECT_EQ(app::value_text(&source, "inspection", nullptr), "An inspection");
    EXPECT_EQ(
        app::value_text(&source, core::JsonArray{"inspection", "other"}, nullptr),
        "An inspection; other"
    );
    EXPECT_EQ(app::value_text(nullptr, true, nullptr), app::say("page_yes"));
    EXPECT_EQ(app::value_text(nullptr, false, nullptr), app::say("page_no"));
    EXPECT_EQ(app::value_text(nullptr, nullptr, nullptr), "");
    const core::JsonObject money = {{"minor", 123450}, {"currency", "CNY"}};
    EXPECT_EQ(app::value_text(nullptr, money, nullptr), "1234.50 CNY");
    EXPECT_EQ(
        app::light_text("red"), app::say("light_sign_red") + " " + app::say("light_word_red")
    );
}

TEST(Wording, LabelThatIsWithheldSaysSoAndNotTheId) {
    const core::Json labels = core::JsonObject{
        {"one", core::JsonObject{{"kind", "entry"}, {"restricted", true}}},
        {"two", core::JsonObject{{"kind", "entry"}, {"text", "The item"}}}
    };
    EXPECT_EQ(app::value_text(nullptr, "one", &labels), app::say("value_restricted"));
    EXPECT_EQ(app::value_text(nullptr, "two", &labels), "The item");
}

TEST(Wording, StepsTellWhatWasGivenToThemAndHideWhatIsBlind) {
    core::JsonObject back = {{"field", "to"}, {"value", "draft"}};
    core::JsonObject why = {{"field", "reason"}, {"value", "The paper lacks a date."}};
    const core::Json history = core::JsonObject{
        {"records",
         core::JsonArray(
             {core::JsonObject{
                  {"position", 7},
                  {"action", "give_back"},
                  {"kind", "action"},
                  {"on", "2026-03-02"},
                  {"actor", "one"},
                  {"inputs", core::JsonArray({std::move(back), std::move(why)})},
                  {"signatures", core::JsonArray{}},
                  {"hidden", false}
              },
              core::JsonObject{
                  {"position", 8}, {"action", "backfill"}, {"kind", "signature"}, {"hidden", true}
              }}
         )}
    };
    const std::string said = app::history_text(history, declared());
    EXPECT_NE(said.find("Give back"), std::string::npos) << said;
    EXPECT_NE(said.find("Why: The paper lacks a date."), std::string::npos) << said;
    EXPECT_NE(said.find(app::say("input_to") + ": A draft"), std::string::npos) << said;
    EXPECT_NE(said.find(app::say("action_backfill")), std::string::npos) << said;
    EXPECT_NE(said.find(app::say("step_hidden")), std::string::npos) << said;
}

TEST(Wording, RowWithoutANumberShowsItsIdAndWhatItIsAbout) {
    const core::Json labels = core::JsonObject{{"two", core::JsonObject{{"text", "The item"}}}};
    core::JsonObject row = {
        {"id", "one"},
        {"number", nullptr},
        {"title", "one"},
        {"fields", core::JsonObject{{"source", "inspection"}, {"item", "two"}}}
    };
    EXPECT_EQ(app::name_text(row), "one");
    EXPECT_EQ(app::about_text(row, declared(), &labels), "The item");
    row["title"] = "A link";
    EXPECT_EQ(app::about_text(row, declared(), &labels), "A link · The item");
    row["number"] = "L-1";
    EXPECT_EQ(app::name_text(row), "L-1");
    EXPECT_EQ(app::about_text(row, declared(), &labels), "A link");
}

TEST(Wording, ColumnsAreAsWideAsTheTerminalShowsThem) {
    EXPECT_EQ(app::width_of("周敏 A"), 6U);
    EXPECT_EQ(app::padded("周敏", 6), "周敏    ");
    EXPECT_EQ(app::padded("周敏A", 3), "周   ");
}

}  // namespace

}  // namespace duban::scenarios
