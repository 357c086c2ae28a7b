#include "reading/zh/print.h"

#include <algorithm>
#include <array>
#include <map>

#include "text/utf8.h"

namespace duban::reading::zh {
namespace {

constexpr std::size_t kShownCharacters = 40;
constexpr std::size_t kShownQuantities = 30;

struct Explanation {
    std::string_view code;
    std::string_view sentence;
};
constexpr std::array<Explanation, 25> kExplanations{
    {{"secrecy.mark", "版头有密级标志:本系统不得存储此件,请勿去除标志后重传,可登记占位。"},
     {"encoding.damaged", "原文有无法识别的字节,已用替代符号代替。"},
     {"document.not_text", "有空字节,不是文本文件。"},
     {"document.cut", "文件过大,只读取了前一部分。"},
     {"document.empty", "没有文字。"},
     {"document.template", "含有 X 月、XX 局一类空位,像是未填写的模板。"},
     {"title.absent", "没有找到标题。"},
     {"title.uncertain", "首行按标题处理,但不带文种,请核对。"},
     {"outline.absent", "没有层级序号,全文按一个部分读取。"},
     {"lines.recovered", "全文没有分行,段落按序号恢复,请核对。"},
     {"lines.joined", "按版面宽度折断的行已接回成段。"},
     {"marker.unbalanced", "序号的括号不成对,仍按序号处理。"},
     {"numbering.gap", "序号不连续,可能漏读或原文漏号。"},
     {"numbering.repeated", "序号重复。"},
     {"statement.gap", "“一是、二是”的序号不连续。"},
     {"heading.long", "标题过长,可能没有与正文分开。"},
     {"list.inline", "段落内还有序号,未作标题处理。"},
     {"bracket.unbalanced", "引号或括号不成对。"},
     {"title_mark.unbalanced", "书名号不成对,未列为文件。"},
     {"quantity.range", "数量是一个区间,没有取值。"},
     {"date.year_missing", "日期没有年份,未作推断。"},
     {"date.year_carried", "日期省略了年份,按前文补出,请核对。"},
     {"date.vague", "旬、初、底等按通常的日子换算。"},
     {"date.corrupted", "日期缺字或不存在,未作推断。"},
     {"diagnostics.cut", "疑点过多,其余未列出。"}}
};

std::string shortened(const std::string& words) {
    const std::string_view first = text::first(words, kShownCharacters);
    return first.size() == words.size() ? words : std::string{first} + "…";
}

std::string or_unsaid(const std::optional<std::string>& words) {
    return words.value_or("未标注");
}
std::string or_unsaid(const std::optional<Mention>& mention) {
    return mention ? mention->text : "未标注";
}

class Printer {
public:
    explicit Printer(const Document& document) : document_{document} {}

    std::string text() {
        head();
        tree();
        tail();
        doubts();
        return std::move(out_);
    }

private:
    void line(const std::string& words) { out_ += words + "\n"; }
    void field(const char* name, const std::string& value) {
        line(std::string{name} + ":" + value);
    }

    void head() {
        field("标题", or_unsaid(document_.title));
        field("发文单位", or_unsaid(document_.issuer));
        field("日期", or_unsaid(document_.date));
        field("来源", or_unsaid(document_.source));
        const Inspection& inspection = document_.inspection;
        field(
            "巡察",
            or_unsaid(inspection.body) + " → " + or_unsaid(inspection.target) + ",进驻 " +
                or_unsaid(inspection.from) + " 至 " + or_unsaid(inspection.to) + ",反馈 " +
                or_unsaid(inspection.feedback)
        );
        field(
            "公开期限",
            document_.window ? document_.window->from + " 至 " + document_.window->to : "未标注"
        );
        line("");
    }

    /// Whether a diagnostic stands inside a span.
    const char* doubt(const Span& span) const {
        const auto first = std::ranges::lower_bound(
            document_.diagnostics, span.begin, {}, [](const Diagnostic& d) { return d.span.begin; }
        );
        for (auto d = first; d != document_.diagnostics.end() && d->span.begin < span.end; ++d) {
            if (d->code != "lines.joined" && d->code != "lines.recovered") {
                return " ⚠";
            }
        }
        return "";
    }

