// Units, people, posts and accounts by sheets: who may, what is refused and where, and that the
// records are those of one by one.

#include "world.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kUnits = "/api/v1/directory/units/sheet";
constexpr const char* kPeople = "/api/v1/directory/people/sheet";
constexpr const char* kPosts = "/api/v1/directory/posts/sheet";
constexpr const char* kAccounts = "/api/v1/accounts/sheet";

Call sheet(const std::string& path, const std::string& text, bool check) {
    return {
        .method = Method::Post,
        .path = path,
        .query = check ? "" : "check=false",
        .headers = {{"Content-Type", "text/csv; charset=utf-8"}},
        .raw = text
    };
}

class DirectorySheets : public Scenario {
protected:
    static Reply look(const std::string& path, const std::string& text) {
        return world().send(world().system_admin, sheet(path, text, true));
    }
    static Reply write(const std::string& path, const std::string& text) {
        const Reply reply = world().send(world().system_admin, sheet(path, text, false));
        EXPECT_EQ(reply.status, 200) << core::json_text(reply.body);
        return reply;
    }
    static std::int64_t records() {
        return world().get({}, "/log/1/consistency", "from=1").integer("to");
    }
    /// "3/code unit.code_taken": line, column and code of each fault.
    static std::vector<std::string> faults(const Reply& reply) {
        std::vector<std::string> out;
        for (const core::Json& row : reply.list("refused")) {
            const auto line = core::find_integer(row, "line");
            for (const core::Json& error : row.at("errors").as_array()) {
                out.push_back(
                    (line ? std::to_string(*line) : "") + text_of(error, "pointer") + " " +
                    text_of(error, "code")
                );
            }
        }
        return out;
    }
};

using Texts = std::vector<std::string>;

TEST_F(DirectorySheets, AreForTheSystemAdministratorAndForCsv) {
    for (const char* path : {kUnits, kPeople, kPosts, kAccounts}) {
        const Call call = sheet(path, "Name\nX\n", true);
        world().refuse({}, call, 401, "session.none");
        world().refuse(world().unit_clerk, call, 403, "administration.not_system_admin");
        world().refuse(world().security_admin, call, 403, "administration.not_system_admin");
        Call json = call;
        json.headers = {{"Content-Type", "application/json"}};
        world().refuse(world().system_admin, json, 400, "request.content_type");
        world().refuse(
            world().system_admin, sheet(path, "Colour\nred\n", true), 400, "csv.no_such_column"
        );
    }
    std::string many = "Code,Name\n";
    for (int number = 0; number < 2001; ++number) {
        many += "M" + std::to_string(number) + ",Many\n";
    }
    world().refuse(world().system_admin, sheet(kUnits, many, true), 400, "csv.too_many_rows");
}

TEST_F(DirectorySheets, UnitsAreLookedAtThenWrittenAllWithARecordEach) {
    const std::string text =
        "代码,名称,上级单位,类别\nBS-1,批量一科,BS-0,内设机构\nBS-0,批量局,,区县局\n";
    const std::int64_t before = records();
    const Reply looked = look(kUnits, text);
    ASSERT_EQ(looked.status, 200) << core::json_text(looked.body);
    EXPECT_EQ(looked.integer("added"), 2);
    EXPECT_EQ(faults(looked), Texts{});
    EXPECT_EQ(text_of(looked.list("lines")[0], "does"), "add");
    EXPECT_EQ(records(), before) << "looking writes nothing";

    EXPECT_EQ(write(kUnits, text).integer("added"), 2);
    EXPECT_EQ(records(), before + 2);
    const auto directory = world().services().access.directory(app::kFirstOrg);
    const auto find = [&](const std::string& code) {
        return std::ranges::find(directory->units(), code, &access::Unit::code);
    };
    ASSERT_NE(find("BS-1"), directory->units().end());
    EXPECT_EQ(find("BS-1")->parent, find("BS-0")->id);
    EXPECT_EQ(find("BS-0")->kind, access::UnitKind::District);

    const Reply again = write(kUnits, text);
    EXPECT_EQ(again.integer("unchanged"), 2);
    EXPECT_EQ(records(), before + 2) << "the same sheet twice changes nothing";
    const Reply renamed = write(kUnits, "Code,Name\nBS-1,Bulk section\n");
    EXPECT_EQ(renamed.integer("changed"), 1);
    EXPECT_EQ(core::json_text(renamed.list("lines")[0].at("changed")), R"(["name"])");
    EXPECT_EQ(records(), before + 3);
}

TEST_F(DirectorySheets, OneFaultyLineHoldsBackAllAndEachFaultIsNamed) {
    const std::string text =
        "代码,名称,上级单位\nBF-1,好的,\nBF-2,,\nBF-3,无上级,没有这个单位\nBF-1,重复,\n";
    const Reply looked = look(kUnits, text);
    ASSERT_EQ(looked.status, 200) << core::json_text(looked.body);
    EXPECT_EQ(
        faults(looked),
        (Texts{
            "2/code unit.code_taken",
            "3/name csv.cell_missing",
            "4/parent field.name_unknown",
            "5/code csv.row_twice"
        })
    );
    EXPECT_EQ(looked.integer("added"), 0) << "faulty lines are not counted";
    EXPECT_EQ(text_of(looked.list("refused").front(), "code"), "csv.row_refused");
    const std::int64_t before = records();
    const Reply refused =
        world().refuse(world().system_admin, sheet(kUnits, text, false), 422, "csv.rows_refused");
    Texts pointers;
    for (const core::Json& error : refused.list("errors")) {
        pointers.push_back(text_of(error, "pointer"));
    }
    EXPECT_EQ(
        pointers, (Texts{"/lines/2/code", "/lines/3/name", "/lines/4/parent", "/lines/5/code"})
    );
    EXPECT_EQ(records(), before);
    EXPECT_EQ(
        faults(look(kUnits, "Code,Name,Parent\nBC-1,One,BC-2\nBC-2,Two,BC-1\n")),
        (Texts{"2/parent unit.circle", "3/parent unit.circle"})
    );
}

