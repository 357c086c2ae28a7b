#include "rectification/feedback.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/problem.h"
#include "rectification/reading_in.h"

namespace duban::rectification {
namespace {

std::string file(const std::string& name) {
    const char* source = std::getenv("DUBAN_SOURCE_DIR");  // NOLINT(concurrency-mt-unsafe)
    std::ifstream in{std::string{source == nullptr ? "." : source} + "/" + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

const std::string kHead = "关于督查某局的反馈意见\n\n某局：\n\n现将发现的问题反馈如下。\n\n";

Feedback read_feedback(const std::string& body) {
    return propose_feedback(reading::read(kHead + body));
}

std::vector<std::string> numbers(const Feedback& feedback) {
    std::vector<std::string> out;
    for (const ProposedProblem& problem : feedback.problems) {
        out.push_back(problem.own_no);
    }
    return out;
}

TEST(Feedback, TheSampleIsWhatWasWrittenDownForIt) {
    const core::Json expected = core::parse_json(file("tests/reading/feedback.proposal.json"));
    EXPECT_EQ(
        core::canonical_json(propose_document(reading::read(file("samples/feedback.txt")))),
        core::canonical_json(expected)
    );
    EXPECT_EQ(expected.at("problems").as_array().size(), 23U);
}

TEST(Feedback, EverySpanCutsOutItsWordsAndNumber) {
    const reading::Document document = reading::read(file("samples/feedback.txt"));
    const Feedback feedback = propose_feedback(document);
    EXPECT_EQ(feedback.stated, 23);
    for (const ProposedProblem& problem : feedback.problems) {
        const std::string cut =
            document.text.substr(problem.span.begin, problem.span.end - problem.span.begin);
        EXPECT_EQ(cut, problem.own_no + "." + problem.words);
        EXPECT_THAT(problem.words, testing::StartsWith(problem.gist));
    }
}

TEST(Feedback, PraiseAdviceAndDemandsAreNoProblems) {
    const Feedback feedback = propose_feedback(reading::read(file("samples/feedback.txt")));
    for (const ProposedProblem& problem : feedback.problems) {
        EXPECT_THAT(problem.area, testing::Not(testing::HasSubstr("改善")));
        EXPECT_THAT(problem.words, testing::Not(testing::HasSubstr("提高政治站位")));
        EXPECT_THAT(problem.words, testing::Not(testing::HasSubstr("意见建议")));
    }
    const Feedback unnamed =
        read_feedback("一、工作成效\n\n1.甲。\n\n二、有的工作不实\n\n1.乙。\n\n三、建议\n\n1.丙。\n"
        );
    ASSERT_EQ(unnamed.problems.size(), 1U);
    EXPECT_EQ(unnamed.problems[0].words, "乙。");
    EXPECT_EQ(unnamed.problems[0].area, "有的工作不实");
}

TEST(Feedback, NumbersThatBeginAnewAreToldApart) {
    const Feedback feedback = read_feedback(
        "一、存在的主要问题\n\n（一）学习不够\n\n1.甲不够。\n\n2.乙不够。\n\n（二）落实不够\n\n1."
        "丙不够。\n"
    );
    EXPECT_THAT(numbers(feedback), testing::ElementsAre("（一）-1", "（一）-2", "（二）-1"));
    EXPECT_EQ(feedback.problems[2].area, "落实不够");
    EXPECT_EQ(feedback.stated, std::nullopt);
}

TEST(Feedback, ACountInsideAProblemIsNotThatOfThePaper) {
    const Feedback feedback =
        read_feedback("一、存在的主要问题\n\n1.审计指出的2个问题未改。\n\n2.甲。\n\n3.乙。\n");
    EXPECT_EQ(feedback.problems.size(), 3U);
    EXPECT_EQ(feedback.stated, std::nullopt);
}

TEST(Feedback, StatementsAreTheProblemsWherePaperCountsThem) {
    const std::string body =
        "一、存在的主要问题\n\n（一）学习不够。一是次数不足。二是记录不全。\n\n（二）落实不够。一是"
        "推诿。\n";
    EXPECT_EQ(read_feedback(body).problems.size(), 2U) << "the paper does not say how many";
    const Feedback counted = read_feedback("共发现3个问题。\n\n" + body);
    EXPECT_EQ(counted.stated, 3);
    EXPECT_THAT(
        numbers(counted), testing::ElementsAre("（一）-一是", "（一）-二是", "（二）-一是")
    );
    EXPECT_EQ(counted.problems[1].words, "记录不全。");
}

TEST(Feedback, ATitleOfRectificationIsThatOfANotice) {
    const auto title = [](const std::string& words) {
        return is_feedback(reading::read(words + "\n\n某局：\n\n一、存在的主要问题\n\n1.甲不够。\n")
        );
    };
    EXPECT_TRUE(title("关于巡察某局党组的反馈意见"));
    EXPECT_TRUE(title("市政府督查室关于某局的督查意见"));
    EXPECT_FALSE(title("某局党组关于巡察反馈意见整改进展情况的通报"));
    EXPECT_FALSE(title("某局关于反馈问题整改方案的通知"));
}

// P17: a heading of a notice is never turned into a fault.
TEST(Feedback, ANoticeHasNoProblems) {
    for (const char* name :
         {"samples/notice.txt",
          "tests/reading/problems-by-name/input.txt",
          "tests/reading/problems-under-chapters/input.txt"}) {
        const reading::Document document = reading::read(file(name));
        EXPECT_FALSE(is_feedback(document)) << name;
        EXPECT_TRUE(propose_feedback(document).problems.empty()) << name;
        EXPECT_EQ(core::find_string(propose_document(document), "kind"), "notice") << name;
    }
}

TEST(Feedback, AProposalComesBackFromItsJson) {
    const core::Json json = propose_document(reading::read(file("samples/feedback.txt")));
    EXPECT_EQ(core::canonical_json(to_json(feedback_from_json(json))), core::canonical_json(json));
    core::JsonObject torn = json.as_object();
    torn["problems"] = core::JsonArray{core::JsonObject{{"span", core::JsonArray{9, 3}}}};
    EXPECT_THROW(static_cast<void>(feedback_from_json(torn)), core::Problem);
    torn.erase("inspection");
    EXPECT_THROW(static_cast<void>(feedback_from_json(torn)), core::Problem);
}

}  // namespace
}  // namespace duban::rectification
