#include "exchange/directory_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::exchange {
namespace {

using access::Person;
using access::Post;
using access::Unit;
using access::UnitKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

calendar::Date day(const std::string& text) {
    return *calendar::Date::parse(text);
}

core::Id numbered_id(int number) {
    core::Id out;
    out.octets[0] = 1;
    out.octets[15] = static_cast<std::uint8_t>(number);
    return out;
}

const DirectoryWords kWords{
    .columns =
        {{"code", {"代码", "Code"}},
         {"name", {"名称", "姓名", "Name"}},
         {"parent", {"上级单位", "Parent"}},
         {"kind", {"类别", "Kind"}},
         {"person", {"姓名", "Person"}},
         {"mobile", {"手机号码", "Mobile"}},
         {"unit", {"单位", "Unit"}},
         {"role", {"角色", "Role"}},
         {"outside", {"外部人员", "Outside"}},
         {"account", {"账号名", "Account"}},
         {"language", {"语言", "Language"}},
         {"from", {"自", "From"}},
         {"to", {"至", "To"}}},
    .kinds =
        {{"root", {"本组织"}},
         {"department", {"内设机构", "Department"}},
         {"school", {"学校", "School"}}},
    .roles = {{"clerk", {"经办", "Clerk"}}, {"head", {"负责人", "Head"}}},
    .languages = {{"zh", {"中文"}}, {"en", {"English"}}},
    .yes = {"是", "yes"},
    .no = {"否", "no"}
};

/// A house with a bureau (ROOT), a finance department (CW), and Ada, who is its clerk.
class DirectorySheetTest : public testing::Test {
protected:
    DirectorySheetTest() {
        put(Unit{numbered_id(1), {}, "Bureau", "ROOT", UnitKind::Root, since()});
        put(Unit{numbered_id(2), numbered_id(1), "Finance", "CW", UnitKind::Department, since()});
        put(Person{numbered_id(11), "Ada", "13800000001", since()});
        put(Post{numbered_id(21), numbered_id(11), numbered_id(2), "clerk", false, since()});
    }

    static access::Span since() { return {.from = day("2026-01-01"), .to = {}}; }

    template <typename Row>
    void put(const Row& row) {
        put(std::vector<Row>{row});
    }
    template <typename Row>
    void put(const std::vector<Row>& rows) {
        directory_ = std::make_unique<access::Directory>(directory_->with(rows));
    }

    StandingDirectory standing() {
        return {.directory = *directory_, .today = day("2026-11-24"), .make_id = [this] {
                    return numbered_id(++made_);
                }};
    }
    UnitSheet units(const std::string& text) {
        return read_units(read_csv(text), kWords, standing());
    }
    PersonSheet people(const std::string& text) {
        return read_people(read_csv(text), kWords, standing());
    }
    PostSheet posts(const std::string& text, const std::vector<Post>& waiting = {}) {
        return read_posts(read_csv(text), kWords, standing(), waiting);
    }

    /// "2/code unit.code_taken": row, column and code of each fault.
    template <typename Sheet>
    static std::vector<std::string> told(const Sheet& sheet) {
        std::vector<std::string> out;
        for (const LineFault& fault : sheet.faults) {
            out.push_back(
                (fault.row ? std::to_string(*fault.row + 1) : std::string{}) + fault.error.pointer +
                " " + fault.error.code
            );
        }
        return out;
    }
    template <typename Sheet>
    static std::vector<Does> done(const Sheet& sheet) {
        std::vector<Does> out;
        for (const auto& line : sheet.lines) {
            out.push_back(line.does);
        }
        return out;
    }

