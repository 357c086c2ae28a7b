// Registers as sheets: out, changed in a spreadsheet, in again.

#include <sstream>

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

const std::string kPath = "/api/v1/registers/concurrent_post/sheet";

Call sheet(const std::string& text, const std::string& query, const std::string& key = {}) {
    Call call{.method = Method::Post, .path = kPath, .query = query, .raw = text};
    call.headers.emplace_back("Content-Type", "text/csv; charset=utf-8");
    if (!key.empty()) {
        call.headers.emplace_back("Idempotency-Key", key);
    }
    return call;
}

const std::string kHead = "兼职人,人员类别,兼职单位,单位类型,兼任职务,任期起,年报酬,单位\n";

std::string row(const std::string& person, const std::string& body, const std::string& begins) {
    return person + ",科研人员," + body + ",社会团体,director," + begins + ",\"1,200.50\",财务处\n";
}

std::string name_of(World& world, const core::Id& person) {
    const Reply directory = world.get(person, "/api/v1/directory");
    for (const core::Json& one : directory.list("people")) {
        if (text_of(one, "id") == person.text()) {
            return text_of(one, "name");
        }
    }
    return {};
}

std::int64_t entries_of(World& world, const core::Id& as) {
    const Reply page = world.get(as, "/api/v1/registers/concurrent_post/entries", "limit=1");
    return core::find_integer(page.body.at("total"), "count").value_or(-1);
}

TEST_F(Scenario, SheetIsCheckedLineByLineAndEntersAllOrNothing) {
    const core::Id clerk = world().unit_clerk;
    const std::string name = name_of(world(), clerk);
    const std::int64_t before = entries_of(world(), clerk);
    const std::string good = row(name, "甲协会", "2026/9/1");
    const std::string text = kHead + good + row("查无此人", "乙协会", "2026-9-1") +
                             row(name, std::string(400, 'x'), "明天");

    const Reply checked = world().send(clerk, sheet(text, "check=true"));
    ASSERT_EQ(checked.status, 200) << core::json_text(checked.body);
    EXPECT_EQ(checked.integer("rows"), 3);
    const core::JsonArray& refused = checked.list("refused");
    ASSERT_EQ(refused.size(), 2U);
    EXPECT_EQ(core::find_integer(refused[0], "line"), 3);
    EXPECT_EQ(text_of(refused[0].at("errors").at(0), "code"), "field.name_unknown");
    EXPECT_EQ(core::find_integer(refused[1], "row"), 3);
    EXPECT_EQ(text_of(refused[1].at("errors").at(0), "pointer"), "/fields/begins_on");

    world().refuse(clerk, sheet(text, "check=false"), 422, "csv.rows_refused");
    EXPECT_EQ(entries_of(world(), clerk), before);

    const Reply entered = world().send(clerk, sheet(kHead + good + good, "check=false"));
    ASSERT_EQ(entered.status, 200) << core::json_text(entered.body);
    ASSERT_EQ(entered.list("entries").size(), 2U);
    EXPECT_EQ(entries_of(world(), clerk), before + 2);
    const std::string id = text_of(entered.list("entries")[0], "id");
    const Reply shown = world().get(clerk, entry_path("concurrent_post", id));
    const core::Json& fields = shown.body.at("fields");
    EXPECT_EQ(text_of(fields, "person"), clerk.text());
    EXPECT_EQ(text_of(fields, "category"), "research_staff");
    EXPECT_EQ(text_of(fields, "begins_on"), "2026-09-01");
    EXPECT_EQ(core::find_integer(fields.at("pay"), "minor"), 120050);
}

TEST_F(Scenario, SheetSentAgainUnderItsKeyIsNotEnteredTwice) {
    const core::Id clerk = world().unit_clerk;
    const std::string text = kHead + row(name_of(world(), clerk), "丙协会", "2026-09-01");
    const Reply first = world().send(clerk, sheet(text, "check=false", "series-1-0"));
    ASSERT_EQ(first.status, 200) << core::json_text(first.body);
    const std::int64_t after = entries_of(world(), clerk);
    const Reply again = world().send(clerk, sheet(text, "check=false", "series-1-0"));
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body.at("entries"), first.body.at("entries"));
    EXPECT_EQ(entries_of(world(), clerk), after);
}

TEST_F(Scenario, SheetOutIsASheetIn) {
    const core::Id clerk = world().unit_clerk;
    const Reply opened = world().application(clerk, "=丁协会");
    const Reply out = world().get(clerk, kPath, "limit=200");
    ASSERT_EQ(out.status, 200);
    EXPECT_EQ(out.header("Content-Type"), "text/csv; charset=utf-8");
    const std::string text{out.body.as_string()};
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF编号,单位,状态,到期日,兼职人,人员类别"));
    EXPECT_NE(text.find(",'=丁协会,"), std::string::npos);
    const std::string head = text.substr(0, text.find("\r\n") + 2);
    std::string line;
    std::istringstream lines{text};
    while (std::getline(lines, line) && line.find("'=丁协会") == std::string::npos) {
    }
    const Reply in = world().send(clerk, sheet(head + line + "\n", "check=true"));
    ASSERT_EQ(in.status, 200) << core::json_text(in.body);
    // Fields that the procedure fills are empty in a draft, so nothing is refused.
    EXPECT_EQ(in.list("refused").size(), 0U) << core::json_text(in.body);
    EXPECT_EQ(in.list("passed_over").size(), 2U);
}

TEST_F(Scenario, SheetOfAnotherUnitIsRefusedAndShowsNothing) {
    world().application(world().unit_clerk, "Unseen Association");
    const core::Id stranger = world().add_person("Ou", {{world().school, "clerk"}});
    const Reply out = world().get(stranger, kPath, "limit=200");
    EXPECT_EQ(out.status, 200);
    EXPECT_EQ(std::string{out.body.as_string()}.find("Unseen"), std::string::npos);
    const std::string text = kHead + row(name_of(world(), stranger), "戊协会", "2026-09-01");
    const Reply checked = world().send(stranger, sheet(text, "check=true"));
    ASSERT_EQ(checked.status, 200) << core::json_text(checked.body);
    EXPECT_EQ(checked.list("refused").size(), 1U);
}

TEST_F(Scenario, SheetThatCannotBeReadSaysWhere) {
    const core::Id clerk = world().unit_clerk;
    world().refuse(clerk, sheet("兼职人,颜色\n", "check=true"), 400, "csv.unknown_column");
    world().refuse(clerk, sheet("兼职人,person\n", "check=true"), 400, "csv.column_twice");
    world().refuse(clerk, sheet("兼职人\n\"a", "check=true"), 400, "csv.quote_open");
    Call json = sheet("{}", "check=true");
    json.headers.front().second = "application/json";
    world().refuse(clerk, json, 400, "request.content_type");
}

}  // namespace

}  // namespace duban::scenarios
