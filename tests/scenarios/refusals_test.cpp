// What the house refuses of an entry, each with its status, its code and a sentence in both
// languages.

#include "app/locales.h"
#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

TEST_F(Scenario, StrangerCannotTellAnEntryFromNone) {
    const core::Id stranger = world().add_person("Tang", {{world().school, "clerk"}});
    const Reply opened = world().application(world().unit_clerk, "Hidden Association");
    const std::string other = entry_path("concurrent_post", "01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a10");
    for (const std::string& path : {opened.path(), other}) {
        const Reply shown = world().refuse(stranger, {.path = path}, 404, "entry.not_found");
        EXPECT_EQ(shown.text("detail").find("Hidden"), std::string::npos);
        for (const char* part : {"/history", "/certificate"}) {
            world().refuse(stranger, {.path = path + part}, 404, "entry.not_found");
        }
        world().refuse(stranger, world().action(path, "file", 1), 404, "entry.not_found");
    }
    EXPECT_EQ(world().get(world().unit_clerk, opened.path()).status, 200);
}

TEST_F(Scenario, ActionNeedsTheRevisionThatWasSeen) {
    const Reply opened = world().application(world().unit_clerk, "Revision Association");
    Call blind = world().action(opened.path(), "amend", 1);
    blind.headers.clear();
    world().refuse(world().unit_clerk, blind, 428, "precondition.required");
    Call any = world().action(opened.path(), "amend", 1);
    any.headers.front().second = "*";
    world().refuse(world().unit_clerk, any, 400, "precondition.malformed");

    const core::JsonObject change = {{"fields", core::JsonObject{{"basis", "Rule 6"}}}};
    const Reply amended = world().act(world().unit_clerk, opened.path(), "amend", change);
    EXPECT_EQ(amended.header("ETag"), "\"2\"");
    const Reply stale = world().refuse(
        world().unit_clerk, world().action(opened.path(), "amend", 1, change), 412, "entry.stale"
    );
    EXPECT_EQ(text_of(stale.body.at("params"), "revision"), "2");
}

TEST_F(Scenario, ActionOutOfItsStateIsRefused) {
    const Reply opened = world().application(world().unit_clerk, "State Association");
    const Call report = world().action(opened.path(), "report", 1);
    const Reply refused = world().refuse(world().unit_clerk, report, 409, "entry.wrong_state");
    // In the pack's words for people, in its names for programs.
    EXPECT_NE(refused.text("detail").find("草稿"), std::string::npos) << refused.text("detail");
    EXPECT_NE(refused.text("detail").find("年度报告"), std::string::npos);
    EXPECT_EQ(text_of(refused.body.at("params"), "state"), "draft");
    EXPECT_EQ(text_of(refused.body.at("params"), "action"), "report");
    world().refuse(
        world().unit_clerk, world().action(opened.path(), "dance", 1), 404, "action.not_found"
    );
}

TEST_F(Scenario, UnknownFieldsAndMembersAreRefused) {
    core::JsonObject fields = world().post_fields(world().unit_clerk, "Field Association");
    fields["colour"] = "red";
    fields["begins_on"] = "yesterday";
    fields["office"] = "emperor";
    const std::string path = "/api/v1/registers/concurrent_post/entries";
    const Reply refused = world().refuse(
        world().unit_clerk,
        {.method = Method::Post, .path = path, .body = core::JsonObject{{"fields", fields}}},
        400,
        "entry.invalid_fields"
    );
    std::map<std::string, std::string> codes;
    for (const core::Json& error : refused.list("errors")) {
        codes[text_of(error, "pointer")] = text_of(error, "code");
    }
    EXPECT_EQ(codes["/fields/colour"], "field.unknown");
    EXPECT_EQ(codes["/fields/begins_on"], "field.wrong_type");
    EXPECT_EQ(codes["/fields/office"], "field.not_a_choice");
    world().refuse(
        world().unit_clerk,
        {.method = Method::Post, .path = path, .body = core::JsonObject{{"feilds", fields}}},
        400,
        "request.unknown_member"
    );
    world().refuse(
        world().unit_clerk, {.path = path, .query = "colour=red"}, 400, "query.filter_not_declared"
    );
}

TEST_F(Scenario, FieldSetByTheProcedureIsNobodysToSend) {
    core::JsonObject fields = world().post_fields(world().unit_clerk, "Dated Association");
    fields["approved_on"] = "2026-01-01";
    const Reply refused = world().refuse(
        world().unit_clerk,
        {.method = Method::Post,
         .path = "/api/v1/registers/concurrent_post/entries",
         .body = core::JsonObject{{"fields", fields}}},
        400,
        "entry.invalid_fields"
    );
    ASSERT_EQ(refused.list("errors").size(), 1U);
    EXPECT_EQ(text_of(refused.list("errors").front(), "code"), "field.not_in_action");
}

TEST_F(Scenario, BodyOverAMebibyteIsRefused) {
    const Call large{
        .method = Method::Post,
        .path = "/api/v1/registers/concurrent_post/entries",
        .body =
            core::JsonObject{{"fields", core::JsonObject{{"basis", std::string(1'100'000, 'a')}}}}
    };
    world().refuse(world().unit_clerk, large, 413, "request.too_large");
}