    std::unique_ptr<access::Directory> directory_ =
        std::make_unique<access::Directory>(access::Directory{{}, {}, {}, {}, {}});
    int made_ = 100;
};

TEST_F(DirectorySheetTest, UnitsHangBelowOneAnotherInAnyOrderAndBelowTheTopUnlessTold) {
    const std::string text =
        "代码,名称,上级单位,类别\n"
        "X1,First school,East district,学校\n"
        "E,East district,,\n"
        "CW,Finance,,内设机构\n";
    const UnitSheet sheet = units(text);
    EXPECT_THAT(told(sheet), IsEmpty());
    EXPECT_THAT(sheet.keys, ElementsAre("code", "name", "parent", "kind"));
    EXPECT_THAT(done(sheet), ElementsAre(Does::Add, Does::Add, Does::Nothing));
    EXPECT_EQ(sheet.lines[0].row.parent, sheet.lines[1].row.id);
    EXPECT_EQ(sheet.lines[0].row.kind, UnitKind::School);
    EXPECT_EQ(sheet.lines[0].row.span.from, day("2026-11-24"));
    EXPECT_EQ(sheet.lines[1].row.parent, numbered_id(1));
    put(sheet.rows());
    EXPECT_THAT(units(text).rows(), IsEmpty()) << "the same sheet again changes nothing";
}

TEST_F(DirectorySheetTest, LineSaysOnlyWhatStandsInItsCells) {
    const UnitSheet sheet = units("Code,Name,To\nCW,Finance and assets,\nROOT,,\n");
    EXPECT_THAT(told(sheet), IsEmpty());
    EXPECT_THAT(done(sheet), ElementsAre(Does::Change, Does::Nothing));
    EXPECT_THAT(sheet.lines[0].changed, ElementsAre("name"));
    EXPECT_EQ(sheet.lines[0].row.id, numbered_id(2));
    EXPECT_EQ(sheet.lines[0].row.kind, UnitKind::Department);
    EXPECT_EQ(sheet.lines[0].row.parent, numbered_id(1));

    const UnitSheet ended = units("Code,To\nCW,2026/12/31\n");
    EXPECT_EQ(ended.lines[0].row.span.to, day("2026-12-31"));
    put(ended.rows());
    EXPECT_THAT(done(units("Code,To\nCW,2026-12-31\n")), ElementsAre(Does::Nothing));
}

TEST_F(DirectorySheetTest, EachFaultOfUnitsIsNamedByItsLineAndColumn) {
    const UnitSheet sheet = units(
        "代码,名称,上级单位,类别,自,至\n"
        "A,,,,,\n"
        "B,Bee,Nowhere,castle,soon,\n"
        "C,Cee,D,,,\n"
        "D,Dee,C,,,\n"
        "C,Cee again,,,,\n"
        "E,Eff,,本组织,2026-02-01,2026-01-01\n"
        ",,,学校,,\n"
    );
    EXPECT_THAT(
        told(sheet),
        ElementsAre(
            "1/name csv.cell_missing",
            "2/from field.wrong_type",
            "2/kind field.not_a_choice",
            "2/parent field.name_unknown",
            "3/code unit.code_taken",
            "4/parent field.name_ambiguous",
            "5/code csv.row_twice",
            "6/kind field.not_a_choice",
            "7/name csv.cell_missing"
        )
    );
    EXPECT_THAT(
        told(units("代码,名称,上级单位\nC,Cee,D\nD,Dee,C\n")),
        ElementsAre("1/parent unit.circle", "2/parent unit.circle")
    );
    EXPECT_THAT(
        told(units("代码,名称,自,至\nE,Eff,2026-02-01,2026-01-01\n")),
        ElementsAre("1/to directory.span_reversed")
    );
}

TEST_F(DirectorySheetTest, HeadThatIsNotUnderstoodIsRefusedWithTheColumnsThereAre) {
    try {
        static_cast<void>(units("代码,电话\nA,1\n"));
        FAIL();
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "csv.no_such_column");
        EXPECT_EQ(problem.params.at("column"), "电话");
        EXPECT_EQ(problem.params.at("columns"), "代码, 名称, 上级单位, 类别, 自, 至");
    }
    try {
        static_cast<void>(units("代码,Code\nA,1\n"));
        FAIL();
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.code, "csv.column_twice");
    }
}

TEST_F(DirectorySheetTest, NamesakesAreToldApartByTheirMobileNumbers) {
    const std::string text = "姓名,手机号码\nBo,13800000002\nBo,13800000003\nAda,\n";
    const PersonSheet sheet = people(text);
    EXPECT_THAT(told(sheet), IsEmpty());
    EXPECT_THAT(done(sheet), ElementsAre(Does::Add, Does::Add, Does::Nothing));
    put(sheet.rows());
    EXPECT_THAT(people(text).rows(), IsEmpty());
    EXPECT_THAT(told(people("姓名\nBo\n")), ElementsAre("1/name field.name_ambiguous"));
    EXPECT_THAT(
        told(people("姓名,手机号码\nCy,\nCy,1\nDi,2\nDi,2\n,3\n")),
        ElementsAre(
            "1/mobile csv.name_taken_by_several", "4/name csv.row_twice", "5/name csv.cell_missing"
        )
    );
}

TEST_F(DirectorySheetTest, NumberOfSomebodyWhoHadNoneIsAddedToHim) {
    put(Person{numbered_id(12), "Cy", "", since()});
    const PersonSheet sheet = people("Name,Mobile\nCy,13800000009\n");
    EXPECT_THAT(done(sheet), ElementsAre(Does::Change));
    EXPECT_EQ(sheet.lines[0].row.id, numbered_id(12));
    EXPECT_THAT(sheet.lines[0].changed, ElementsAre("mobile"));
}

