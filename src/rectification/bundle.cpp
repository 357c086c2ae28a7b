#include "rectification/bundle.h"

#include <algorithm>

#include "crypto/digest.h"
#include "rectification/internal/page.h"

namespace duban::rectification {

namespace {

core::Json or_null(const std::string& text) {
    return text.empty() ? core::Json(nullptr) : core::Json(text);
}

core::JsonObject texts_json(const core::Texts& texts) {
    core::JsonObject out;
    for (const auto& [tag, text] : texts.by_tag) {
        out[tag] = text;
    }
    return out;
}

core::JsonArray entries_json(const Publication& publication) {
    core::JsonArray out;
    for (std::size_t i = 0; i < publication.blocks.size(); ++i) {
        const PublishedBlock& block = publication.blocks[i];
        out.push_back(core::JsonObject{
            {"caption", block.caption},
            {"source_words", or_null(block.source_words)},
            {"source_place", or_null(block.source_place)},
            {"account", block.account},
            {"said", block.said},
            {"said_title", texts_json(block.said_title)},
            {"register", block.register_name},
            {"number", block.number},
            {"proof", proof_path(block, i)}
        });
    }
    return out;
}

/// What the list of publications says of one, and its own file too.
core::JsonObject head_json(const Publication& publication) {
    return {
        {"number", publication.number},
        {"heading", publication.heading},
        {"issuer", or_null(publication.issuer)},
        {"state", publication.state},
        {"as_of", publication.as_of},
        {"window_from", publication.window_from},
        {"window_to", publication.window_to},
        {"released_on", or_null(publication.released_on)},
        {"ended_on", or_null(publication.ended_on)},
        {"superseded_on", or_null(publication.superseded_on)},
        {"supersedes", or_null(publication.supersedes)},
        {"superseded_by", or_null(publication.superseded_by)}
    };
}

core::JsonObject publication_json(const Publication& publication) {
    core::JsonObject out = head_json(publication);
    out["format"] = "duban-publication-1";
    out["proof"] = "proof.json";
    if (publication.taken_down) {
        return out;
    }
    out["text"] = core::JsonObject{
        {"file", text_name(publication)},
        {"type", publication.text.type},
        {"sha256", publication.text.sha256}
    };
    out["channels"] = core::JsonObject{
        {"phone", or_null(publication.channels.phone)},
        {"mail", or_null(publication.channels.mail)},
        {"postal", or_null(publication.channels.postal)}
    };
    out["entries"] = entries_json(publication);
    if (!publication.withheld.empty()) {
        core::JsonArray withheld;
        for (const auto& [ground, count] : publication.withheld) {
            withheld.push_back(core::JsonObject{{"ground", texts_json(ground)}, {"count", count}});
        }
        out["withheld"] = std::move(withheld);
    }
    return out;
}

/// The log's name: the first line of a checkpoint.
std::string origin_of(const core::Json& certificate) {
    const std::string note = core::find_string(certificate, "checkpoint").value_or("");
    return note.substr(0, note.find('\n'));
}

core::Json list_json(const std::vector<Publication>& publications, const Files& files) {
    core::JsonArray listed;
    for (const Publication& publication : publications) {
        core::JsonObject one = head_json(publication);
        one["path"] = file_name(publication.number) + "/publication.json";
        listed.push_back(std::move(one));
    }
    core::JsonObject digests;
    for (const auto& [path, bytes] : files) {
        digests[path] = crypto::sha256(bytes).hex();
    }
    const core::Json first =
        publications.empty() ? core::Json(core::JsonObject{}) : publications.front().certificate;
    return core::JsonObject{
        {"format", "duban-publications-1"},
        {"origin", origin_of(first)},
        {"verifier_key", or_null(core::find_string(first, "verifier_key").value_or(""))},
        {"publications", std::move(listed)},
        {"files", std::move(digests)}
    };
}

std::string line_of(const core::Json& json) {
    return core::canonical_json(json) + "\n";
}

void add_publication(Files& files, const Publication& publication, const Look& look) {
    const std::string folder = file_name(publication.number) + "/";
    for (const char* language : {"zh", "en"}) {
        for (auto& [name, page] : pages_of(publication, {look, language})) {
            files.emplace(folder + name, page);
        }
    }
    files.emplace(folder + "publication.json", line_of(publication_json(publication)));
    files.emplace(folder + "proof.json", line_of(publication.certificate));
    if (!publication.taken_down) {
        files.emplace(folder + text_name(publication), publication.text.bytes);
    }
    for (std::size_t i = 0; i < publication.blocks.size(); ++i) {
        const PublishedBlock& block = publication.blocks[i];
        files.emplace(folder + proof_path(block, i), line_of(block.certificate));
    }
}

}  // namespace

std::string proof_path(const PublishedBlock& block, std::size_t index) {
    return "proofs/" + std::to_string(index + 1) + "-" + file_name(block.number) + ".json";
}

Files bundle_of(const std::vector<Publication>& publications, const Look& look) {
    Files files;
    files.emplace("style.css", std::string{look.style});
    for (const char* language : {"zh", "en"}) {
        const Voice voice{look, language};
        files.emplace(voice.page_name("index"), index_of(publications, voice));
    }
    for (const Publication& publication : publications) {
        add_publication(files, publication, look);
    }
    std::string list = line_of(list_json(publications, files));
    files.emplace("publications.json", std::move(list));
    return files;
}

}  // namespace duban::rectification
