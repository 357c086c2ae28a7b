#include "search/search.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/testing.h"

namespace duban::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr core::OrgId kOrg{7};

core::Id id_of(int number) {
    core::Id id;
    id.octets[14] = static_cast<std::uint8_t>(number / 256);
    id.octets[15] = static_cast<std::uint8_t>(number % 256);
    return id;
}

Document document(int number, const std::string& title, const std::string& body) {
    return {
        .org = kOrg,
        .register_name = "item_a",
        .id = id_of(number),
        .unit = id_of(1000 + number % 3),
        .title = title,
        .body = body
    };
}

class SearchTest : public testing::Test {
protected:
    SearchTest() : store_{store::open_test_store()} { migrate(*store_); }

    void put(const Document& given) {
        store_->write(given.org, [&](store::Transaction& tx) { search_.index(tx, given); });
    }

    SearchAnswer ask(const SearchQuestion& question) {
        SearchAnswer answer;
        store_->read([&](store::Reader& reader) { answer = search_.find(reader, question); });
        return answer;
    }

    static SearchQuestion question(const std::string& words) {
        return {.org = kOrg, .words = words, .scopes = {{.register_name = "item_a", .reach = {}}}};
    }

    /// The numbers of the entries found, in order.
    std::vector<int> found(const SearchQuestion& question) {
        std::vector<int> numbers;
        for (const SearchHit& hit : ask(question).hits) {
            numbers.push_back(hit.id.octets[14] * 256 + hit.id.octets[15]);
        }
        return numbers;
    }
    std::vector<int> found(const std::string& words) { return found(question(words)); }

    std::unique_ptr<store::Store> store_;
    Search search_;
};

TEST_F(SearchTest, FindsWordsOfAnyLength) {
    put(document(1, "督查单", "教育局应于三月底前整改"));
    EXPECT_THAT(found("督"), ElementsAre(1));
    EXPECT_THAT(found("改"), ElementsAre(1));
    EXPECT_THAT(found("查单"), ElementsAre(1));
    EXPECT_THAT(found("三月底前整改"), ElementsAre(1));
    EXPECT_THAT(found("督查 整改"), ElementsAre(1));
    EXPECT_THAT(found("督改"), IsEmpty());
    EXPECT_THAT(found("单教"), IsEmpty());
    EXPECT_THAT(found("督查 办结"), IsEmpty());
}

TEST_F(SearchTest, LatinWordsAndDigitsAreFoundInAnyCaseAndWidth) {
    put(document(1, "Report A-12", "计划ABC完成2023年度"));
    EXPECT_THAT(found("report"), ElementsAre(1));
    EXPECT_THAT(found("ＡＢＣ"), ElementsAre(1));
    EXPECT_THAT(found("abc完"), ElementsAre(1));
    EXPECT_THAT(found("2023年"), ElementsAre(1));
    EXPECT_THAT(found("2023年度"), ElementsAre(1));
    EXPECT_THAT(found("2023月"), IsEmpty());
    EXPECT_THAT(found("repo"), IsEmpty());
}

TEST_F(SearchTest, TitleHitsStandFirstThenTheNewest) {
    put(document(1, "督查单", ""));
    put(document(2, "其他", "督查事项"));
    put(document(3, "其他", "督查事项"));
    put(document(4, "督查报告", ""));
    EXPECT_THAT(found("督查"), ElementsAre(4, 1, 3, 2));
    EXPECT_THAT(found("督"), ElementsAre(4, 1, 3, 2));
    SearchQuestion first = question("督查");
    first.limit = 3;
    EXPECT_THAT(found(first), ElementsAre(4, 1, 3));
    EXPECT_EQ(ask(first).total, 4U);
}

TEST_F(SearchTest, IndexingAgainReplacesAndKeepsThePlace) {
    put(document(1, "旧题", "旧文"));
    put(document(2, "其他", "新文"));
    put(document(1, "题目", "新文"));
    EXPECT_THAT(found("旧文"), IsEmpty());
    EXPECT_THAT(found("旧"), IsEmpty());
    EXPECT_THAT(found("新文"), ElementsAre(2, 1));
    put(document(1, "题目", "新文"));
    EXPECT_THAT(found("新文"), ElementsAre(2, 1));
}

TEST_F(SearchTest, RemovedIsNotFoundAndMayComeBack) {
    put(document(1, "督查单", "整改"));
    store_->write(kOrg, [&](store::Transaction& tx) {
        search_.remove(tx, kOrg, "item_a", id_of(1));
        search_.remove(tx, kOrg, "item_a", id_of(9));
        search_.optimize(tx);
    });
    EXPECT_THAT(found("督查"), IsEmpty());
    EXPECT_EQ(ask(question("督")).total, 0U);
    put(document(1, "督查单", "整改"));
    EXPECT_THAT(found("整改"), ElementsAre(1));
}

