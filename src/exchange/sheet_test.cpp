#include "exchange/sheet.h"

#include <gtest/gtest.h>

#include "core/problem.h"

namespace duban::exchange {
namespace {

using declarations::Field;
using declarations::FieldType;

core::Id id(int last) {
    return core::Id::parse("01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a1" + std::to_string(last)).value();
}

class SheetTest : public ::testing::Test {
protected:
    SheetTest() {
        declared_.name = "measure";
        add("what", FieldType::Text, "措施");
        add("count", FieldType::Integer, "件数");
        add("rate", FieldType::Decimal, "比例").scale = 1;
        add("cost", FieldType::Money, "金额");
        add("public", FieldType::Boolean, "公开");
        add("due", FieldType::Date, "期限");
        Field& kind = add("kind", FieldType::Choice, "类型");
        kind.choices = {
            {"now", {{{"zh", "立行立改"}, {"en", "At once"}}}}, {"long", {{{"zh", "长期坚持"}}}}
        };
        add("lead", FieldType::Unit, "牵头单位");
        add("person", FieldType::Person, "责任人");
        add("item", FieldType::Link, "事项").to = "item";
        add("others", FieldType::Links, "相关事项").to = "item";
        add("steps", FieldType::Rows, "步骤");
        add("left", FieldType::Computed, "剩余");
        declared_.procedure.initial = "draft";
        declared_.procedure.states.push_back(
            {.name = "closed", .title = {{{"zh", "已销号"}}}, .place = {}}
        );
        directory_ = access::Directory{
            {{.id = id(1), .parent = {}, .name = "财务处", .code = "CW", .span = {}},
             {.id = id(2), .parent = {}, .name = "一小", .code = "X1", .span = {}},
             {.id = id(3), .parent = {}, .name = "一小", .code = "X2", .span = {}}},
            {{.id = id(4), .name = "周敏", .mobile = {}, .span = {}}},
            {},
            {},
            {}
        };
        words_ = {
            .language = "zh",
            .yes = {"是", "yes"},
            .no = {"否", "no"},
            .columns = {{"number", {"编号"}}, {"unit", {"单位"}}, {"state", {"状态"}}}
        };
        names_ = {
            .directory = &directory_,
            .currency = "CNY",
            .find_number =
                [](const std::string& name, const std::string& number) {
                    return name == "item" && number == "ZG-1" ? std::optional{id(9)} : std::nullopt;
                },
            .number_of = [](const std::string&,
                            const core::Id& of) { return of == id(9) ? "ZG-1" : ""; }
        };
    }

    Field& add(const std::string& name, FieldType type, const std::string& title) {
        Field field;
        field.name = name;
        field.type = type;
        field.title = {{{"zh", title}}};
        declared_.fields.push_back(std::move(field));
        return declared_.fields.back();
    }

    SheetRow read(const std::vector<std::string>& head, const std::vector<std::string>& cells) {
        return Columns{declared_, head, words_}.read(cells, names_);
    }

    core::Json value(const std::string& column, const std::string& cell) {
        SheetRow row = read({column}, {cell});
        if (!row.errors.empty()) {
            return core::Json(row.errors.front().code);
        }
        const auto found = row.fields.begin();
        return found == row.fields.end() ? core::Json(nullptr) : found->value();
    }

    declarations::Register declared_;
    access::Directory directory_{{}, {}, {}, {}, {}};
    SheetWords words_;
    SheetNames names_;
};

TEST_F(SheetTest, ReadsCellsAsPeopleWriteThem) {
    EXPECT_EQ(value("措施", " 建立台账 "), core::Json(" 建立台账 "));
    EXPECT_EQ(value("件数", "１,２００"), core::Json(1200));
    EXPECT_EQ(value("比例", "12.5"), core::Json("12.5"));
    EXPECT_EQ(value("金额", "1,234.5"), (core::JsonObject{{"minor", 123450}, {"currency", "CNY"}}));
    EXPECT_EQ(value("金额", "10 USD"), (core::JsonObject{{"minor", 1000}, {"currency", "USD"}}));
    EXPECT_EQ(value("公开", "是"), core::Json(true));
    EXPECT_EQ(value("public", "no"), core::Json(false));
    for (const char* date :
         {"2026-03-05", "2026/3/5", "2026.3.05", "20260305", "２０２６－３－５"}) {
        EXPECT_EQ(value("期限", date), core::Json("2026-03-05")) << date;
    }
    EXPECT_EQ(value("类型", "长期坚持"), core::Json("long"));
    EXPECT_EQ(value("类型", "At once"), core::Json("now"));
    EXPECT_EQ(value("牵头单位", "财务处"), core::Json(id(1).text()));
    EXPECT_EQ(value("牵头单位", "X2"), core::Json(id(3).text()));
    EXPECT_EQ(value("责任人", "周敏"), core::Json(id(4).text()));
    EXPECT_EQ(value("事项", "ZG-1"), core::Json(id(9).text()));
    EXPECT_EQ(value("相关事项", "ZG-1；\n"), (core::JsonArray{id(9).text()}));
    EXPECT_EQ(value("步骤", "[{\"a\":1}]"), core::parse_json("[{\"a\":1}]"));
    EXPECT_EQ(value("件数", "  "), core::Json(nullptr));
}

TEST_F(SheetTest, SaysWhatIsWrongWithACell) {
    EXPECT_EQ(value("件数", "12件"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("金额", "许多"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("公开", "也许"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("期限", "2026-02-30"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("期限", "三月"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("类型", "其他"), core::Json("field.not_a_choice"));
    EXPECT_EQ(value("牵头单位", "一小"), core::Json("field.name_ambiguous"));
    EXPECT_EQ(value("牵头单位", "二小"), core::Json("field.name_unknown"));
    EXPECT_EQ(value("责任人", "无名"), core::Json("field.name_unknown"));
    EXPECT_EQ(value("事项", "ZG-2"), core::Json("field.no_such_entry"));
    EXPECT_EQ(value("步骤", "1"), core::Json("field.wrong_type"));
    EXPECT_EQ(value("状态", "未知"), core::Json("field.not_a_choice"));
}

TEST_F(SheetTest, PassesOverWhatDubanGives) {
    const Columns columns{declared_, {"编号", "剩余", "单位", "措施"}, words_};
    EXPECT_EQ(columns.passed_over(), (std::vector<std::string>{"编号", "剩余"}));
    const SheetRow row = columns.read({"ZG-7", "3", "财务处", "建账"}, names_);
    EXPECT_EQ(row.unit, id(1));
    EXPECT_EQ(row.fields.size(), 1U);
    EXPECT_TRUE(row.errors.empty());
}

TEST_F(SheetTest, WritesWhatItReads) {
    registers::Entry entry;
    entry.unit = id(1);
    entry.number = "ZG-2026-0001";
    entry.state = "closed";
    const std::vector<std::string> head = sheet_head(declared_, words_);
    const std::vector<std::string> cells = {
        "ZG-2026-0001",
        "财务处",
        "已销号",
        "",
        "建立台账",
        "3",
        "12.5",
        "1234.50",
        "是",
        "2026-03-05",
        "立行立改",
        "财务处",
        "周敏",
        "ZG-1",
        "ZG-1",
        "",
        ""
    };
    entry.fields = read(head, cells).fields;
    EXPECT_EQ(sheet_cells(declared_, entry, words_, names_), cells);
}

}  // namespace
}  // namespace duban::exchange