    void statement(const Statement& statement, std::size_t indent) {
        line(
            std::string(indent * 2, ' ') + "· " + statement.marker + " " +
            shortened(statement.text) + " [" + statement.status.value_or("未标注") + "]" +
            doubt(statement.span)
        );
    }

    void tree() {
        std::vector<std::size_t> own(document_.outline.size());
        std::vector<std::size_t> below(document_.outline.size());
        for (const Statement& s : document_.measures) {
            for (int at = s.parent; at >= 0;
                 at = document_.outline[static_cast<std::size_t>(at)].parent) {
                ++below[static_cast<std::size_t>(at)];
            }
        }
        std::size_t next = 0;
        const auto print_of = [&](int parent, std::size_t indent) {
            while (next < document_.measures.size() && document_.measures[next].parent == parent) {
                statement(document_.measures[next++], indent);
            }
        };
        if (document_.outline.empty()) {
            line("(没有层级序号:全文按一个部分读取)");
        }
        print_of(-1, 0);
        for (std::size_t i = 0; i < document_.outline.size(); ++i) {
            const Heading& heading = document_.outline[i];
            const auto indent = static_cast<std::size_t>(heading.level - 1);
            std::string words =
                std::string(indent * 2, ' ') + heading.marker + " " + shortened(heading.text);
            if (below[i] != 0) {
                words += " (措施 " + std::to_string(below[i]) + ")";
            }
            if (heading.status) {
                words += " [" + *heading.status + "]";
            }
            line(words + doubt(heading.span));
            print_of(static_cast<int>(i), indent + 1);
        }
        line("");
        levels();
    }

    void levels() {
        std::map<int, std::size_t> counts;
        for (const Heading& heading : document_.outline) {
            ++counts[heading.level];
        }
        std::string words = "合计:";
        for (const auto& [level, count] : counts) {
            words += "第" + std::to_string(level) + "级 " + std::to_string(count) + ",";
        }
        line(words + "措施 " + std::to_string(document_.measures.size()));
    }

    void mentions(const char* name, const std::vector<Mention>& items) {
        std::string words;
        for (const Mention& item : items) {
            words += (words.empty() ? "" : "、") + item.text;
        }
        field(name, words.empty() ? "未标注" : words);
    }

    void tail() {
        mentions("文件", document_.documents);
        std::string amounts;
        for (std::size_t i = 0; i < std::min(kShownQuantities, document_.quantities.size()); ++i) {
            const Quantity& quantity = document_.quantities[i];
            amounts +=
                (i == 0 ? "" : "、") + quantity.place.text + (quantity.approximate ? "(约数)" : "");
        }
        if (document_.quantities.size() > kShownQuantities) {
            amounts += " 等 " + std::to_string(document_.quantities.size()) + " 处";
        }
        field("数量", amounts.empty() ? "未标注" : amounts);
        std::string counts;
        for (const Count& count : document_.counts) {
            counts += (counts.empty() ? "" : "、") + count.what + " " + count.value + count.unit;
        }
        field("统计", counts.empty() ? "未标注" : counts);
        mentions("电话", document_.contacts.phone);
        mentions("邮箱", document_.contacts.email);
        mentions("邮编", document_.contacts.postcode);
        mentions("地址", document_.contacts.address);
    }

    void doubts() {
        if (document_.diagnostics.empty()) {
            return;
        }
        line("");
        line("存疑 " + std::to_string(document_.diagnostics.size()) + " 处:");
        for (const Diagnostic& d : document_.diagnostics) {
            line(
                "⚠ " + d.code + " @" + std::to_string(d.span.begin) +
                (d.text.empty() ? "" : " “" + shortened(d.text) + "”") + " " +
                std::string{explanation(d.code)}
            );
        }
    }

    const Document& document_;
    std::string out_;
};

}  // namespace

std::string_view explanation(std::string_view code) {
    const auto found = std::ranges::find(kExplanations, code, &Explanation::code);
    return found == kExplanations.end() ? std::string_view{} : found->sentence;
}

std::string tree_text(const Document& document) {
    return Printer{document}.text();
}

}  // namespace duban::reading::zh

namespace duban::reading {

std::string tree_text(const Document& document) {
    return zh::tree_text(document);
}

}  // namespace duban::reading