TEST_F(SearchTest, OnlyWhatIsReachedIsFound) {
    for (int i = 1; i <= 6; ++i) {
        put(document(i, "督查", ""));
    }
    Document other = document(7, "督查", "");
    other.register_name = "item";
    put(other);
    Document foreign = document(8, "督查", "");
    foreign.org = {8};
    put(foreign);

    EXPECT_THAT(found("督查"), ElementsAre(6, 5, 4, 3, 2, 1));
    SearchQuestion asked = question("督查");
    asked.scopes[0].reach = {.kind = ReachKind::Units, .ids = {id_of(1001), id_of(1002)}};
    EXPECT_THAT(found(asked), ElementsAre(5, 4, 2, 1));
    asked.scopes.push_back({.register_name = "item", .reach = {}});
    EXPECT_THAT(found(asked), ElementsAre(7, 5, 4, 2, 1));
    asked.scopes = {
        {.register_name = "item_a",
         .reach = {.kind = ReachKind::Entries, .ids = {id_of(2), id_of(7)}}}
    };
    EXPECT_THAT(found(asked), ElementsAre(2));
    EXPECT_EQ(ask(asked).total, 1U);
    asked.scopes = {};
    EXPECT_THAT(found(asked), IsEmpty());
}

TEST_F(SearchTest, ManyUnitsAreOneQuestion) {
    put(document(1, "督查", ""));
    SearchQuestion asked = question("督查");
    asked.scopes[0].reach.kind = ReachKind::Units;
    for (int i = 0; i < 1000; ++i) {
        asked.scopes[0].reach.ids.push_back(id_of(1000 + i));
    }
    EXPECT_THAT(found(asked), ElementsAre(1));
}

TEST_F(SearchTest, LongBodyIsOneHitWhereverTheWordStands) {
    std::string body;
    for (int i = 0; i < 12'000; ++i) {
        body += "文";
    }
    put(document(1, "督查", body + "整改" + "督查"));
    put(document(2, "其他", "督查"));
    EXPECT_THAT(found("整改"), ElementsAre(1));
    EXPECT_THAT(found("督查"), ElementsAre(1, 2));
    EXPECT_EQ(ask(question("督查")).total, 2U);
    put(document(1, "督查", "短"));
    EXPECT_THAT(found("整改"), IsEmpty());
    EXPECT_EQ(ask(question("督查")).total, 2U);
}

TEST_F(SearchTest, MarksOfQueriesAreOnlyText) {
    put(document(1, "o7 ritem_a t督 #s", "AND OR NOT"));
    EXPECT_THAT(found("o7"), ElementsAre(1));
    EXPECT_THAT(found("and"), ElementsAre(1));
    EXPECT_THAT(found("\"督\" * ') | !"), ElementsAre(1));
    EXPECT_THAT(found("o8"), IsEmpty());
    EXPECT_THAT(found("m"), IsEmpty());
}

TEST_F(SearchTest, VeryLongWordDoesNoHarm) {
    put(document(1, std::string(900, 'a'), ""));
    EXPECT_THAT(found(std::string(200, 'a')), IsEmpty());
    EXPECT_EQ(ask(question(std::string(200, 'b'))).total, 0U);
}

/// Few characters, so that words of one to four of them are hit often, in any place.
std::string random_text(std::mt19937& random, int length) {
    static const std::vector<std::string> kCharacters = {
        "督", "查", "办", "改", "教", "𠀀", "a", "1", " ", "。"
    };
    std::string text;
    for (int i = 0; i < length; ++i) {
        text += kCharacters[random() % kCharacters.size()];
    }
    return text;
}

std::string random_word(std::mt19937& random, int length) {
    static const std::vector<std::string> kHan = {"督", "查", "办", "改", "教", "𠀀"};
    std::string word;
    for (int i = 0; i < length; ++i) {
        word += kHan[random() % kHan.size()];
    }
    return word;
}

TEST_F(SearchTest, HitsEqualTheSubstringTruth) {
    const unsigned seed = 20261124;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    std::vector<Document> documents;
    for (int i = 0; i < 60; ++i) {
        documents.push_back(document(i, random_text(random, 6), random_text(random, 40)));
    }
    const auto holds = [](const Document& one, const std::string& word) {
        return one.title.find(word) != std::string::npos ||
               one.body.find(word) != std::string::npos;
    };
    store_->write(kOrg, [&](store::Transaction& tx) {
        for (const Document& one : documents) {
            search_.index(tx, one);
        }
    });
    for (int round = 0; round < 80; ++round) {
        const std::string word = random_word(random, 1 + round % 4);
        std::vector<int> expected;
        for (const bool title : {true, false}) {
            for (int i = 59; i >= 0; --i) {
                const Document& one = documents[static_cast<std::size_t>(i)];
                const bool titled = one.title.find(word) != std::string::npos;
                if (titled == title && holds(one, word)) {
                    expected.push_back(i);
                }
            }
        }
        SearchQuestion asked = question(word);
        asked.limit = 100;
        EXPECT_EQ(found(asked), expected) << word;
        EXPECT_EQ(ask(asked).total, expected.size()) << word;
    }
}

}  // namespace
}  // namespace duban::search