TEST_F(DirectorySheetTest, WhoHasLeftIsNotWhoComes) {
    put(Person{numbered_id(12), "Cy", "", {.from = day("2020-01-01"), .to = day("2021-12-31")}});
    EXPECT_THAT(done(people("Name\nCy\n")), ElementsAre(Does::Add));
    EXPECT_THAT(done(people("Name,From\nCy,2020-01-01\n")), ElementsAre(Does::Nothing));
    EXPECT_THAT(told(people("Name,To\nAda,2026-12-31\n")), ElementsAre("1/to person.holds_posts"));
}

TEST_F(DirectorySheetTest, PostsNamePersonUnitAndRoleAsPeopleCallThem) {
    const std::string text =
        "姓名,单位,角色,外部人员,自\n"
        "Ada,CW,经办,,\n"
        "Ada,Finance,head,是,2026-03-01\n";
    const PostSheet sheet = posts(text);
    EXPECT_THAT(told(sheet), IsEmpty());
    EXPECT_THAT(done(sheet), ElementsAre(Does::Nothing, Does::Add));
    const Post& post = sheet.lines[1].row;
    EXPECT_EQ(post.person, numbered_id(11));
    EXPECT_EQ(post.unit, numbered_id(2));
    EXPECT_EQ(post.role, "head");
    EXPECT_TRUE(post.outside);
    EXPECT_EQ(post.span.from, day("2026-03-01"));
    EXPECT_THAT(done(posts(text, {post})), ElementsAre(Does::Nothing, Does::Waits));
    EXPECT_THAT(posts(text, {post}).rows(), IsEmpty()) << "what is proposed already is left alone";
    put(sheet.rows());
    EXPECT_THAT(posts(text).rows(), IsEmpty());
    EXPECT_THAT(
        told(posts("Person,Unit,Role,To\nAda,CW,clerk,\nNobody,Nowhere,king,\n,,,soon\n"
                   "Ada,Finance,Clerk,2026-12-31\n")),
        ElementsAre(
            "2/person field.name_unknown",
            "2/unit field.name_unknown",
            "2/role field.not_a_choice",
            "3/to field.wrong_type",
            "3/person csv.cell_missing",
            "3/unit csv.cell_missing",
            "3/role csv.cell_missing",
            "4/person csv.row_twice"
        )
    );
}

TEST_F(DirectorySheetTest, AdministratorsWhoWouldNotBeApartAreAFaultOfTheWholeSheet) {
    EXPECT_THAT(
        [&] {
            DirectoryWords words = kWords;
            words.roles["system_admin"] = {};
            words.roles["audit_admin"] = {};
            return told(read_posts(
                read_csv("Person,Unit,Role\nAda,CW,system_admin\nAda,CW,audit_admin\n"),
                words,
                standing(),
                {}
            ));
        }(),
        ElementsAre(" administrators.audit_apart")
    );
}

TEST_F(DirectorySheetTest, AccountsAreOneForEachPersonAndTheSameOnesAreLeftAlone) {
    put(Person{numbered_id(12), "Bo", "", since()});
    put(Person{numbered_id(13), "Cy", "", since()});
    const std::vector<access::AccountView> known{
        {.id = numbered_id(31), .person = numbered_id(11), .name = "ada", .language = "zh"}
    };
    const auto read = [&](const std::string& text) {
        return read_accounts(read_csv(text), kWords, standing(), known);
    };
    const AccountSheet sheet = read("姓名,账号名,语言\nAda,ADA,\nBo,bo,English\n");
    EXPECT_THAT(told(sheet), IsEmpty());
    EXPECT_THAT(done(sheet), ElementsAre(Does::Nothing, Does::Add));
    ASSERT_THAT(sheet.rows(), SizeIs(1));
    EXPECT_EQ(sheet.rows()[0].person, numbered_id(12));
    EXPECT_EQ(sheet.rows()[0].language, "en");
    EXPECT_THAT(
        told(read("姓名,账号名\nAda,other\nBo,ada\nBo,b b\nBo,\nNobody,n\nCy,bo\nCy,BO\n")),
        ElementsAre(
            "1/person account.person_has_one",
            "2/account account.name_taken",
            "3/account account.name_malformed",
            "4/account csv.cell_missing",
            "5/person field.name_unknown",
            "7/account csv.row_twice",
            "7/person csv.row_twice"
        )
    );
}

}  // namespace
}  // namespace duban::exchange