TEST_F(Scenario, ReaderWithoutTheRightMayNotAct) {
    const Reply opened = world().application(world().unit_clerk, "Right Association");
    ASSERT_EQ(world().get(world().office_clerk, opened.path()).status, 200);
    const Call amend = world().action(opened.path(), "amend", 1);
    world().refuse(world().office_clerk, amend, 403, "action.not_yours");
    const Reply shown = world().get(world().office_clerk, opened.path());
    EXPECT_TRUE(shown.list("actions").empty());
}

TEST_F(Scenario, WhatAnActionNeedsIsNamedFieldByField) {
    core::JsonObject fields = world().post_fields(world().unit_clerk, "Need Association");
    fields.erase("approval");
    fields.erase("approval_no");
    const Reply opened = world().open(world().unit_clerk, "concurrent_post", fields);
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    EXPECT_EQ(opened.header("Location"), opened.path());
    const Reply refused = world().refuse(
        world().unit_clerk, world().action(opened.path(), "file", 1), 422, "entry.incomplete"
    );
    ASSERT_EQ(refused.list("errors").size(), 2U);
    for (const core::Json& error : refused.list("errors")) {
        EXPECT_EQ(text_of(error, "code"), "field.required");
        const std::string field = text_of(error.at("params"), "field");
        EXPECT_EQ(text_of(error, "detail").find(field), std::string::npos) << "its title is said";
    }
}

TEST_F(Scenario, CheckOfThePackSpeaksInItsOwnWords) {
    core::JsonObject fields = world().post_fields(world().unit_clerk, "Backward Association");
    fields["ends_on"] = "2026-09-01";
    const Reply opened = world().open(world().unit_clerk, "concurrent_post", fields);
    ASSERT_EQ(opened.status, 201);
    const Call file = world().action(opened.path(), "file", 1);
    world().refuse(world().unit_clerk, file, 422, "post.ends_before_it_begins");
    EXPECT_EQ(world().get(world().unit_clerk, opened.path()).state(), "draft");
}

TEST_F(Scenario, SameKeyIsAnsweredOnceAndAnotherRequestUnderItRefused) {
    Call opens{
        .method = Method::Post,
        .path = "/api/v1/registers/concurrent_post/entries",
        .body =
            core::JsonObject{
                {"fields", world().post_fields(world().unit_clerk, "Idempotent Association")}
            },
        .headers = {{"Idempotency-Key", "scenario-1"}}
    };
    const Reply first = world().send(world().unit_clerk, opens);
    const Reply second = world().send(world().unit_clerk, opens);
    EXPECT_EQ(first.status, 201) << core::json_text(first.body);
    EXPECT_EQ(first.id(), second.id());
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    (*opens.body)["fields"].as_object()["basis"] = "Rule 7";
    EXPECT_EQ(world().send(world().unit_clerk, opens).text("code"), "idempotency.key_reused");
}

TEST_F(Scenario, CodeIsExplainedInEveryLanguageAndWhatIsNoneIsNotFound) {
    const Reply own = world().get({}, "/problems/entry.stale");
    EXPECT_EQ(own.status, 200);
    // The words of a pack's check are the pack's.
    const std::string code = "comment.in_the_future";
    const auto adopted = world().services().registers.adopted();
    const core::Texts* words = adopted->model().find_message(code);
    ASSERT_NE(words, nullptr);
    const Reply of_pack = world().get({}, "/problems/" + code);
    EXPECT_EQ(of_pack.status, 200);
    for (const char* language : {"zh", "en"}) {
        EXPECT_EQ(
            text_of(own.body.at("detail"), language),
            app::sentences().sentence("entry.stale", {}, language)
        );
        EXPECT_EQ(text_of(of_pack.body.at("detail"), language), words->in(language));
    }
    // Neither is a text of the pages a code.
    for (const char* none : {"no.such", "page_yes", "comment"}) {
        world().refuse({}, {.path = std::string{"/problems/"} + none}, 404, "request.not_found");
    }
}

TEST_F(Scenario, LanguageThatTheClientNamesGoesBeforeTheAccounts) {
    const auto told = [](const core::Id& as, const std::string& account, const std::string& named) {
        const Reply reply = world().send(
            as,
            {.path = "/api/v1/registers/none/entries", .headers = {{"Duban-Language", named}}},
            account
        );
        EXPECT_EQ(reply.text("code"), "register.not_found");
        EXPECT_EQ(
            reply.text("detail"),
            app::sentences().sentence(
                "register.not_found", {{"register", "none"}}, reply.header("Content-Language")
            )
        );
        return reply.header("Content-Language");
    };
    EXPECT_EQ(told(world().unit_clerk, "zh", "en"), "en");
    EXPECT_EQ(told(world().unit_clerk, "en", "zh"), "zh");
    EXPECT_EQ(told(world().unit_clerk, "en", "tlh"), "en") << "there is no such language";

    // What is no refusal, too: the head of a sheet.
    const auto head = [](const std::string& account, const std::string& named) {
        const Reply sheet = world().send(
            world().unit_clerk,
            {.path = "/api/v1/registers/concurrent_post/sheet",
             .headers = {{"Duban-Language", named}}},
            account
        );
        EXPECT_EQ(sheet.status, 200);
        const std::string text{sheet.body.as_string()};
        return text.substr(0, text.find('\n'));
    };
    EXPECT_EQ(head("zh", "en"), head("en", ""));
    EXPECT_EQ(head("en", "zh"), head("zh", ""));
    EXPECT_NE(head("zh", ""), head("en", ""));
}

}  // namespace

}  // namespace duban::scenarios
