#include "core/check.h"
#include "rectification/internal/page.h"

namespace duban::rectification {

namespace {

enum class Part { Text, Entries };

/// A piece of a publication that is not cut: a paragraph, an entry.
struct Fragment {
    Part part = Part::Text;
    std::string html;
};

/// Room for the way to the pages before and after, and for sections that begin again.
constexpr std::size_t kSpareBytes = 1024;

std::string row(const std::string& term, const std::string& value, const std::string& lang = {}) {
    return value.empty() ? std::string{}
                         : "<div><dt>" + term + "</dt><dd" + lang + ">" + value + "</dd></div>\n";
}

/// A sign beside the word: a state is never told by colour alone.
std::string_view sign_of(const std::string& said) {
    if (said == "completed") {
        return "&#9679;";
    }
    if (said == "mostly") {
        return "&#9681;";
    }
    return said == "long_term" ? "&#9671;" : "&#9675;";
}

std::string link(const std::string& to, const std::string& words, const std::string& more = {}) {
    return "<a href=\"" + to + "\"" + more + ">" + words + "</a>";
}

class PublicationPages {
public:
    PublicationPages(const Publication& publication, const Voice& voice)
        : publication_{publication}, voice_{voice} {}

    Files run() {
        std::vector<std::vector<Fragment>> pages = spread();
        Files files;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            const std::string stem = stem_of(i);
            std::string page = whole(pages[i], i, pages.size());
            core::check(
                page.size() + voice_.look.style.size() <= kPageBytesMax, "a page is not too long"
            );
            files.emplace(voice_.page_name(stem), std::move(page));
        }
        return files;
    }

private:
    static std::string stem_of(std::size_t page) {
        return page == 0 ? "index" : "page-" + std::to_string(page + 1);
    }

    [[nodiscard]] std::vector<Fragment> fragments() const {
        std::vector<Fragment> out;
        for (std::string& html : paragraphs_of(publication_, voice_)) {
            out.push_back({Part::Text, std::move(html)});
        }
        std::size_t number = 0;
        for (const PublishedBlock& block : publication_.blocks) {
            out.push_back({Part::Entries, entry(block, ++number)});
        }
        return out;
    }

    /// What fits on one page stays on it.
    [[nodiscard]] std::vector<std::vector<Fragment>> spread() const {
        const std::size_t around = whole({}, 0, 1).size() + voice_.look.style.size() + kSpareBytes;
        std::vector<std::vector<Fragment>> pages(1);
        std::size_t room = kPageBytesMax - around;
        for (Fragment& fragment : fragments()) {
            if (fragment.html.size() > room) {
                pages.emplace_back();
                room = kPageBytesMax - around;
            }
            room -= std::min(room, fragment.html.size());
            pages.back().push_back(std::move(fragment));
        }
        return pages;
    }

    [[nodiscard]] std::string whole(
        const std::vector<Fragment>& fragments, std::size_t page, std::size_t pages
    ) const {
        const Frame frame{
            .title = publication_.heading,
            .description = publication_.issuer.empty()
                               ? publication_.heading
                               : publication_.issuer + " " + publication_.heading,
            .root = "../",
            .stem = stem_of(page)
        };
        std::string main = head() + (page == 0 ? facts() : "") + body(fragments);
        main += pager(page, pages);
        if (page + 1 == pages) {
            main += withheld() + channels() + verification();
        }
        return page_of(voice_, frame, main);
    }

    [[nodiscard]] std::string head() const {
        std::string out = "<h1" + lang_of(voice_, publication_.heading) + ">" +
                          escaped(publication_.heading) + "</h1>\n";
        if (!publication_.issuer.empty()) {
            out += "<p class=\"issuer\"" + lang_of(voice_, publication_.issuer) + ">" +
                   escaped(publication_.issuer) + "</p>\n";
        }
        if (publication_.state == "superseded") {
            out += "<p class=\"remark\">" +
                   voice_.say("publication_was_superseded", {{"on", publication_.superseded_on}}) +
                   successor() + "</p>\n";
        }
        if (publication_.state == "ended") {
            const char* const code =
                publication_.taken_down ? "publication_taken_down" : "publication_was_ended";
            out += "<p class=\"remark\">" + voice_.say(code, {{"on", publication_.ended_on}}) +
                   "</p>\n";
        }
        return out;
    }

