#include "rectification/publication.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

#include "core/problem.h"
#include "crypto/digest.h"
#include "journal/partial_certificate.h"

namespace duban::rectification {

namespace {

using core::Json;
using core::JsonObject;

/// The fields of a publication that its certificate shows.
constexpr std::array<std::string_view, 12> kShown = {
    "heading",
    "issuer",
    "wording",
    "blocks",
    "window_from",
    "window_to",
    "phone",
    "mail",
    "postal",
    "as_of",
    "after_window",
    "say_withheld"
};

/// The columns of a block by the register they link to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLinks = {
    {{"problem", "source_finding"}, {"finding", "finding"}, {"item", "item"}, {"measure", "measure"}
    }
};

std::string text_of(const Json& object, std::string_view name) {
    return core::find_string(object, name).value_or("");
}

bool holds(const Json& object, std::string_view name) {
    const Json* member = core::find_member(object, name);
    return member != nullptr && member->is_bool() && member->get_bool();
}

std::string entries_path(std::string_view register_name) {
    return "/api/v1/registers/" + std::string{register_name} + "/entries";
}

std::vector<Json> listed(
    const Desk& desk, std::string_view register_name, const std::string& filter
) {
    std::vector<Json> entries;
    std::string cursor;
    do {
        const std::string query =
            "limit=200" + filter + (cursor.empty() ? std::string{} : "&cursor=" + cursor);
        const Json page = desk.json(entries_path(register_name), query);
        for (const Json& entry : page.at("entries").as_array()) {
            entries.push_back(entry);
        }
        cursor = text_of(page, "next");
    } while (!cursor.empty());
    return entries;
}

/// The leaf of a certificate's record.
Json leaf_of(const Json& record) {
    return core::parse_json(text_of(record, "leaf"));
}

/// Where the approval that stands was recorded.
std::int64_t approval_of(const Json& certificate) {
    std::int64_t position = -1;
    for (const Json& record : certificate.at("records").as_array()) {
        const Json leaf = leaf_of(record);
        if (text_of(leaf, "state_after") == "approved" &&
            text_of(leaf, "state_before") != "approved") {
            position = core::find_integer(record, "position").value_or(-1);
        }
    }
    return position;
}

/// The titles of the choices of a field, or of a column of a field's rows, by code.
class Choices {
public:
    Choices(const Json& declared, std::string_view field, std::string_view column = {}) {
        const Json* found = named(declared.at("fields"), field);
        if (found != nullptr && !column.empty()) {
            found = named(found->at("rows"), column);
        }
        if (found == nullptr) {
            return;
        }
        for (const Json& choice : found->at("choices").as_array()) {
            core::Texts texts;
            for (const auto& title : choice.at("title").as_object()) {
                texts.by_tag.emplace(title.key(), std::string{title.value().as_string()});
            }
            titles_.emplace(text_of(choice, "code"), std::move(texts));
        }
    }

    [[nodiscard]] core::Texts title(const std::string& code) const {
        const auto found = titles_.find(code);
        return found == titles_.end() ? core::Texts{{{"zh", code}}} : found->second;
    }

private:
    static const Json* named(const Json& list, std::string_view name) {
        for (const Json& one : list.as_array()) {
            if (core::find_string(one, "name") == name) {
                return &one;
            }
        }
        return nullptr;
    }

    std::map<std::string, core::Texts> titles_;
};

class Gathering {
public:
    Gathering(const Desk& desk, const std::vector<std::string>& numbers)
        : desk_{desk}, numbers_{numbers} {}

    std::vector<Publication> run() {
        const Json declared = desk_.json("/api/v1/registers/publicity", "");
        const Choices said{declared, "blocks", "said"};
        for (const std::string& id : chosen()) {
            gathered_.push_back(read(id, said));
        }
        std::ranges::sort(gathered_, [](const Publication& one, const Publication& other) {
            return std::tie(other.as_of, other.number) < std::tie(one.as_of, one.number);
        });
        name_successors();
        return std::move(gathered_);
    }

private:
    [[nodiscard]] std::vector<std::string> chosen() const {
        std::vector<std::string> ids;
        std::set<std::string> wanted{numbers_.begin(), numbers_.end()};
        for (const Json& entry : listed(desk_, "publicity", "")) {
            const std::string state = text_of(entry, "state");
            const std::string number = text_of(entry, "number");
            const bool named = wanted.erase(number) > 0;
            const bool was_public =
                state == "released" || state == "ended" || state == "superseded";
            if (named && !was_public && state != "approved") {
                throw core::Problem{
                    core::ProblemKind::Rejected, "publication.not_approved", {{"number", number}}
                };
            }
            if (named || was_public) {
                ids.push_back(text_of(entry, "id"));
            }
        }
        if (!wanted.empty()) {
            throw core::Problem{
                core::ProblemKind::NotFound, "publication.not_found", {{"number", *wanted.begin()}}
            };
        }
        return ids;
    }

