#include "reading/reading.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::reading {
namespace {

using testing::ElementsAre;

std::filesystem::path source_directory() {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");
    return source == nullptr ? "." : source;
}

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

class SampleNotice : public testing::Test {
protected:
    const Document document = read(file_text(source_directory() / "samples/notice.txt"));

    std::vector<std::size_t> headings_at(int level, int parent) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < document.outline.size(); ++i) {
            if (document.outline[i].level == level && document.outline[i].parent == parent) {
                found.push_back(i);
            }
        }
        return found;
    }
    std::size_t measures_of(std::size_t heading) const {
        return static_cast<std::size_t>(
            std::ranges::count(document.measures, static_cast<int>(heading), &Statement::parent)
        );
    }
};

TEST_F(SampleNotice, HasThreePartsAndPartTwoThreeAreas) {
    const auto parts = headings_at(1, -1);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(document.outline[parts[1]].text, "巡察整改任务落实情况");
    EXPECT_EQ(headings_at(2, static_cast<int>(parts[1])).size(), 3U);
    EXPECT_EQ(headings_at(2, static_cast<int>(parts[2])).size(), 3U);
}

TEST_F(SampleNotice, HasTwelveItemsWithFortyTwoMeasures) {
    const auto parts = headings_at(1, -1);
    std::vector<std::vector<std::size_t>> counts;
    for (const std::size_t area : headings_at(2, static_cast<int>(parts.at(1)))) {
        counts.emplace_back();
        for (const std::size_t item : headings_at(3, static_cast<int>(area))) {
            counts.back().push_back(measures_of(item));
        }
    }
    EXPECT_THAT(
        counts,
        ElementsAre(ElementsAre(3, 3, 3), ElementsAre(3, 5, 2, 3, 3, 3), ElementsAre(3, 4, 7))
    );
    EXPECT_EQ(measures_of(parts[0]), 2U);
    EXPECT_EQ(document.measures.size(), 44U);
}

TEST_F(SampleNotice, HeadingsEndBeforeTheirBody) {
    const Heading& heading = document.outline.back();
    EXPECT_EQ(heading.marker, "(三)");
    EXPECT_EQ(heading.text, "进一步推进整改常态化");
}

TEST_F(SampleNotice, SaysWhoAndWhen) {
    EXPECT_EQ(document.title->text, "中共深圳市教育局党组关于巡察整改进展情况的通报");
    EXPECT_EQ(document.issuer->text, "中共深圳市教育局党组");
    EXPECT_EQ(document.date, "2023-07-25");
    EXPECT_EQ(document.source->text, "廉洁深圳网");
    EXPECT_EQ(document.inspection.body->text, "市委第三巡察组");
    EXPECT_EQ(document.inspection.target->text, "市教育局党组");
    EXPECT_EQ(document.inspection.from, "2022-04-18");
    EXPECT_EQ(document.inspection.to, "2022-06-24");
    EXPECT_EQ(document.inspection.feedback, "2022-09-26");
    ASSERT_TRUE(document.window);
    EXPECT_EQ(document.window->from, "2023-07-25");
    EXPECT_EQ(document.window->to, "2023-08-15");
}

TEST_F(SampleNotice, NamesFiveDocuments) {
    std::vector<std::string> names;
    std::ranges::transform(document.documents, std::back_inserter(names), &Mention::text);
    EXPECT_THAT(
        names,
        ElementsAre(
            "《深圳市普惠性幼儿园管理办法》",
            "《关于全面推开行业协会商会与行政机关脱钩改革的实施意见》",
            "《中国共产党重大事项请示报告条例》",
            "《中国共产党党组工作条例》",
            "《机关党组织抓党建工作清单》"
        )
    );
}

TEST_F(SampleNotice, GivesItsFigures) {
    std::vector<std::string> figures;
    for (const Quantity& quantity : document.quantities) {
        figures.push_back(quantity.value + quantity.unit + (quantity.approximate ? "~" : ""));
    }
    EXPECT_THAT(
        figures,
        testing::IsSupersetOf({"10次", "3000人~", "10所", "17个", "1个", "10部门", "5期", "4个"})
    );
}

TEST_F(SampleNotice, GivesItsContacts) {
    ASSERT_EQ(document.contacts.phone.size(), 1U);
    EXPECT_EQ(document.contacts.phone[0].text, "0755-88121796");
    ASSERT_EQ(document.contacts.email.size(), 1U);
    EXPECT_EQ(document.contacts.email[0].text, "gwb@sz.edu.cn");
    ASSERT_EQ(document.contacts.postcode.size(), 1U);
    EXPECT_EQ(document.contacts.postcode[0].text, "518038");
    ASSERT_EQ(document.contacts.address.size(), 1U);
    EXPECT_EQ(document.contacts.address[0].text, "深圳市福田区福中三路市民中心C区2102室");
}

TEST_F(SampleNotice, SaysOfNoMeasureThatItIsDone) {
    for (const Statement& measure : document.measures) {
        EXPECT_EQ(measure.status, std::nullopt) << measure.text;
    }
    EXPECT_TRUE(document.counts.empty());
}

TEST_F(SampleNotice, LeavesNoDoubt) {
    for (const Diagnostic& diagnostic : document.diagnostics) {
        ADD_FAILURE() << diagnostic.code << " " << diagnostic.text;
    }
}

}  // namespace
}  // namespace duban::reading