    [[nodiscard]] std::string successor() const {
        const std::string& number = publication_.superseded_by;
        return number.empty()
                   ? std::string{}
                   : " " + link(
                               "../" + file_name(number) + "/" + voice_.page_name("index"),
                               escaped(number)
                           );
    }

    [[nodiscard]] std::string facts() const {
        std::string out = "<dl class=\"facts\">\n";
        out += row(voice_.say("publication_number"), escaped(publication_.number));
        out += row(voice_.say("publication_as_of"), escaped(publication_.as_of));
        out +=
            row(voice_.say("publication_window"),
                voice_.say(
                    "publication_from_to",
                    {{"from", publication_.window_from}, {"to", publication_.window_to}}
                ));
        out += row(voice_.say("publication_released_on"), escaped(publication_.released_on));
        out += row(voice_.say("publication_supersedes"), escaped(publication_.supersedes));
        return out + "</dl>\n";
    }

    [[nodiscard]] std::string body(const std::vector<Fragment>& fragments) const {
        std::string out;
        for (std::size_t i = 0; i < fragments.size(); ++i) {
            if (i == 0 || fragments[i].part != fragments[i - 1].part) {
                out += (i == 0 ? "" : "</section>\n") + opening(fragments[i].part);
            }
            out += fragments[i].html;
        }
        return fragments.empty() ? out : out + "</section>\n";
    }

    [[nodiscard]] std::string opening(Part part) const {
        return part == Part::Text ? "<section class=\"text\" aria-label=\"" +
                                        voice_.say("publication_text") + "\">\n"
                                  : "<section class=\"entries\" aria-labelledby=\"entries\">\n"
                                    "<h2 id=\"entries\">" +
                                        voice_.say("publication_entries") + "</h2>\n";
    }

    [[nodiscard]] std::string entry(const PublishedBlock& block, std::size_t number) const {
        std::string out = "<article>\n<h3" + lang_of(voice_, block.caption) + ">" +
                          std::to_string(number) + ". " + escaped(block.caption) + "</h3>\n";
        const std::string said{block.said_title.in(voice_.language)};
        out += "<p class=\"said\"><span class=\"sign\" aria-hidden=\"true\">" +
               std::string{sign_of(block.said)} + "</span> " + escaped(said) + "</p>\n";
        if (!block.source_words.empty()) {
            out += "<blockquote" + lang_of(voice_, block.source_words) + "><p>" +
                   escaped(block.source_words) + "</p>";
            if (!block.source_place.empty()) {
                out += "<footer>" + escaped(block.source_place) + "</footer>";
            }
            out += "</blockquote>\n";
        }
        out += "<p class=\"account\"" + lang_of(voice_, block.account) + ">" +
               escaped(block.account) + "</p>\n";
        return out + "<p class=\"proof\">" +
               link(
                   proof_path(block, number - 1),
                   voice_.say("publication_proof_of", {{"number", block.number}})
               ) +
               "</p>\n</article>\n";
    }

    [[nodiscard]] std::string pager(std::size_t page, std::size_t pages) const {
        if (pages == 1) {
            return {};
        }
        std::string out = "<nav class=\"pager\" aria-label=\"" +
                          voice_.say(
                              "publication_page_of",
                              {{"page", std::to_string(page + 1)}, {"pages", std::to_string(pages)}}
                          ) +
                          "\">\n";
        if (page > 0) {
            out += link(
                voice_.page_name(stem_of(page - 1)),
                voice_.say("publication_page_before"),
                " rel=\"prev\""
            );
        }
        if (page + 1 < pages) {
            out += link(
                voice_.page_name(stem_of(page + 1)),
                voice_.say("publication_page_after"),
                " rel=\"next\""
            );
        }
        return out + "\n</nav>\n";
    }

