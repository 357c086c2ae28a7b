// What is seen of an entry from outside: lists, search, counts, history, events, the log.

#include <algorithm>
#include <set>

#include "crypto/note.h"
#include "stream.h"
#include "world.h"

namespace duban::scenarios {

namespace {

constexpr const char* kPosts = "/api/v1/registers/concurrent_post";

Call search(const std::string& words, const std::string& position) {
    return {.path = "/api/v1/search", .query = "q=" + words, .headers = {{"Duban-Wait", position}}};
}

std::int64_t total(const Reply& reply) {
    return core::find_integer(reply.body.at("total"), "count").value_or(-1);
}

TEST_F(Scenario, SearchFindsWhatItWaitedFor) {
    const Reply opened = world().application(world().unit_clerk, "Zanzibar Society");
    const std::string position = opened.header("Duban-Position");
    ASSERT_FALSE(position.empty());
    const Reply found = world().send(world().unit_clerk, search("Zanzibar", position));
    ASSERT_EQ(found.status, 200) << core::json_text(found.body);
    ASSERT_EQ(found.list("hits").size(), 1U);
    EXPECT_EQ(text_of(found.list("hits").front(), "id"), opened.id());
    EXPECT_EQ(total(found), 1);
    EXPECT_GE(std::stoll(found.header("Duban-Position")), std::stoll(position));
    world().refuse(world().unit_clerk, {.path = "/api/v1/search"}, 400, "search.empty");
}

TEST_F(Scenario, SearchKeepsToItsLimit) {
    Reply last;
    for (int i = 0; i < 3; ++i) {
        last = world().application(world().unit_clerk, "Quixote Society " + std::to_string(i));
    }
    Call call = search("Quixote", last.header("Duban-Position"));
    call.query += "&limit=2";
    const Reply found = world().send(world().unit_clerk, call);
    EXPECT_EQ(found.list("hits").size(), 2U);
    EXPECT_EQ(total(found), 3);
}

TEST_F(Scenario, SearchTakesTheLimitThatItsPageSays) {
    const Call hundred{.path = "/api/v1/search", .query = "q=Quixote&limit=100"};
    EXPECT_EQ(world().send(world().unit_clerk, hundred).status, 200);
    world().refuse(
        world().unit_clerk,
        {.path = "/api/v1/search", .query = "q=Quixote&limit=101"},
        400,
        "query.value_malformed"
    );
}

TEST_F(Scenario, EveryRoleOfAPostHasATitleInTheDirectory) {
    const Reply directory = world().get(world().unit_clerk, "/api/v1/directory");
    std::set<std::string> titled;
    for (const core::Json& role : directory.list("roles")) {
        EXPECT_FALSE(text_of(role.at("title"), "zh").empty()) << core::json_text(role);
        EXPECT_FALSE(text_of(role.at("title"), "en").empty()) << core::json_text(role);
        titled.insert(text_of(role, "name"));
    }
    ASSERT_FALSE(directory.list("posts").empty());
    for (const core::Json& post : directory.list("posts")) {
        EXPECT_TRUE(titled.contains(text_of(post, "role"))) << core::json_text(post);
    }
}

TEST_F(Scenario, DeclarationNamesTheReasonsForWhichAClockStops) {
    const Reply declared = world().get(world().office_clerk, "/api/v1/registers/finding");
    const auto& deadlines = declared.list("deadlines");
    const auto paused = std::ranges::find_if(deadlines, [](const core::Json& deadline) {
        return !deadline.at("pauses").as_array().empty();
    });
    ASSERT_NE(paused, deadlines.end());
    EXPECT_EQ(paused->at("pauses"), (core::JsonArray{"object", "suspend"}));
    EXPECT_FALSE(paused->at("resumes").as_array().empty());
    const core::Json& reason = paused->at("pause_reasons").as_array().at(0);
    EXPECT_EQ(text_of(reason, "code"), "not_ours");
    EXPECT_FALSE(text_of(reason.at("title"), "zh").empty());
}

TEST_F(Scenario, NoOutletShowsAStrangerAnything) {
    const core::Id stranger = world().add_person("Outsider", {{world().school, "clerk"}});
    const Reply opened = world().application(world().unit_clerk, "Xanadu Society");
    const std::string position = opened.header("Duban-Position");
    const Reply list = world().get(stranger, std::string{kPosts} + "/entries");
    EXPECT_EQ(list.status, 200);
    EXPECT_TRUE(list.list("entries").empty());
    EXPECT_EQ(total(list), 0);
    world().refuse(stranger, {.path = opened.path()}, 404, "entry.not_found");
    const Reply found = world().send(stranger, search("Xanadu", position));
    EXPECT_EQ(found.status, 200);
    EXPECT_TRUE(found.list("hits").empty());
    EXPECT_EQ(total(found), 0);
    const Reply counts = world().get(stranger, std::string{kPosts} + "/counts");
    EXPECT_EQ(counts.status, 200);
    EXPECT_TRUE(counts.body.at("states").as_object().empty()) << core::json_text(counts.body);
    EXPECT_TRUE(counts.list("units").empty());
    EXPECT_EQ(counts.integer("due_in_10_days"), 0);
    const core::Json* file = core::find_member(opened.body.at("fields"), "approval");
    ASSERT_NE(file, nullptr);
    const std::string hash{file->as_string()};
    world().refuse(stranger, {.path = opened.path() + "/files/" + hash}, 404, "entry.not_found");
    world().refuse(stranger, {.path = "/api/v1/files/" + hash}, 404, "file.not_found");
    EXPECT_EQ(world().get(world().unit_clerk, opened.path() + "/files/" + hash).status, 200);
}

TEST_F(Scenario, OnlyAPdfComesWithoutTheSandboxAndOnlyWhenAsked) {
    const core::Id clerk = world().unit_clerk;
    for (const auto& [bytes, shown] :
         {std::pair{"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", true},
          std::pair{"<html><script>alert(1)</script></html>", false}}) {
        const std::string hash = world().upload(clerk, bytes);
        core::JsonObject fields = world().post_fields(clerk, "Shown Society");
        fields["approval"] = hash;
        const Reply opened = world().open(clerk, "concurrent_post", fields);
        ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
        const std::string path = opened.path() + "/files/" + hash;
        const Reply plain = world().get(clerk, path);
        EXPECT_EQ(plain.header("Content-Security-Policy"), "sandbox");
        EXPECT_TRUE(plain.header("Content-Disposition").starts_with("attachment"));
        const Reply asked = world().get(clerk, path, "inline=true");
        EXPECT_EQ(asked.header("Content-Security-Policy") == "sandbox", !shown) << bytes;
        EXPECT_EQ(asked.header("Content-Disposition").starts_with("inline"), shown) << bytes;
    }
}

TEST_F(Scenario, NumberFindsTheEntryForWhoMayReadIt) {
    const Reply filed = world().filed(world().unit_clerk, "Numbered Society");
    const std::string path = entry_path("concurrent_post", "number:" + filed.text("number"));
    EXPECT_EQ(world().get(world().unit_clerk, path).id(), filed.id());
    const Reply history = world().get(world().unit_clerk, path + "/history");
    EXPECT_EQ(history.status, 200) << core::json_text(history.body);
    EXPECT_EQ(world().get(world().unit_clerk, path + "/certificate").status, 200);
    const core::Id stranger = world().add_person("Guesser", {{world().school, "clerk"}});
    world().refuse(stranger, {.path = path}, 404, "entry.not_found");
}

TEST_F(Scenario, CountsFollowEachAction) {
    const auto drafts = [] {
        const Reply counts = world().get(world().unit_clerk, std::string{kPosts} + "/counts");
        return core::find_integer(counts.body.at("states"), "draft").value_or(0);
    };
    const std::int64_t before = drafts();
    const Reply opened = world().application(world().unit_clerk, "Counted Society");
    EXPECT_EQ(drafts(), before + 1);
    world().act(world().unit_clerk, opened.path(), "file");
    EXPECT_EQ(drafts(), before);
}

TEST_F(Scenario, HistoryTellsEachStep) {
    const Reply filed = world().filed(world().unit_clerk, "Remembered Society");
    const Reply history = world().get(world().reviewer, filed.path() + "/history");
    ASSERT_EQ(history.list("records").size(), 2U);
    const core::Json& opened = history.list("records").front();
    const core::Json& handed_in = history.list("records").back();
    EXPECT_EQ(text_of(opened, "action"), "open");
    EXPECT_EQ(text_of(opened, "actor"), world().unit_clerk.text());
    EXPECT_EQ(text_of(handed_in, "action"), "file");
    EXPECT_EQ(text_of(handed_in, "state_before"), "draft");
    EXPECT_EQ(text_of(handed_in, "state_after"), "review");
    EXPECT_EQ(core::find_integer(handed_in, "revision"), 2);
    EXPECT_EQ(text_of(handed_in, "leaf").size(), 64U);
    // What the changes name is labelled: the person and the file of the approval.
    const core::Json& labels = history.body.at("labels");
    EXPECT_EQ(text_of(labels.at(text_of(filed.body.at("fields"), "person")), "kind"), "person");
    EXPECT_EQ(text_of(labels.at(text_of(filed.body.at("fields"), "approval")), "kind"), "file");
}

TEST_F(Scenario, ListPagesWithoutLosingOrRepeating) {
    std::set<std::string> seen;
    std::string cursor;
    do {
        std::string query = "limit=10&sort=number";
        if (!cursor.empty()) {
            query += "&cursor=" + cursor;
        }
        const Reply page =
            world().get(world().office_clerk, "/api/v1/registers/measure/entries", query);
        ASSERT_EQ(page.status, 200) << core::json_text(page.body);
        for (const core::Json& entry : page.list("entries")) {
            EXPECT_TRUE(seen.insert(text_of(entry, "id")).second);
        }
        cursor = page.text("next");
    } while (!cursor.empty());
    EXPECT_EQ(seen.size(), 42U);
}

TEST_F(Scenario, CheckpointIsSignedByTheKeyThatIsShown) {
    std::string key{world().get({}, "/log/1/key").body.as_string()};
    key.erase(key.find_last_not_of('\n') + 1);
    const auto verifier = crypto::NoteVerifier::parse(key);
    ASSERT_TRUE(verifier.has_value()) << key;
    const Reply opened = world().application(world().unit_clerk, "Logged Society");
    const std::string note{world().get({}, "/log/1/checkpoint").body.as_string()};
    const auto text = crypto::open_note(note, *verifier);
    ASSERT_TRUE(text.has_value()) << note;
    const auto checkpoint = crypto::parse_checkpoint(*text);
    ASSERT_TRUE(checkpoint.has_value());
    EXPECT_GE(
        static_cast<std::int64_t>(checkpoint->head.size),
        std::stoll(opened.header("Duban-Position"))
    );
    world().refuse({}, {.path = "/log/7/checkpoint"}, 404, "org.not_found");
}

TEST_F(Scenario, EventsNameTheRegisterAndNothingElse) {
    Stream stream{world().port(), world().token(world().unit_clerk, "zh")};
    const std::string head = stream.read_until("\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200")) << head;
    EXPECT_NE(head.find("text/event-stream"), std::string::npos) << head;
    const Reply opened = world().application(world().unit_clerk, "Announced Society");
    const std::string all = stream.read_until("\"position\"");
    EXPECT_NE(all.find("event: register"), std::string::npos) << all;
    EXPECT_NE(all.find("concurrent_post"), std::string::npos) << all;
    EXPECT_EQ(all.find("Announced"), std::string::npos);
    EXPECT_EQ(all.find(opened.id()), std::string::npos);
}

}  // namespace

}  // namespace duban::scenarios