TEST_F(DirectorySheets, PeopleThenPostsInOneProposalApprovedOnceThenAccounts) {
    std::string people = "姓名,手机号码\n";
    std::string posts = "姓名,单位,角色,自\n";
    std::string accounts = "姓名,账号名\n";
    for (int number = 1; number <= 30; ++number) {
        const std::string name = "成批人员" + std::to_string(number);
        people += name + "," + std::to_string(13800001000 + number) + "\n";
        posts += name + ",财务处,经办,2026-01-01\n";
        accounts += name + ",bulk." + std::to_string(number) + "\n";
    }
    EXPECT_EQ(write(kPeople, people).integer("added"), 30);
    EXPECT_EQ(look(kPeople, people).integer("unchanged"), 30);

    const std::int64_t before = records();
    EXPECT_EQ(look(kPosts, posts).integer("added"), 30);
    EXPECT_EQ(records(), before);
    const Reply proposed = write(kPosts, posts);
    EXPECT_EQ(records(), before + 1) << "one proposal for all";
    const std::string path = "/api/v1/proposals/" + proposed.text("proposal");
    const Reply waiting = write(kPosts, posts);
    EXPECT_EQ(waiting.integer("waiting"), 30);
    EXPECT_TRUE(waiting.body.at("proposal").is_null()) << "and no second one while it waits";

    const Reply shown = world().get(world().security_admin, path);
    EXPECT_EQ(shown.text("kind"), "post");
    ASSERT_EQ(shown.list("differences").size(), 30U);
    const core::Json& first = shown.list("differences").front();
    EXPECT_EQ(text_of(first, "code"), "difference.post_opened");
    EXPECT_EQ(text_of(first.at("params"), "person"), "成批人员1");
    EXPECT_EQ(text_of(first.at("params"), "from"), "2026-01-01");
    world().refuse(
        world().system_admin,
        {.method = Method::Post, .path = path + "/approve"},
        422,
        "administration.same_person"
    );
    const std::int64_t proposed_at = records();
    const Reply approved =
        world().send(world().security_admin, {.method = Method::Post, .path = path + "/approve"});
    ASSERT_EQ(approved.status, 200) << core::json_text(approved.body);
    EXPECT_EQ(records(), proposed_at + 1 + 30) << "its approval, and each post as one by one";
    EXPECT_EQ(look(kPosts, posts).integer("unchanged"), 30);

    const Reply made = write(kAccounts, accounts);
    ASSERT_EQ(made.list("accounts").size(), 30U);
    const core::Json& account = made.list("accounts").back();
    EXPECT_EQ(text_of(account, "person"), "成批人员30");
    const Reply entered = world().send(
        {},
        {.method = Method::Post,
         .path = "/api/v1/sessions",
         .body =
             core::JsonObject{
                 {"name", text_of(account, "name")}, {"password", text_of(account, "password")}
             }}
    );
    ASSERT_EQ(entered.status, 201) << core::json_text(entered.body);
    EXPECT_EQ(entered.text("name"), "成批人员30");
    EXPECT_EQ(entered.body.at("must_change_password"), core::Json(true));
    const Reply again = write(kAccounts, accounts);
    EXPECT_EQ(again.integer("unchanged"), 30);
    EXPECT_TRUE(again.list("accounts").empty());
    EXPECT_EQ(
        faults(look(kAccounts, "Person,Account\n成批人员1,other\nNobody,x\n成批人员2,b b\n")),
        (Texts{
            "2/person account.person_has_one",
            "3/person field.name_unknown",
            "4/account account.name_malformed"
        })
    );
    EXPECT_TRUE(world().verified().faults.empty());
}

TEST_F(DirectorySheets, FaultsOfPeopleAndPostsAreNamedInTheWordsOfThePerson) {
    write(kPeople, "Name,Mobile\nDouble Bulk,1\nDouble Bulk,2\n");
    EXPECT_EQ(
        faults(look(kPeople, "Name,Mobile\nDouble Bulk,\nNew Bulk,\nNew Bulk,3\n")),
        (Texts{"2/name field.name_ambiguous", "3/mobile csv.name_taken_by_several"})
    );
    const Reply looked =
        look(kPosts, "Person,Unit,Role,To\nDouble Bulk,财务处,clerk,\nNobody,财务处,king,soon\n");
    EXPECT_EQ(
        faults(looked),
        (Texts{
            "2/person field.name_ambiguous",
            "3/to field.wrong_type",
            "3/person field.name_unknown",
            "3/role field.not_a_choice"
        })
    );
    EXPECT_EQ(text_of(looked.body.at("columns"), "role"), "角色");
    EXPECT_EQ(
        look(kPosts, "Person,Mobile,Unit,Role\nDouble Bulk,2,财务处,Clerk\n").integer("added"), 1
    );
}

}  // namespace

}  // namespace duban::scenarios