    [[nodiscard]] std::string withheld() const {
        if (publication_.withheld.empty()) {
            return {};
        }
        std::string out = "<section aria-labelledby=\"withheld\">\n<h2 id=\"withheld\">" +
                          voice_.say("publication_withheld") + "</h2>\n<dl class=\"facts\">\n";
        for (const auto& [ground, count] : publication_.withheld) {
            out +=
                row(escaped(ground.in(voice_.language)),
                    voice_.say("publication_withheld_count", {{"count", std::to_string(count)}}));
        }
        return out + "</dl>\n</section>\n";
    }

    [[nodiscard]] std::string channels() const {
        const Channels& to = publication_.channels;
        const bool collects = publication_.state == "approved" || publication_.state == "released";
        if (!collects) {
            return {};
        }
        return "<section aria-labelledby=\"channels\">\n<h2 id=\"channels\">" +
               voice_.say("publication_channels") + "</h2>\n<p>" +
               voice_.say(
                   "publication_channels_open",
                   {{"from", publication_.window_from}, {"to", publication_.window_to}}
               ) +
               "</p>\n<dl class=\"facts\">\n" +
               row(voice_.say("publication_phone"), escaped(to.phone)) +
               row(voice_.say("publication_mail"), escaped(to.mail)) +
               row(voice_.say("publication_postal"), escaped(to.postal), lang_of(voice_, to.postal)
               ) +
               "</dl>\n</section>\n";
    }

    [[nodiscard]] std::string verification() const {
        const std::string key =
            core::find_string(publication_.certificate, "verifier_key").value_or("");
        std::string files;
        if (!publication_.taken_down) {
            files += "<li>" + link(text_name(publication_), voice_.say("publication_text_file")) +
                     "<br><span class=\"digest\">SHA-256 " + publication_.text.sha256 +
                     "</span></li>\n";
        }
        return "<section class=\"verification\" aria-labelledby=\"verification\">\n"
               "<h2 id=\"verification\">" +
               voice_.say("publication_verification") + "</h2>\n<p>" +
               voice_.say("publication_how_to_verify") + "</p>\n<pre tabindex=\"0\"><code>" +
               escaped("duban verify --certificate proof.json --key '" + key + "'") +
               "</code></pre>\n<ul>\n" + files + "<li>" +
               link("proof.json", voice_.say("publication_proof")) + "</li>\n<li>" +
               link("publication.json", voice_.say("publication_json")) + "</li>\n</ul>\n" +
               "</section>\n";
    }

    const Publication& publication_;
    const Voice& voice_;
};

}  // namespace

Files pages_of(const Publication& publication, const Voice& voice) {
    return PublicationPages{publication, voice}.run();
}

std::string index_of(const std::vector<Publication>& publications, const Voice& voice) {
    const std::string title = voice.look.say("publication_index", {}, voice.language);
    std::string main = "<h1>" + escaped(title) + "</h1>\n";
    if (publications.empty()) {
        main += "<p>" + voice.say("publication_none") + "</p>\n";
    }
    main += publications.empty() ? "" : "<ol class=\"index\">\n";
    for (const Publication& one : publications) {
        const std::string to = file_name(one.number) + "/" + voice.page_name("index");
        main +=
            "<li>\n<p class=\"heading\">" +
            link(to, escaped(one.heading), lang_of(voice, one.heading)) + "</p>\n<p>" +
            escaped(one.number) + " <span class=\"state\">" +
            voice.say("publication_state_" + one.state) + "</span></p>\n<p>" +
            voice.say("publication_as_of_day", {{"on", one.as_of}}) + " <span>" +
            voice.say("publication_window_is", {{"from", one.window_from}, {"to", one.window_to}}) +
            "</span></p>\n";
        if (one.state == "superseded") {
            main += "<p>" + voice.say("publication_was_superseded", {{"on", one.superseded_on}}) +
                    " " + escaped(one.superseded_by) + "</p>\n";
        }
        main += "</li>\n";
    }
    main += publications.empty() ? "" : "</ol>\n";
    return page_of(
        voice, {.title = title, .description = title, .root = "", .stem = "index"}, main
    );
}

}  // namespace duban::rectification
