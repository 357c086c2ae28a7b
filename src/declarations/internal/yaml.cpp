#include "declarations/internal/yaml.h"

#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "text/utf8.h"

namespace duban::declarations {

namespace {

/// Ends the reading of a file whose fault has been noted already.
struct Stop {};

/// Translates yaml-cpp's marks, which count bytes from 0, to lines and columns of characters.
class Places {
public:
    Places(const std::string& file, std::string_view text, Origin origin)
        : file_{file}, text_{text}, origin_{origin}, starts_{0} {
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\n') {
                starts_.push_back(at + 1);
            }
        }
    }

    [[nodiscard]] Place at(const YAML::Mark& mark) const {
        const int line = mark.line < 0 ? 0 : mark.line;
        const int column = characters_before(line, mark.column < 0 ? 0 : mark.column) + 1;
        return {
            .file = file_,
            .line = origin_.line + line,
            .column = line == 0 ? origin_.column + column - 1 : column
        };
    }

private:
    [[nodiscard]] int characters_before(int line, int bytes) const {
        if (static_cast<std::size_t>(line) >= starts_.size()) {
            return bytes;
        }
        const std::string_view rest = text_.substr(starts_[static_cast<std::size_t>(line)]);
        return static_cast<int>(text::length(rest.substr(0, static_cast<std::size_t>(bytes))));
    }

    const std::string& file_;
    std::string_view text_;
    Origin origin_;
    std::vector<std::size_t> starts_;
};

class Builder final : public YAML::EventHandler {
public:
    Builder(const Places& places, Faults& faults) : places_{places}, faults_{faults} {}

    [[nodiscard]] std::optional<Node> take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        faults_.error(places_.at(mark), "yaml.anchor", {{"name", name}});
    }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        attach({.place = places_.at(mark)});
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        faults_.error(places_.at(mark), "yaml.alias");
        throw Stop{};
    }

    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t /*anchor*/,
        const std::string& value
    ) override {
        check_tag(mark, tag);
        attach(
            {.kind = Node::Kind::Scalar,
             .text = value,
             .quoted = tag == "!",
             .place = places_.at(mark)}
        );
    }

    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/
    ) override {
        check_tag(mark, tag);
        open(Node::Kind::List, mark);
    }

    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/
    ) override {
        check_tag(mark, tag);
        open(Node::Kind::Map, mark);
    }

    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        Node node;
        std::set<std::string, std::less<>> seen;
        bool repeated = false;  ///< the last key stood there before: its value is not kept
    };

    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        // "?" is what yaml-cpp calls a plain node, "!" a quoted one.
        if (!tag.empty() && tag != "?" && tag != "!") {
            faults_.error(places_.at(mark), "yaml.tag", {{"tag", tag}});
        }
    }

    void open(Node::Kind kind, const YAML::Mark& mark) {
        if (frames_.size() >= kYamlDepthMax) {
            faults_.error(
                places_.at(mark), "yaml.too_deep", {{"most", std::to_string(kYamlDepthMax)}}
            );
            throw Stop{};
        }
        frames_.push_back(
            {.node = {.kind = kind, .place = places_.at(mark)}, .seen = {}, .repeated = false}
        );
    }

    void close() {
        Node done = std::move(frames_.back().node);
        frames_.pop_back();
        attach(std::move(done));
    }

    void attach(Node node) {
        if (frames_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.kind == Node::Kind::Map &&
            frame.node.keys.size() == frame.node.items.size()) {
            attach_key(frame, std::move(node));
            return;
        }
        if (frame.repeated) {
            frame.repeated = false;
            frame.node.keys.pop_back();
            return;
        }
        if (node.kind == Node::Kind::Null && frame.node.kind == Node::Kind::Map) {
            node.place = frame.node.keys.back().place;  // yaml-cpp names the next word's place
        }
        frame.node.items.push_back(std::move(node));
    }

    void attach_key(Frame& frame, Node key) {
        if (key.kind != Node::Kind::Scalar) {
            faults_.error(key.place, "yaml.key_not_text");
        } else if (!frame.seen.insert(key.text).second) {
            faults_.error(key.place, "key.duplicate", {{"key", key.text}});
            frame.repeated = true;
        }
        frame.node.keys.push_back(std::move(key));
    }

    const Places& places_;
    Faults& faults_;
    std::vector<Frame> frames_;
    std::optional<Node> root_;
};

bool is_forbidden_control(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value < 0x20U && byte != '\n' && byte != '\r' && byte != '\t') || value == 0x7FU;
}

}  // namespace

bool check_text(const std::string& file, std::string_view text, Faults& faults) {
    Place place{.file = file, .line = 1, .column = 1};
    if (text.size() > kFileBytesMax) {
        faults.error(place, "file.too_large", {{"most", std::to_string(kFileBytesMax)}});
        return false;
    }
    const auto invalid = text::find_invalid(text);
    for (std::size_t at = 0; at < text.size();) {
        const bool control = is_forbidden_control(text[at]);
        if (at == invalid || control) {
            faults.error(place, control ? "file.control_character" : "file.not_utf8");
            return false;
        }
        place.column = text[at] == '\n' ? 1 : place.column + 1;
        place.line += text[at] == '\n' ? 1 : 0;
        static_cast<void>(text::next(text, at));
    }
    return true;
}

std::optional<Node> parse_yaml(
    const std::string& file, std::string_view text, Faults& faults, Origin origin
) {
    const Places places{file, text, origin};
    Builder builder{places, faults};
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        if (!parser.HandleNextDocument(builder)) {
            faults.error({file, origin.line, origin.column}, "yaml.empty");
            return std::nullopt;
        }
        auto root = builder.take();
        Faults ignored;
        Builder second{places, ignored};
        if (parser.HandleNextDocument(second)) {
            const auto again = second.take();
            faults.error(again ? again->place : Place{file, 1, 1}, "yaml.several_documents");
        }
        return root;
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& failure) {
        faults.error(places.at(failure.mark), "yaml.malformed", {{"reason", failure.msg}});
        return std::nullopt;
    }
}

}  // namespace duban::declarations