    Publication read(const std::string& id, const Choices& said) {
        const std::string path = entries_path("publicity") + "/" + id;
        const Json entry = desk_.json(path, "");
        const Json& fields = entry.at("fields");
        Publication out;
        out.id = id;
        out.number = text_of(entry, "number");
        out.state = text_of(entry, "state");
        out.heading = text_of(fields, "heading");
        out.issuer = text_of(fields, "issuer");
        out.as_of = text_of(fields, "as_of");
        out.window_from = text_of(fields, "window_from");
        out.window_to = text_of(fields, "window_to");
        out.released_on = text_of(fields, "released_on");
        out.ended_on = text_of(fields, "ended_on");
        out.superseded_on = text_of(fields, "superseded_on");
        out.supersedes = text_of(fields, "supersedes");
        out.channels = {
            text_of(fields, "phone"), text_of(fields, "mail"), text_of(fields, "postal")
        };
        out.taken_down = out.state == "ended" && text_of(fields, "after_window") == "take_down";
        const std::int64_t approval = approval_of(desk_.json(path + "/certificate", ""));
        out.certificate =
            journal::part_of(certificate(path, approval), [](std::string_view field, const Json&) {
                return std::ranges::find(kShown, field) != kShown.end();
            });
        if (out.taken_down) {
            return out;
        }
        out.text = text(path, entry);
        for (const Json& row : fields.at("blocks").as_array()) {
            out.blocks.push_back(block(row, approval, said));
        }
        if (holds(fields, "say_withheld")) {
            out.withheld = withheld(id);
        }
        return out;
    }

    [[nodiscard]] Json certificate(const std::string& path, std::int64_t last) const {
        return desk_.json(path + "/certificate", "last=" + std::to_string(last));
    }

    [[nodiscard]] PublishedText text(const std::string& path, const Json& entry) const {
        const std::string hash = text_of(entry.at("fields"), "wording");
        PublishedText out;
        out.bytes = desk_.bytes(path + "/files/" + hash);
        out.sha256 = crypto::sha256(out.bytes).hex();
        if (const Json* label = core::find_member(entry.at("labels"), hash)) {
            out.type = text_of(*label, "type");
        }
        return out;
    }

    /// Of the entry's own values the certificate shows those that the publication says as well.
    [[nodiscard]] PublishedBlock block(const Json& row, std::int64_t approval, const Choices& said)
        const {
        PublishedBlock out;
        out.caption = text_of(row, "caption");
        out.source_words = text_of(row, "source_words");
        out.source_place = text_of(row, "source_place");
        out.account = text_of(row, "account");
        out.said = text_of(row, "said");
        out.said_title = said.title(out.said);
        for (const auto& [column, register_name] : kLinks) {
            const std::string id = text_of(row, column);
            if (id.empty() || !out.register_name.empty()) {
                continue;
            }
            out.register_name = register_name;
            const Json whole = certificate(entries_path(register_name) + "/" + id, approval);
            const std::string number =
                text_of(leaf_of(whole.at("records").as_array().back()), "number");
            out.number = number.empty() ? id : number;
            out.certificate = journal::part_of(whole, [&](std::string_view, const Json& value) {
                return value.is_string() && (value.get_string() == out.caption ||
                                             value.get_string() == out.source_words);
            });
        }
        return out;
    }

    [[nodiscard]] std::vector<std::pair<core::Texts, std::int64_t>> withheld(const std::string& id
    ) const {
        const Choices grounds{desk_.json("/api/v1/registers/withholding", ""), "ground"};
        std::map<std::string, std::int64_t> counted;
        for (const Json& entry : listed(desk_, "withholding", "&state=agreed&publicity=" + id)) {
            ++counted[text_of(entry.at("fields"), "ground")];
        }
        std::vector<std::pair<core::Texts, std::int64_t>> out;
        for (const auto& [ground, count] : counted) {
            out.emplace_back(grounds.title(ground), count);
        }
        return out;
    }

    /// What superseded what, by number, among those gathered.
    void name_successors() {
        for (Publication& one : gathered_) {
            const std::string earlier = std::exchange(one.supersedes, {});
            for (Publication& other : gathered_) {
                if (!earlier.empty() && other.id == earlier) {
                    one.supersedes = other.number;
                    other.superseded_by = other.state == "superseded" ? one.number : "";
                }
            }
        }
    }

    const Desk& desk_;
    const std::vector<std::string>& numbers_;
    std::vector<Publication> gathered_;
};

}  // namespace

std::vector<Publication> gather(const Desk& desk, const std::vector<std::string>& numbers) {
    return Gathering{desk, numbers}.run();
}

}  // namespace duban::rectification
